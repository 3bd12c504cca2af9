/* SPDX-License-Identifier: Apache-2.0 */
/* Patchbay: pb_float_get_acquire and pb_float_set_release, pb_snapshot_read and pb_snapshot_write. */
#define BENCH_HAS_CELLS 1
#define BENCH_HAS_WHOLE 1

static float *bench_cells;
static pb_section bench_whole;

static void bench_cells_open(void)
{
    bench_cells = (float *)bench_memory(BENCH_CELLS * sizeof *bench_cells);
}

static inline float bench_cell_get(int index)
{
    return pb_float_get_acquire(bench_cells + index);
}

static inline void bench_cell_set(int index, float value)
{
    pb_float_set_release(bench_cells + index, value);
}

static void bench_whole_open(void)
{
    uint8_t *memory = (uint8_t *)bench_memory(sizeof(pb_snapshot_head) + BENCH_WORDS * sizeof(uint64_t));
    bench_whole.base = memory;
    bench_whole.elements = memory + sizeof(pb_snapshot_head);
    bench_whole.stride = BENCH_WORDS * sizeof(uint64_t);
    bench_whole.count = 1;
}

static inline void bench_whole_read(uint64_t *target)
{
    if (!pb_snapshot_read(&bench_whole, target, 64))
        bench_fail("nobody writes, but the copy is not whole");
}

static inline void bench_whole_write(const uint64_t *source)
{
    pb_snapshot_write(&bench_whole, source);
}

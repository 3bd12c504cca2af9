/* SPDX-License-Identifier: Apache-2.0 */
/* C11 atomics: atomic floats with acquire and release; and a sequence lock as one writes it with them, of atomic words and fences. */
#include <stdatomic.h>
#define BENCH_HAS_CELLS 1
#define BENCH_HAS_WHOLE 1

static _Atomic float *bench_cells;

typedef struct bench_seqlock {
    atomic_uint_fast64_t sequence;
    BENCH_ALIGNED atomic_uint_fast64_t words[BENCH_WORDS];
} bench_seqlock;

static bench_seqlock *bench_whole;

static void bench_cells_open(void)
{
    bench_cells = (_Atomic float *)bench_memory(BENCH_CELLS * sizeof *bench_cells);
}

static inline float bench_cell_get(int index)
{
    return atomic_load_explicit(bench_cells + index, memory_order_acquire);
}

static inline void bench_cell_set(int index, float value)
{
    atomic_store_explicit(bench_cells + index, value, memory_order_release);
}

static void bench_whole_open(void)
{
    bench_whole = (bench_seqlock *)bench_memory(sizeof *bench_whole);
}

static inline void bench_whole_read(uint64_t *target)
{
    uint64_t before, after;
    int i;
    do {
        before = atomic_load_explicit(&bench_whole->sequence, memory_order_acquire);
        for (i = 0; i < BENCH_WORDS; i++)
            target[i] = atomic_load_explicit(&bench_whole->words[i], memory_order_relaxed);
        atomic_thread_fence(memory_order_acquire);
        after = atomic_load_explicit(&bench_whole->sequence, memory_order_relaxed);
    } while (before != after || (before & 1) != 0);
}

static inline void bench_whole_write(const uint64_t *source)
{
    uint64_t number = atomic_load_explicit(&bench_whole->sequence, memory_order_relaxed);
    int i;
    atomic_store_explicit(&bench_whole->sequence, number + 1, memory_order_relaxed);
    atomic_thread_fence(memory_order_release);
    for (i = 0; i < BENCH_WORDS; i++)
        atomic_store_explicit(&bench_whole->words[i], source[i], memory_order_relaxed);
    atomic_store_explicit(&bench_whole->sequence, number + 2, memory_order_release);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Values that are read and written one by one or whole: the package cells in Java. BENCH_CONTENDER is the header of the contender. */
#include "bench.h"

/* Cells.COUNT, Repeating.CHUNK, WholeRead.WORDS. */
#define BENCH_CELLS 256
#define BENCH_CHUNK 4096
#define BENCH_WORDS 8
#include BENCH_CONTENDER

/* The contender has defined, as far as it can:
     BENCH_HAS_CELLS: void bench_cells_open(void), float bench_cell_get(int), void bench_cell_set(int, float)
     BENCH_HAS_WHOLE: void bench_whole_open(void), void bench_whole_read(uint64_t *), void bench_whole_write(const uint64_t *) */

static inline float bench_written(int64_t number)
{
    return (float)(number & 1023) / 1024;
}

/* Each does its operation BENCH_CHUNK times and answers how many of what it found were wrong: 0 or 1. */
#if BENCH_HAS_CELLS
static int bench_cell_read(int64_t from)
{
    float a = 0, b = 0, c = 0, d = 0;
    int i;
    for (i = 0; i < BENCH_CHUNK; i += 4) {
        int at = (int)((from + i) & (BENCH_CELLS - 4));
        a += bench_cell_get(at);
        b += bench_cell_get(at + 1);
        c += bench_cell_get(at + 2);
        d += bench_cell_get(at + 3);
    }
    return a + b + c + d != (float)BENCH_CHUNK * (BENCH_CELLS - 1) / (2 * BENCH_CELLS);
}

static int bench_cell_write(int64_t from)
{
    float sum = 0, expected = 0;
    int i;
    for (i = 0; i < BENCH_CHUNK; i++)
        bench_cell_set((int)((from + i) & (BENCH_CELLS - 1)), bench_written(from + i));
    for (i = 0; i < BENCH_CELLS; i++) {
        sum += bench_cell_get(i);
        expected += bench_written(from + BENCH_CHUNK - 1 - i);
    }
    return sum != expected;
}
#endif

#if BENCH_HAS_WHOLE
static int bench_read_whole(int64_t from)
{
    uint64_t target[BENCH_WORDS], sum = 0;
    int i;
    for (i = 0; i < BENCH_CHUNK; i++) {
        bench_whole_read(target);
        sum += target[(from + i) & (BENCH_WORDS - 1)];
    }
    return sum != (uint64_t)BENCH_CHUNK * (BENCH_WORDS + 1) / 2;
}

static int bench_write_whole(int64_t from)
{
    uint64_t words[BENCH_WORDS] = {0}, sum = 0;
    int i;
    for (i = 0; i < BENCH_CHUNK; i++) {
        words[i & (BENCH_WORDS - 1)] = (uint64_t)(from + i);
        bench_whole_write(words);
    }
    bench_whole_read(words);
    for (i = 0; i < BENCH_WORDS; i++)
        sum += words[i];
    return sum != (uint64_t)(BENCH_WORDS * (from + BENCH_CHUNK - 1) - BENCH_WORDS * (BENCH_WORDS - 1) / 2);
}
#endif

/* Repeating in Java. */
static void bench_repeat(const bench_arguments *arguments, int (*operation)(int64_t from))
{
    bench_receipt receipt;
    int64_t done = 0, before, begin = bench_nanos(), start, end;
    memset(&receipt, 0, sizeof receipt);
    while (bench_nanos() - begin < arguments->warm) {
        receipt.faults += operation(done);
        done += BENCH_CHUNK;
    }
    before = done;
    start = bench_nanos();
    do {
        receipt.faults += operation(done);
        done += BENCH_CHUNK;
        end = bench_nanos();
    } while (end - start < arguments->measure);
    receipt.value = (double)(end - start) / (double)(done - before);
    receipt.sent = receipt.received = done;
    receipt.sum = receipt.refused = -1;
    receipt.producers = 1;
    bench_print(&receipt);
}

int main(int count, char **words)
{
    bench_arguments arguments = bench_parse(count, words);
    bench_pin(arguments.first);
#if BENCH_HAS_CELLS
    bench_cells_open();
    if (strcmp(arguments.what, "cell-read") == 0) {
        int i;
        for (i = 0; i < BENCH_CELLS; i++)
            bench_cell_set(i, (float)i / BENCH_CELLS);
        bench_repeat(&arguments, bench_cell_read);
        return 0;
    }
    if (strcmp(arguments.what, "cell-write") == 0) {
        bench_repeat(&arguments, bench_cell_write);
        return 0;
    }
#endif
#if BENCH_HAS_WHOLE
    bench_whole_open();
    if (strcmp(arguments.what, "whole-read") == 0) {
        uint64_t source[BENCH_WORDS];
        int i;
        for (i = 0; i < BENCH_WORDS; i++)
            source[i] = (uint64_t)i + 1;
        bench_whole_write(source);
        bench_repeat(&arguments, bench_read_whole);
        return 0;
    }
    if (strcmp(arguments.what, "whole-write") == 0) {
        bench_repeat(&arguments, bench_write_whole);
        return 0;
    }
#endif
    bench_fail("this contender cannot do %s", arguments.what);
    return 1;
}

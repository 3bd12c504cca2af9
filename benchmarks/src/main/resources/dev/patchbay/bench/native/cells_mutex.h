/* SPDX-License-Identifier: Apache-2.0 */
/* A pthread mutex around a copy. */
#define BENCH_HAS_CELLS 0
#define BENCH_HAS_WHOLE 1

static pthread_mutex_t bench_mutex = PTHREAD_MUTEX_INITIALIZER;
static uint64_t *bench_whole;

static void bench_whole_open(void)
{
    bench_whole = (uint64_t *)bench_memory(BENCH_WORDS * sizeof *bench_whole);
}

static inline void bench_whole_read(uint64_t *target)
{
    pthread_mutex_lock(&bench_mutex);
    memcpy(target, bench_whole, BENCH_WORDS * sizeof *target);
    pthread_mutex_unlock(&bench_mutex);
}

static inline void bench_whole_write(const uint64_t *source)
{
    pthread_mutex_lock(&bench_mutex);
    memcpy(bench_whole, source, BENCH_WORDS * sizeof *source);
    pthread_mutex_unlock(&bench_mutex);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What the machine does to two threads that only read the clock. usage: noise MS FIRST_PROCESSOR SECOND_PROCESSOR */
#include "bench.h"

/* A step of the clock beyond this is time in which the thread did not run. */
#define NOISE_STEP 1000

typedef struct noise {
    int processor;
    int64_t nanos, lost, longest;
} noise;

static void *measure(void *context)
{
    noise *own = (noise *)context;
    int64_t start, last, now, lost = 0, longest = 0;
    bench_pin(own->processor);
    last = start = bench_nanos();
    do {
        now = bench_nanos();
        if (now - last > NOISE_STEP) {
            lost += now - last;
            longest = now - last > longest ? now - last : longest;
        }
        last = now;
    } while (now - start < own->nanos);
    own->nanos = now - start;
    own->lost = lost;
    own->longest = longest;
    return NULL;
}

int main(int count, char **words)
{
    noise both[2];
    pthread_t threads[2];
    double lost = 0, longest = 0;
    int i;
    if (count < 4)
        bench_fail("usage: %s MS FIRST_PROCESSOR SECOND_PROCESSOR", words[0]);
    memset(both, 0, sizeof both);
    for (i = 0; i < 2; i++) {
        both[i].processor = atoi(words[2 + i]);
        both[i].nanos = strtoll(words[1], NULL, 10) * 1000000;
        if (pthread_create(&threads[i], NULL, measure, &both[i]) != 0)
            bench_fail("a thread could not be started");
    }
    for (i = 0; i < 2; i++) {
        double share;
        pthread_join(threads[i], NULL);
        share = 100.0 * (double)both[i].lost / (double)both[i].nanos;
        lost = share > lost ? share : lost;
        longest = (double)both[i].longest / 1000.0 > longest ? (double)both[i].longest / 1000.0 : longest;
    }
    printf("{\"lostPercent\":%.4f,\"longestMicros\":%.1f}\n", lost, longest);
    return 0;
}

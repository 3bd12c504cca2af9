/* SPDX-License-Identifier: Apache-2.0 */
/* What all have that exchange blocks of sound: 64 frames in stereo there, half as loud back, each sample compared. */
#ifndef BLOCKS_H
#define BLOCKS_H
#include "bench.h"
#include "standard.h"

/* ExchangeLaunch.FRAMES and CHANNELS in Java. */
#define BLOCK_FRAMES 64
#define BLOCK_CHANNELS 2
#define BLOCK_RATE 48000.0

typedef struct block_sound {
    float channel[BLOCK_CHANNELS][BLOCK_FRAMES];
} block_sound;

/* A sample that follows from its place, and that a float and its half hold exactly. */
static inline float block_sample(int64_t number, int channel, int frame)
{
    return (float)(((uint32_t)((uint64_t)number * 7919u) + (uint32_t)(channel * 257 + frame * 31)) & 0xFFFFu) / 65536;
}

static inline void block_fill(block_sound *sound, int64_t number)
{
    int c, i;
    for (c = 0; c < BLOCK_CHANNELS; c++)
        for (i = 0; i < BLOCK_FRAMES; i++)
            sound->channel[c][i] = block_sample(number, c, i);
}

/* 1 where a sample is not half of what was sent. */
static inline int block_is_wrong(const block_sound *sound, int64_t number)
{
    int c, i, wrong = 0;
    for (c = 0; c < BLOCK_CHANNELS; c++)
        for (i = 0; i < BLOCK_FRAMES; i++)
            wrong |= sound->channel[c][i] != block_sample(number, c, i) * 0.5f;
    return wrong;
}

/* What is done to the sound: HalvingModule in Java. */
static inline void block_halve(const block_sound *in, block_sound *out)
{
    int c, i;
    for (c = 0; c < BLOCK_CHANNELS; c++)
        for (i = 0; i < BLOCK_FRAMES; i++)
            out->channel[c][i] = in->channel[c][i] * 0.5f;
}

static inline struct timespec block_time(int64_t nanos)
{
    struct timespec time;
    time.tv_sec = (time_t)(nanos / 1000000000);
    time.tv_nsec = (long)(nanos % 1000000000);
    return time;
}

static inline void block_sleep_until(int64_t nanos)
{
    const struct timespec until = block_time(nanos);
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) != 0)
        continue;
}

/* Whether both sides sleep between two blocks: the second half of what is measured. */
static inline int block_sleeps(const bench_arguments *arguments)
{
    const char *way = strchr(arguments->what, '-');
    return way != NULL && strcmp(way, "-sleep") == 0;
}

/* Longer than any look: both sides are asleep when the next block comes. */
#define BLOCK_PAUSE 400000
#define BLOCK_ROOM (4u << 20)

static int block_compare(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static inline double block_percentile(const int64_t *sorted, size_t count, double part)
{
    return (double)sorted[(size_t)((double)(count - 1) * part + 0.5)];
}

/* Exchanges blocks for some time, and measures each from the first sample that is handed over to the last that came back. */
static inline void block_play(const bench_arguments *arguments, int sleeps, void *context,
    void (*exchange)(void *context, const block_sound *in, block_sound *out), bench_receipt *receipt)
{
    int64_t *nanos = (int64_t *)bench_memory(BLOCK_ROOM * sizeof *nanos);
    int64_t number = 0, begin = bench_nanos(), start, end, due;
    size_t count = 0;
    block_sound in, out;
    memset(receipt, 0, sizeof *receipt);
    /* Without pauses: what a compiler needs is calls. */
    while (bench_nanos() - begin < arguments->warm) {
        block_fill(&in, number);
        exchange(context, &in, &out);
        receipt->faults += block_is_wrong(&out, number++);
    }
    due = begin = bench_nanos();
    do {
        block_fill(&in, number);
        memset(&out, 0, sizeof out);
        if (sleeps) {
            due += BLOCK_PAUSE;
            block_sleep_until(due);
        }
        start = bench_nanos();
        exchange(context, &in, &out);
        end = bench_nanos();
        receipt->faults += block_is_wrong(&out, number++);
        nanos[count++] = end - start;
    } while (end - begin < arguments->measure && count < BLOCK_ROOM);
    qsort(nanos, count, sizeof *nanos, block_compare);
    receipt->value = block_percentile(nanos, count, 0.5);
    receipt->sent = receipt->received = number;
    receipt->sum = receipt->refused = -1;
    receipt->producers = 1;
    snprintf(receipt->details, sizeof receipt->details, "\"p99\":%.0f,\"p99.9\":%.0f,\"max\":%.0f",
        block_percentile(nanos, count, 0.99), block_percentile(nanos, count, 0.999), (double)nanos[count - 1]);
}
#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* What every contender in C and C++ has: the message and its check, the words by which both sides agree, clock, processor, receipt. C11 that
   is also C++17. */
#ifndef BENCH_H
#define BENCH_H
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "bench_region.h"
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <sched.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Queue.CAPACITY, Sending.BATCH and Times.PATIENCE_NANOS in Java. */
#define BENCH_CAPACITY 1024u
#define BENCH_BATCH 64u
#define BENCH_PATIENCE INT64_C(20000000000)

/* Where lines of different threads must not meet. */
#define BENCH_ALIGNED __attribute__((aligned(128)))

static inline void bench_fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    _exit(1);
}

static inline int64_t bench_nanos(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static inline void bench_pin(int processor)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET((size_t)processor, &set);
    if (sched_setaffinity(0, sizeof set, &set) != 0)
        bench_fail("this thread could not be tied to processor %d", processor);
}

static inline void bench_pause(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("isb" ::: "memory");
#endif
}

/* ---- The message: Message and Checker in Java. ---- */

static inline void bench_fill(pb_event *event, int sender, int64_t number)
{
    event->sample_offset = (int32_t)((uint64_t)number & INT32_MAX);
    event->type = (uint16_t)(number & 0x7FFF);
    event->channel = (int16_t)sender;
    event->note_id = (int32_t)(uint32_t)((uint64_t)number >> 16);
    event->index = (int32_t)~(uint32_t)number;
    event->value = (double)number;
    event->detail = (double)number * 0.5;
}

typedef struct bench_checker {
    int64_t next[3];
    int senders;
    int64_t received;
    int64_t sum;
    int64_t faults;
} bench_checker;

static inline void bench_check(bench_checker *checker, const pb_event *event)
{
    pb_event expected;
    if (event->channel < 0 || event->channel >= checker->senders) {
        checker->faults++;
        return;
    }
    bench_fill(&expected, event->channel, checker->next[event->channel]++);
    if (((event->sample_offset ^ expected.sample_offset) | (event->type ^ expected.type) | (event->note_id ^ expected.note_id)
            | (event->index ^ expected.index))
            != 0
        || event->value != expected.value || event->detail != expected.detail)
        checker->faults++;
    checker->received++;
    checker->sum += (int64_t)event->value;
}

/* ---- What both sides tell each other: Control in Java. ---- */

#define BENCH_CONTROL_STRIDE 16
#define BENCH_PER_SENDER 4
enum { BENCH_STOP, BENCH_SENT, BENCH_REFUSED, BENCH_FILLED };

typedef struct bench_control {
    int64_t *words;
} bench_control;

static inline int64_t bench_get(const bench_control *control, int word, int sender)
{
    return __atomic_load_n(control->words + (size_t)(word + sender * BENCH_PER_SENDER) * BENCH_CONTROL_STRIDE, __ATOMIC_ACQUIRE);
}

static inline void bench_set(const bench_control *control, int word, int sender, int64_t value)
{
    __atomic_store_n(control->words + (size_t)(word + sender * BENCH_PER_SENDER) * BENCH_CONTROL_STRIDE, value, __ATOMIC_RELEASE);
}

/* ---- What was measured: Receipt in Java. ---- */

typedef struct bench_receipt {
    double value;
    int64_t sent, received, sum, faults, refused; /* refused: -1 where nothing can be full; sum: -1 where nothing is numbered */
    int producers;
    char details[200]; /* the inside of a JSON object */
} bench_receipt;

static inline void bench_print(const bench_receipt *receipt)
{
    char sum[24] = "null", refused[24] = "null";
    if (receipt->sum >= 0)
        snprintf(sum, sizeof sum, "%" PRId64, receipt->sum);
    if (receipt->refused >= 0)
        snprintf(refused, sizeof refused, "%" PRId64, receipt->refused);
    printf("{\"value\":%.17g,\"sent\":%" PRId64 ",\"received\":%" PRId64 ",\"sum\":%s,\"faults\":%" PRId64
           ",\"refused\":%s,\"producers\":%d,\"details\":{%s}}\n",
        receipt->value, receipt->sent, receipt->received, sum, receipt->faults, refused, receipt->producers, receipt->details);
}

/* ---- Arguments ---- */

typedef struct bench_arguments {
    const char *what;
    int64_t warm, measure;
    int first, second;
    const char *region; /* NULL in one process */
} bench_arguments;

static inline bench_arguments bench_parse(int count, char **words)
{
    bench_arguments arguments;
    if (count < 6)
        bench_fail("usage: %s WHAT WARM_MS MEASURE_MS FIRST_PROCESSOR SECOND_PROCESSOR [REGION]", words[0]);
    arguments.what = words[1];
    arguments.warm = strtoll(words[2], NULL, 10) * 1000000;
    arguments.measure = strtoll(words[3], NULL, 10) * 1000000;
    arguments.first = atoi(words[4]);
    arguments.second = atoi(words[5]);
    arguments.region = count > 6 ? words[6] : NULL;
    return arguments;
}

/* Memory of this process that is zero, begins at a page and is never given back. */
static inline void *bench_memory(size_t bytes)
{
    void *memory;
    size_t whole = (bytes + 4095u) & ~(size_t)4095u;
    if (posix_memalign(&memory, 4096, whole) != 0)
        bench_fail("no memory");
    memset(memory, 0, whole);
    return memory;
}

/* The region that two processes share. */
static inline void bench_attach(pb_region *region, const char *path)
{
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0 || !pb_region_attach(region, fd))
        bench_fail("the region %s cannot be attached", path);
    close(fd);
}
#endif

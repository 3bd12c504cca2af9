/* SPDX-License-Identifier: Apache-2.0 */
/* What the scenarios share. A scenario is a file NAME.c with a function scenario_NAME: it opens its sections, lets its actors run
   at the same time until the time is over, and looks at what they left. One source is C11 and C++17. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "stress.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ADDRESS_SANITIZER 1
#endif
#endif
#if defined(ADDRESS_SANITIZER)
#include <sanitizer/asan_interface.h>
#endif

/* What the program ends with where a promise is broken; a sanitizer's report ends it otherwise. */
#define STATUS_BROKEN 3
#define STATUS_UNUSABLE 4

static pb_region region;
static long run_millis;
static int over;

/* Plain data for the actors to hand to each other, in the region's memory, where they are in real use. Not static variables:
   gcc 12 was seen to take one whose address is never used for unchanged across a call that waits for another thread. */
static int64_t *plain;

/* Whether the actors go on. Relaxed: it orders nothing, so it hides no order that is missing. */
static inline int goes_on(void)
{
    return __atomic_load_n(&over, __ATOMIC_RELAXED) == 0;
}

/* Leaves the processor to the other actors, which may share it. */
static inline void rest(void)
{
    sched_yield();
}

static inline void broken(const char *file, int line, const char *promise)
{
    fprintf(stderr, "%s:%d: broken: %s\n", file, line, promise);
    fflush(stderr);
    _exit(STATUS_BROKEN);
}

#define EXPECT(condition, promise)                                                                                       \
    do {                                                                                                                 \
        if (!(condition))                                                                                                \
            broken(__FILE__, __LINE__, promise);                                                                         \
    } while (0)

/* Makes a section's bytes usable: under AddressSanitizer those of all others are not. */
static inline pb_section opened(const char *name, uint64_t hash, size_t length)
{
    pb_section section;
    memset(&section, 0, sizeof section);
    if (!pb_region_find(&region, name, hash, &section)) {
        fprintf(stderr, "the region has no section %s of this shape\n", name);
        _exit(STATUS_UNUSABLE);
    }
#if defined(ADDRESS_SANITIZER)
    ASAN_UNPOISON_MEMORY_REGION(section.base, length);
#else
    (void)length;
#endif
    return section;
}
#define OPEN(SECTION) opened(PB_STRESS_##SECTION##_NAME, PB_STRESS_##SECTION##_HASH, PB_STRESS_##SECTION##_LENGTH)

typedef void *(*actor)(void *);

static inline void sleep_millis(long millis)
{
    struct timespec time;
    time.tv_sec = millis / 1000;
    time.tv_nsec = millis % 1000 * 1000000;
    nanosleep(&time, NULL);
}

/* The processor's time that this process has had. */
static inline long cpu_millis(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (long)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Lets the actors run at the same time for the program's time, and waits for their ends. On a loaded machine longer, until they have
   had half of that time, or for ten seconds more. */
static inline void together(const actor *actors, size_t count)
{
    pthread_t threads[8];
    long start = cpu_millis();
    int waits;
    size_t i;
    for (i = 0; i < count; i++)
        EXPECT(pthread_create(&threads[i], NULL, actors[i], NULL) == 0, "a thread can be started");
    sleep_millis(run_millis);
    for (waits = 0; waits < 1000 && cpu_millis() - start < run_millis / 2; waits++)
        sleep_millis(10);
    __atomic_store_n(&over, 1, __ATOMIC_RELAXED);
    for (i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
}
#define TOGETHER(actors) together(actors, sizeof(actors) / sizeof(actors)[0])

static long work_done;

/* Says how much was done; a scenario that did nothing has shown nothing. */
static inline void done(long count)
{
    work_done += count;
    EXPECT(count > 0, "something was done in the time");
}

/* The event number n, a different one for each n and all of its bytes set. */
static inline pb_event numbered_event(int32_t n)
{
    pb_event e;
    memset(&e, 0, sizeof e);
    e.sample_offset = n;
    e.type = (uint16_t)(n & 0xFFFF);
    e.channel = (int16_t)(n & 0x7FFF);
    e.note_id = ~n;
    e.index = n ^ 0x55555555;
    e.value = n * 0.5;
    e.detail = -n;
    return e;
}

typedef struct named_scenario {
    const char *name;
    void (*run)(void);
} named_scenario;

/* REGION MILLIS SCENARIO: runs one scenario and prints how much it did. */
static inline int harness(int argc, char **argv, const named_scenario *scenarios, size_t count)
{
    size_t i;
    if (argc != 4 || !pb_region_attach(&region, open(argv[1], O_RDWR | O_CLOEXEC))) {
        fprintf(stderr, "usage: REGION MILLIS SCENARIO; %s\n", region.error != NULL ? region.error : "");
        return STATUS_UNUSABLE;
    }
    run_millis = atol(argv[2]);
#if defined(ADDRESS_SANITIZER)
    /* Header and directory stay readable; a section becomes usable when it is opened. */
    ASAN_POISON_MEMORY_REGION(region.base + PB_STRESS_INTS_OFFSET, region.length - PB_STRESS_INTS_OFFSET);
#endif
    {
        pb_section section = OPEN(DATA);
        plain = (int64_t *)pb_section_element(&section, 0);
    }
    for (i = 0; i < count; i++) {
        if (strcmp(scenarios[i].name, argv[3]) == 0) {
            scenarios[i].run();
            printf("%ld rounds\n", work_done);
#if defined(ADDRESS_SANITIZER)
            ASAN_UNPOISON_MEMORY_REGION(region.base, region.length);
#endif
            pb_region_detach(&region);
            return 0;
        }
    }
    fprintf(stderr, "there is no scenario %s\n", argv[3]);
    return STATUS_UNUSABLE;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* control: relaxed pb_doorbell_ring */
/* Two doorbells, there and back, with the kernel's futex: plain data come before their ring, and nobody sleeps through one. */

/* Above any time that a loaded machine takes to run a thread that was woken. */
#define DOORBELL_SECONDS 20

static pb_section doorbell_words;
static long doorbell_rings;

static uint32_t *doorbell_word(uint32_t index)
{
    return (uint32_t *)pb_section_element(&doorbell_words, index);
}

/* Waits until the word is no longer what was seen: spins a little, then sleeps. */
static uint32_t doorbell_await(uint32_t seen, uint32_t *word, uint32_t *asleep)
{
    int spins;
    for (spins = 0; spins < 50; spins++) {
        uint32_t now = __atomic_load_n(word, __ATOMIC_ACQUIRE);
        if (now != seen)
            return now;
    }
    if (pb_doorbell_may_wait(word, seen, asleep)) {
        struct timespec deadline;
        time_t due;
        clock_gettime(CLOCK_MONOTONIC, &deadline);
        due = deadline.tv_sec + DOORBELL_SECONDS;
        deadline.tv_sec = due;
        pb_futex_wait_until(word, seen, &deadline);
        clock_gettime(CLOCK_MONOTONIC, &deadline);
        EXPECT(deadline.tv_sec < due, "who rings while the other sleeps wakes it");
    }
    pb_doorbell_awake(asleep);
    return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

static void doorbell_ring(uint32_t *word, uint32_t value, const uint32_t *asleep)
{
    if (pb_doorbell_ring(word, value, asleep))
        pb_futex_wake(word);
}

/* Rings with the next number at word 0 and waits for the same at word 2; 0 is the end. */
static void *doorbell_asker(void *unused)
{
    uint32_t n, seen = 0;
    (void)unused;
    for (n = 1; goes_on(); n++) {
        *plain = n;
        doorbell_ring(doorbell_word(0), n, doorbell_word(1));
        while (seen != n)
            seen = doorbell_await(seen, doorbell_word(2), doorbell_word(3));
        EXPECT(*plain == n + 1u, "data come before their ring, on the way back too");
    }
    doorbell_rings = (long)n - 1;
    doorbell_ring(doorbell_word(0), 0, doorbell_word(1));
    return NULL;
}

static void *doorbell_answerer(void *unused)
{
    uint32_t seen = 0;
    (void)unused;
    for (;;) {
        uint32_t now = doorbell_await(seen, doorbell_word(0), doorbell_word(1));
        if (now == seen)
            continue;
        if (now == 0)
            return NULL;
        seen = now;
        EXPECT(*plain == seen, "data come before their ring");
        *plain = seen + 1u;
        doorbell_ring(doorbell_word(2), seen, doorbell_word(3));
    }
}

static void scenario_doorbell(void)
{
    const actor actors[] = {doorbell_asker, doorbell_answerer};
    doorbell_words = OPEN(BELLS);
    TOGETHER(actors);
    done(doorbell_rings);
}

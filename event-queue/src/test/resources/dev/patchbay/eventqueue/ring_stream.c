/* SPDX-License-Identifier: Apache-2.0 */
/* Streams of numbered messages through the rings of a region, between processes or between threads. What each message holds
   follows from its producer and number, so that whatever is lost, doubled, torn or out of order is seen.
   usage: ring_stream REGION produce|consume|listen|claim ring|shared_ring ROLE COUNT | ring_stream REGION threads ring|shared_ring COUNT */
#define _POSIX_C_SOURCE 200809L
#include "rings.h"
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define ROLES 8
#define NUMBERS 0xFFFFFF

/* One side of either ring, and of the numbers that are next. */
typedef struct side {
    int is_shared;
    int role;
    int count;
    pb_ring ring;
    pb_shared_ring shared;
    int next[ROLES];
} side;

static pb_region region;

/* Leaves the processor to the other side: where there are more processes than processors, a yield may not. */
static void rest(void)
{
    struct timespec time = {0, 20000};
    nanosleep(&time, NULL);
}

static void fail(const char *what, int role, int number)
{
    printf("%s: role %d, message %d\n", what, role, number);
    fflush(stdout);
    _exit(1);
}

static side over(int is_shared, int role, int count)
{
    pb_section section;
    side s;
    memset(&s, 0, sizeof s);
    memset(&section, 0, sizeof section);
    s.is_shared = is_shared;
    s.role = role;
    s.count = count;
    if (!(is_shared ? PB_FIND(&region, PB_RINGS_SHARED_RING, &section) : PB_FIND(&region, PB_RINGS_RING, &section)))
        fail("there is no such ring", role, 0);
    if (pb_ring_over(&s.ring, &section) != NULL
        || (is_shared && pb_shared_ring_over(&s.shared, &section, role) != NULL))
        fail("it is no ring", role, 0);
    return s;
}

static int32_t type_of(int role, int number)
{
    return 1 + (role << 24 | (number & NUMBERS));
}

static uint32_t length_of(const side *s, int role, int number)
{
    return (uint32_t)(number * 31 + role) % (s->ring.max_length + 1u);
}

static uint8_t byte_of(int role, int number, uint32_t i)
{
    return (uint8_t)((uint32_t)(number * 131 + role * 17) + i * 7u);
}

static void fill(uint8_t *payload, int role, int number, uint32_t length)
{
    uint32_t i;
    for (i = 0; i < length; i++)
        payload[i] = byte_of(role, number, i);
}

static int claim(const side *s, int32_t type, uint32_t length, void **payload)
{
    return s->is_shared ? pb_shared_ring_try_claim(&s->shared, type, length, payload)
                        : pb_ring_try_claim(&s->ring, type, length, payload);
}

static int end(const side *s, const void *payload, int keep)
{
    if (s->is_shared)
        return keep ? pb_shared_ring_commit(&s->shared, payload) : pb_shared_ring_abort(&s->shared, payload);
    return keep ? pb_ring_commit(&s->ring, payload) : pb_ring_abort(&s->ring, payload);
}

/* Sends a message by one way or another; some claims are given up first. 1, or 0 where the ring is full. */
static int send(const side *s, int number)
{
    uint8_t bytes[4096];
    uint32_t length = length_of(s, s->role, number);
    int32_t type = type_of(s->role, number);
    void *payload;
    int sent;
    if (number % 13 == 5 && claim(s, type, length, &payload) == PB_RING_SENT) {
        fill((uint8_t *)payload, s->role, number + 1, length);
        if (!end(s, payload, 0))
            fail("a claim cannot be aborted", s->role, number);
    }
    if (number % 2 == 0) {
        sent = claim(s, type, length, &payload);
        if (sent == PB_RING_SENT) {
            fill((uint8_t *)payload, s->role, number, length);
            if (!end(s, payload, 1))
                fail("a claim cannot be committed", s->role, number);
        }
        return sent == PB_RING_SENT;
    }
    fill(bytes, s->role, number, length);
    return (s->is_shared ? pb_shared_ring_write(&s->shared, type, bytes, length)
                         : pb_ring_write(&s->ring, type, bytes, length)) == PB_RING_SENT;
}

static void *produce(void *context)
{
    const side *s = (const side *)context;
    int number = 0;
    while (number < s->count) {
        if (send(s, number))
            number++;
        else
            rest();
    }
    return NULL;
}

static pb_ring_action hear(void *context, int32_t type, const uint8_t *payload, uint32_t length)
{
    side *s = (side *)context;
    int role = (type - 1) >> 24, number;
    uint32_t i;
    if (role < 0 || role >= ROLES)
        fail("a message of nobody", role, type);
    number = s->next[role]++;
    if (type != type_of(role, number) || length != length_of(s, role, number))
        fail("a message is lost, doubled or out of order", role, number);
    for (i = 0; i < length; i++)
        if (payload[i] != byte_of(role, number, i))
            fail("a message is torn", role, number);
    return number % 7 == 3 ? PB_RING_COMMIT : PB_RING_CONTINUE;
}

/* Takes count messages of each of the producers whose bits are set in role. Where it may, it looks for claims of the dead all the
   time, of which there are none; it may not beside Agrona's own producer, which has no lane and so never seems to hold a claim. */
static void consume(side *s, int may_unblock)
{
    pb_shared_ring_recovery recovery;
    int left = s->count * __builtin_popcount((unsigned)s->role);
    memset(&recovery, 0, sizeof recovery);
    if (s->is_shared)
        pb_shared_ring_recover(&s->shared, &recovery);
    while (left > 0) {
        int64_t messages = s->is_shared ? pb_shared_ring_read(&s->shared, hear, s, 20)
                                        : pb_ring_read(&s->ring, hear, s, 20);
        if (messages < 0)
            fail("the ring is corrupt", s->role, left);
        left -= (int)messages;
        /* Nobody is dead, so nothing may ever be freed. */
        if (messages == 0 && s->is_shared && may_unblock && pb_shared_ring_unblock(&s->shared, &recovery, 0) != 0)
            fail("a living producer's claim was freed", s->role, left);
        if (messages == 0)
            rest();
    }
}

static void threads(int is_shared, int count)
{
    side writers[2], reader = over(is_shared, PB_RINGS_ROLE_RT, count);
    pthread_t started[2];
    int i, n = is_shared ? 2 : 1;
    reader.role = 0;
    for (i = 0; i < n; i++) {
        writers[i] = over(is_shared, PB_RINGS_ROLE_CONTROL + i, count);
        reader.role |= 1 << writers[i].role;
        if (pthread_create(&started[i], NULL, produce, &writers[i]) != 0)
            fail("no thread", i, 0);
    }
    consume(&reader, 1);
    for (i = 0; i < n; i++)
        pthread_join(started[i], NULL);
}

int main(int argc, char **argv)
{
    const char *what = argc > 3 ? argv[2] : "";
    int is_shared = argc > 3 && strcmp(argv[3], "shared_ring") == 0;
    int role = argc > 4 ? atoi(argv[4]) : 0, count = argc > 5 ? atoi(argv[5]) : 0;
    if (argc < 4 || !pb_region_attach(&region, open(argv[1], O_RDWR))) {
        puts(region.error != NULL ? region.error : "see the usage");
        return 1;
    }
    if (strcmp(what, "threads") == 0) {
        threads(is_shared, role);
    } else if (strcmp(what, "consume") == 0 || strcmp(what, "listen") == 0) {
        side s = over(is_shared, PB_RINGS_ROLE_RT, count);
        s.role = role;
        consume(&s, strcmp(what, "consume") == 0);
    } else {
        side s = over(is_shared, role, count);
        void *payload;
        if (is_shared)
            pb_shared_ring_take_over(&s.shared);
        else if (pb_ring_take_over(&s.ring) < 0)
            fail("the ring is corrupt", role, 0);
        produce(&s);
        if (strcmp(what, "claim") == 0) {
            /* Dies with a claim that it has begun to fill. */
            if (claim(&s, type_of(role, count), length_of(&s, role, count), &payload) != PB_RING_SENT)
                fail("the ring is full", role, count);
            fill((uint8_t *)payload, role, count, length_of(&s, role, count) / 2u);
            puts("claimed");
            fflush(stdout);
            pause();
        }
    }
    pb_region_detach(&region);
    return 0;
}

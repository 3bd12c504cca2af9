/* SPDX-License-Identifier: Apache-2.0 */
/* Streams of numbered events through the queues of a region, between processes or between threads. What each event holds follows from its
   producer and number, so that whatever is lost, doubled, torn or out of order is seen.
   usage: event_queue_stream REGION produce|consume|claim single|shared ROLE COUNT | event_queue_stream REGION threads single|shared COUNT */
#define _POSIX_C_SOURCE 200809L
#include "queues.h"
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define ROLES 8

/* One side of either queue, and of the numbers that are next. */
typedef struct side {
    int is_shared;
    int role;
    int count;
    pb_event_queue single;
    pb_shared_event_queue shared;
    int next[ROLES];
    int left;
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
    printf("%s: role %d, event %d\n", what, role, number);
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
    if (!(is_shared ? PB_FIND(&region, PB_QUEUES_SHARED, &section) : PB_FIND(&region, PB_QUEUES_SINGLE, &section)))
        fail("there is no such queue", role, 0);
    if ((is_shared ? pb_shared_event_queue_over(&s.shared, &section, role) : pb_event_queue_over(&s.single, &section)) != NULL)
        fail("it is no queue", role, 0);
    return s;
}

static pb_event event_of(int role, int number)
{
    pb_event e;
    memset(&e, 0, sizeof e);
    e.sample_offset = number % 64;
    e.type = (uint16_t)(role + 1);
    e.channel = (int16_t)(number % 30000);
    e.note_id = ~number;
    e.index = number;
    e.value = number * 0.5;
    e.detail = -number;
    return e;
}

static pb_event *claim(side *s)
{
    return s->is_shared ? pb_shared_event_queue_try_claim(&s->shared) : pb_event_queue_try_claim(&s->single);
}

static void end(side *s, const pb_event *slot, int keep)
{
    int ended = s->is_shared
        ? (keep ? pb_shared_event_queue_commit(&s->shared, slot) : pb_shared_event_queue_abort(&s->shared, slot))
        : (keep ? pb_event_queue_commit(&s->single, slot) : pb_event_queue_abort(&s->single, slot));
    if (!ended)
        fail("a claim cannot be ended", s->role, keep);
}

/* Sends an event, or a few, by one way or another; some claims are given up first. How many were sent. */
static int send(side *s, int number)
{
    pb_event events[3];
    pb_event *slot;
    int i, count = s->count - number < 3 ? s->count - number : 3;
    for (i = 0; i < count; i++)
        events[i] = event_of(s->role, number + i);
    if (number % 13 == 5 && (slot = claim(s)) != NULL) {
        slot->sample_offset = -1;
        end(s, slot, 0);
    }
    if (number % 3 == 0)
        return s->is_shared ? pb_shared_event_queue_offer(&s->shared, events) : pb_event_queue_offer(&s->single, events);
    if (number % 3 == 1)
        return (int)(s->is_shared ? pb_shared_event_queue_offer_batch(&s->shared, events, (uint32_t)count)
                                  : pb_event_queue_offer_batch(&s->single, events, (uint32_t)count));
    slot = claim(s);
    if (slot == NULL)
        return 0;
    *slot = events[0];
    end(s, slot, 1);
    return 1;
}

static void *produce(void *context)
{
    side *s = (side *)context;
    int number = 0;
    while (number < s->count) {
        int sent = send(s, number);
        number += sent;
        if (sent == 0)
            rest();
    }
    return NULL;
}

static void hear(void *context, const pb_event *event)
{
    side *s = (side *)context;
    int role = event->type - 1;
    pb_event expected;
    if (role < 0 || role >= ROLES)
        fail("an event of nobody", role, event->index);
    expected = event_of(role, s->next[role]++);
    if (memcmp(&expected, event, sizeof expected) != 0)
        fail("an event is lost, doubled, torn or out of order", role, s->next[role] - 1);
    s->left--;
}

/* Takes count events of each of the producers whose bits are set in role. */
static void consume(side *s)
{
    int round;
    s->left = s->count * __builtin_popcount((unsigned)s->role);
    for (round = 0; s->left > 0; round++) {
        int left = s->left;
        if (s->is_shared && round % 3 == 0)
            pb_shared_event_queue_poll_before(&s->shared, 40, hear, s, 7);
        else if (s->is_shared)
            pb_shared_event_queue_poll(&s->shared, hear, s, 5);
        else if (round % 3 == 0)
            pb_event_queue_poll_before(&s->single, 40, hear, s, 7);
        else
            pb_event_queue_poll(&s->single, hear, s, 5);
        /* Nobody is dead, so nothing may ever be freed. */
        if (left == s->left && s->is_shared && pb_shared_event_queue_unblock(&s->shared, 0) != 0)
            fail("a living producer's claim was freed", s->role, s->left);
        if (left == s->left)
            rest();
    }
}

static void threads(int is_shared, int count)
{
    side writers[2], reader = over(is_shared, PB_QUEUES_ROLE_RT, count);
    pthread_t started[2];
    int i, n = is_shared ? 2 : 1;
    reader.role = 0;
    for (i = 0; i < n; i++) {
        writers[i] = over(is_shared, PB_QUEUES_ROLE_CONTROL + i, count);
        reader.role |= 1 << writers[i].role;
        if (pthread_create(&started[i], NULL, produce, &writers[i]) != 0)
            fail("no thread", i, 0);
    }
    consume(&reader);
    for (i = 0; i < n; i++)
        pthread_join(started[i], NULL);
}

int main(int argc, char **argv)
{
    const char *what = argc > 3 ? argv[2] : "";
    int is_shared = argc > 3 && strcmp(argv[3], "shared") == 0;
    int role = argc > 4 ? atoi(argv[4]) : 0, count = argc > 5 ? atoi(argv[5]) : 0;
    if (argc < 4 || !pb_region_attach(&region, open(argv[1], O_RDWR))) {
        puts(region.error != NULL ? region.error : "see the usage");
        return 1;
    }
    if (strcmp(what, "threads") == 0) {
        threads(is_shared, role);
    } else if (strcmp(what, "consume") == 0) {
        side s = over(is_shared, PB_QUEUES_ROLE_RT, count);
        s.role = role;
        consume(&s);
    } else {
        side s = over(is_shared, role, count);
        if (is_shared)
            pb_shared_event_queue_take_over(&s.shared);
        produce(&s);
        if (strcmp(what, "claim") == 0) {
            /* Dies with a claim that it has begun to fill. */
            pb_event *slot = claim(&s);
            if (slot == NULL)
                fail("the queue is full", role, count);
            slot->sample_offset = -1;
            puts("claimed");
            fflush(stdout);
            pause();
        }
    }
    pb_region_detach(&region);
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Kills a process of an event queue at every one of its instructions, in effect: it is stepped through one operation, and after each step
   the shared memory, as a death there would leave it, is copied and handed to a successor. usage: event_queue_death SEED ROUNDS */
#include "queues.h"
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#define CAPACITY 8u
#define LIVING 2
#define DYING 5
#define MOST 64

/* The ways to die: three of a producer, two of a consumer. */
enum { OFFER, BATCH, CLAIM, POLL, UNBLOCK, WAYS };

/* One queue's memory, whichever the kind. */
typedef struct memory {
    pb_event_queue_head single;
    pb_shared_event_queue_head shared;
    pb_event slots[CAPACITY];
    uint64_t commits[CAPACITY];
} memory;

/* What a consumer has seen: the numbers of events. */
typedef struct seen {
    int count;
    int32_t numbers[MOST];
} seen;

/* One side of either queue. */
typedef struct side {
    int is_shared;
    pb_event_queue single;
    pb_shared_event_queue shared;
} side;

static memory *common;
static uint64_t state;

static uint32_t draw(uint32_t below)
{
    state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (uint32_t)(state >> 33) % below;
}

static void fail(const char *what, int way, int step)
{
    printf("%s, way %d, after %d instructions\n", what, way, step);
    exit(1);
}

static side over(memory *m, int is_shared, int role)
{
    side s;
    memset(&s, 0, sizeof s);
    s.is_shared = is_shared;
    if ((is_shared ? pb_shared_event_queue_init(&s.shared, &m->shared, m->slots, CAPACITY, role)
                   : pb_event_queue_init(&s.single, &m->single, m->slots, CAPACITY)) != NULL)
        exit(2);
    return s;
}

static pb_event event_of(int32_t number)
{
    pb_event e;
    memset(&e, 0, sizeof e);
    e.sample_offset = number;
    e.note_id = ~number;
    e.index = number * 3;
    e.value = number;
    e.detail = -number;
    return e;
}

static void take(void *context, const pb_event *event)
{
    seen *s = (seen *)context;
    pb_event expected = event_of(event->sample_offset);
    s->numbers[s->count < MOST ? s->count : 0] =
        s->count < MOST && memcmp(&expected, event, sizeof expected) == 0 ? event->sample_offset : -1;
    s->count++;
}

static int size(side *s)
{
    return (int)(s->is_shared ? pb_shared_event_queue_size(&s->shared) : pb_event_queue_size(&s->single));
}

static int poll(side *s, seen *into)
{
    return (int)(s->is_shared ? pb_shared_event_queue_poll(&s->shared, take, into, MOST)
                              : pb_event_queue_poll(&s->single, take, into, MOST));
}

static int offer(side *s, int32_t number)
{
    pb_event e = event_of(number);
    return s->is_shared ? pb_shared_event_queue_offer(&s->shared, &e) : pb_event_queue_offer(&s->single, &e);
}

/* One operation of a producer that will die in it: numbers from number on. */
static void produce(side *s, int way, int32_t number)
{
    pb_event events[3] = {event_of(number), event_of(number + 1), event_of(number + 2)};
    pb_event *slot;
    if (way == OFFER) {
        offer(s, number);
    } else if (way == BATCH) {
        if (s->is_shared)
            pb_shared_event_queue_offer_batch(&s->shared, events, 3);
        else
            pb_event_queue_offer_batch(&s->single, events, 3);
    } else {
        slot = s->is_shared ? pb_shared_event_queue_try_claim(&s->shared) : pb_event_queue_try_claim(&s->single);
        if (slot == NULL)
            return;
        slot->sample_offset = -1;
        if (s->is_shared)
            pb_shared_event_queue_abort(&s->shared, slot);
        else
            pb_event_queue_abort(&s->single, slot);
        slot = s->is_shared ? pb_shared_event_queue_try_claim(&s->shared) : pb_event_queue_try_claim(&s->single);
        if (slot == NULL)
            return;
        *slot = events[0];
        if (s->is_shared)
            pb_shared_event_queue_commit(&s->shared, slot);
        else
            pb_event_queue_commit(&s->single, slot);
    }
}

/* Polls all that can be read; where it is stuck, as it must be only for a dead producer's claim, that is freed. */
static void receive_all(memory *m, int is_shared, seen *into, int way, int step)
{
    side s = over(m, is_shared, 0);
    int tries;
    for (tries = 0; tries < 20 && size(&s) > 0; tries++) {
        poll(&s, into);
        if (!is_shared || size(&s) == 0)
            continue;
        if (m->shared.lanes[DYING].open != 0 && pb_shared_event_queue_unblock(&s.shared, 0) != 0)
            fail("a claim was freed that its producer may yet commit", way, step);
        pb_shared_event_queue_unblock(&s.shared, 1u << DYING);
    }
    if (size(&s) != 0)
        fail("the queue does not flow", way, step);
}

/* Brings the queue to a random state: anywhere, with some events in it, whose numbers go to s. */
static void prepare(int is_shared, seen *s, int32_t *number)
{
    uint64_t start = draw(2) == 0 ? (UINT64_C(1) << (31 + draw(2) * 32)) - draw(12) : draw(30), position;
    side writer;
    uint32_t i;
    memset(common, 0, sizeof *common);
    common->single.tail = common->single.head = common->shared.tail = common->shared.head = start;
    for (position = start - CAPACITY; position != start; position++)
        common->commits[position & (CAPACITY - 1u)] = position + 1u;
    writer = over(common, is_shared, LIVING);
    s->count = 0;
    for (i = draw(CAPACITY + 2); i > 0; i--) {
        if (offer(&writer, *number))
            s->numbers[s->count++] = *number;
        ++*number;
    }
}

static int is_at(const seen *s, int at, int32_t number)
{
    return s->count > at && s->numbers[at] == number;
}

/* A producer dies: whoever comes next sends more. Seen must be what was there, then some first of the dying one's events, each whole, then
   the others. How many of the dying one's were there. */
static int producer_died(memory *m, int is_shared, const seen *before, int32_t number, int way, int step)
{
    seen after = {0, {0}};
    side living = over(m, is_shared, LIVING), successor = over(m, is_shared, DYING);
    int living_sent = is_shared ? offer(&living, number + 10) : 0; /* beside the dead one's claim */
    int at, sent = 0;
    int32_t next;
    receive_all(m, is_shared, &after, way, step);
    for (at = 0; at < before->count; at++)
        if (!is_at(&after, at, before->numbers[at]))
            fail("an event that was there is lost", way, step);
    while (sent < 3 && is_at(&after, at, number + sent)) {
        at++;
        sent++;
    }
    if (living_sent && !is_at(&after, at++, number + 10))
        fail("an event of a living one is lost", way, step);
    if (after.count != at)
        fail("an event is torn or doubled, or came of nothing", way, step);
    if (is_shared)
        pb_shared_event_queue_take_over(&successor.shared);
    for (next = number + 20; next < number + 40; next++) {
        after.count = 0;
        if (!offer(&successor, next))
            fail("an empty queue refuses an event", way, step);
        receive_all(m, is_shared, &after, way, step);
        if (after.count != 1 || after.numbers[0] != next)
            fail("an event after the recovery is lost", way, step);
    }
    return sent;
}

/* A consumer dies: its successor sees all that was there, or nothing of what was given back in one step. */
static void consumer_died(memory *m, int is_shared, const seen *before, int way, int step)
{
    seen after = {0, {0}};
    int at;
    receive_all(m, is_shared, &after, way, step);
    if (after.count != 0 && after.count != before->count)
        fail("a batch comes again in part", way, step);
    for (at = 0; at < after.count; at++)
        if (after.numbers[at] != before->numbers[at])
            fail("an event is lost, torn or out of order", way, step);
}

static void live(int is_shared, int way, int32_t number)
{
    side s = over(common, is_shared, way < POLL ? DYING : 0);
    seen ignored = {0, {0}};
    if (way < POLL)
        produce(&s, way, number);
    else if (way == POLL || !is_shared)
        poll(&s, &ignored);
    else if (pb_shared_event_queue_unblock(&s.shared, 1u << DYING) > 0)
        poll(&s, &ignored);
}

/* Steps a child through one operation; tells what to do with the memory after each instruction that changed it. */
static int step_through(int is_shared, int way, const seen *before, int32_t number)
{
    static memory copy;
    int status, steps = 0, sent = 0;
    pid_t child = fork();
    if (child == 0) {
        ptrace(PTRACE_TRACEME, 0, NULL, NULL);
        raise(SIGSTOP);
        live(is_shared, way, number);
        _exit(0);
    }
    waitpid(child, &status, 0);
    if (!WIFSTOPPED(status))
        fail("the child cannot be stepped", way, 0);
    while (!WIFEXITED(status)) {
        memory last = copy;
        memcpy(&copy, common, sizeof copy);
        if (steps == 0 || memcmp(&last, &copy, sizeof copy) != 0) {
            memory grave = copy;
            if (way < POLL)
                sent = producer_died(&grave, is_shared, before, number, way, steps);
            else
                consumer_died(&grave, is_shared, before, way, steps);
        }
        if (ptrace(PTRACE_SINGLESTEP, child, NULL, NULL) != 0 || waitpid(child, &status, 0) != child)
            fail("the child cannot be stepped", way, steps);
        steps++;
    }
    if (steps < 50)
        fail("the child hardly ran", way, steps);
    return sent;
}

int main(int argc, char **argv)
{
    int rounds = argc > 2 ? atoi(argv[2]) : 0, round, sent = 0, none = 0;
    state = argc > 1 ? (uint64_t)strtoull(argv[1], NULL, 10) : 0;
    common = (memory *)mmap(NULL, sizeof *common, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (common == (memory *)MAP_FAILED)
        return 2;
    for (round = 0; round < rounds; round++) {
        int is_shared = round & 1, way = round / 2 % WAYS, n;
        int32_t number = 1000 + (int32_t)draw(1000);
        seen before;
        prepare(is_shared, &before, &number);
        if (way == UNBLOCK && is_shared) {
            /* What a dead producer left, before anything that can be read. */
            side dead = over(common, 1, DYING), living = over(common, 1, LIVING);
            seen gone = {0, {0}};
            poll(&living, &gone);
            before.count = 0;
            pb_shared_event_queue_try_claim(&dead.shared);
            offer(&living, number);
            pb_shared_event_queue_try_claim(&dead.shared);
            before.numbers[before.count++] = number;
        }
        n = step_through(is_shared, way, &before, number);
        if (way < POLL && n > 0)
            sent++;
        else if (way < POLL)
            none++;
    }
    printf("%d sent, %d refused\n", sent, none);
    return 0;
}

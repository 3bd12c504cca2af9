/* SPDX-License-Identifier: Apache-2.0 */
/* Kills a process of a ring at every one of its instructions, in effect: it is stepped through one operation, and after each step
   the shared memory, as a death there would leave it, is copied and handed to a successor. usage: ring_death SEED ROUNDS */
#include "rings.h"
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#define CAPACITY 128u
#define LIVING 2
#define DYING 5
#define MOST 64

/* One ring's memory, whichever the kind. */
typedef struct memory {
    pb_shared_ring_head head;
    uint64_t dropped;
    uint64_t data[CAPACITY / 8u];
    pb_ring_trailer trailer;
} memory;

/* What a consumer has seen: the numbers of messages, which their types carry. */
typedef struct seen {
    int count;
    int32_t numbers[MOST];
} seen;

static memory *shared;
static uint64_t state;

static uint32_t draw(uint32_t below)
{
    state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (uint32_t)(state >> 33) % below;
}

static void fail(const char *what, int step)
{
    printf("%s, after %d instructions\n", what, step);
    exit(1);
}

static pb_shared_ring over(memory *m, int role)
{
    pb_shared_ring ring;
    if (pb_shared_ring_init(&ring, &m->head, m->data, CAPACITY, role) != NULL)
        exit(2);
    return ring;
}

static pb_ring over_single(memory *m)
{
    pb_ring ring;
    if (pb_ring_init(&ring, m->data, CAPACITY, &m->dropped) != NULL)
        exit(2);
    return ring;
}

/* A message's payload is told by its number alone. */
static uint32_t length_of(int32_t number)
{
    return (uint32_t)number * 7u % (CAPACITY / 8u + 1u);
}

static int check(int32_t type, const uint8_t *payload, uint32_t length)
{
    uint32_t i;
    if (length != length_of(type))
        return 0;
    for (i = 0; i < length; i++)
        if (payload[i] != (uint8_t)(type + (int)i))
            return 0;
    return 1;
}

static pb_ring_action take(void *context, int32_t type, const uint8_t *payload, uint32_t length)
{
    seen *s = (seen *)context;
    if (!check(type, payload, length) || s->count == MOST)
        return PB_RING_ABORT;
    s->numbers[s->count++] = type;
    return PB_RING_CONTINUE;
}

static int send(memory *m, int is_shared, int role, int32_t number)
{
    uint8_t payload[CAPACITY / 8u];
    uint32_t i;
    for (i = 0; i < sizeof payload; i++)
        payload[i] = (uint8_t)(number + (int)i);
    if (is_shared) {
        pb_shared_ring ring = over(m, role);
        return pb_shared_ring_write(&ring, number, payload, length_of(number));
    } else {
        pb_ring ring = over_single(m);
        return pb_ring_write(&ring, number, payload, length_of(number));
    }
}

static int64_t receive(memory *m, int is_shared, seen *s, uint32_t limit)
{
    if (is_shared) {
        pb_shared_ring ring = over(m, 0);
        return pb_shared_ring_read(&ring, take, s, limit);
    } else {
        pb_ring ring = over_single(m);
        return pb_ring_read(&ring, take, s, limit);
    }
}

/* Brings the ring to a random state: anywhere, with some messages in it. Their numbers go to s. */
static void prepare(int is_shared, seen *s, int32_t *number)
{
    seen gone = {0, {0}};
    uint32_t i;
    memset(shared, 0, sizeof *shared);
    for (i = draw(40); i > 0; i--) {
        send(shared, is_shared, LIVING, 1 + (int32_t)draw(1000));
        if (draw(2) == 0)
            receive(shared, is_shared, &gone, 1 + draw(3));
        gone.count = 0;
    }
    while (pb_ring_size(&(pb_ring){(uint8_t *)shared->data, &shared->trailer, NULL, CAPACITY, 0}) != 0)
        receive(shared, is_shared, &gone, MOST), gone.count = 0;
    s->count = 0;
    for (i = draw(8); i > 0; i--) {
        if (send(shared, is_shared, LIVING, *number) == PB_RING_SENT)
            s->numbers[s->count++] = *number;
        ++*number;
    }
}

/* Reads all that can be read; where it is stuck, as it must be only for a dead producer's claim, that is freed. */
static void receive_all(memory *m, int is_shared, seen *s, int step)
{
    pb_shared_ring ring = over(m, 0);
    pb_shared_ring_recovery recovery;
    int tries;
    if (is_shared)
        pb_shared_ring_recover(&ring, &recovery);
    for (tries = 0; tries < 100 && pb_ring_size(&ring.ring) != 0; tries++) {
        int64_t freed = 0;
        if (receive(m, is_shared, s, MOST) < 0)
            fail("the ring is taken for corrupt", step);
        if (is_shared && pb_shared_ring_size(&ring) != 0 && (m->head.lanes[DYING].open != 0)
            && pb_shared_ring_unblock(&ring, &recovery, 0) != 0)
            fail("a claim was freed that its producer may yet commit", step);
        if (is_shared)
            freed = pb_shared_ring_unblock(&ring, &recovery, 1u << DYING);
        if (freed < 0)
            fail("the ring is taken for corrupt by who frees it", step);
    }
    if (pb_ring_size(&ring.ring) != 0)
        fail("the ring does not flow", step);
}

/* Whether the numbers from a place on are exactly those of another. */
static int is_same(const seen *a, int from, const seen *b, int count)
{
    return a->count - from == count && memcmp(a->numbers + from, b->numbers, (size_t)count * sizeof(int32_t)) == 0;
}

/* A producer dies: whoever comes next sends three more. Seen must be what was there, then perhaps the message of the dying one, once and
   whole, then the others. */
static int producer_died(memory *m, int is_shared, const seen *before, int32_t number, int step)
{
    seen after = {0, {0}}, expected = *before;
    int32_t next;
    int sent;
    if (is_shared)
        send(m, 1, LIVING, number + 1); /* A living one goes on beside the dead one's claim. */
    else if (pb_ring_take_over(&(pb_ring){(uint8_t *)m->data, &m->trailer, &m->dropped, CAPACITY, CAPACITY / 8u}) < 0)
        fail("the successor takes the ring for corrupt", step);
    receive_all(m, is_shared, &after, step);
    sent = after.count > before->count && after.numbers[before->count] == number;
    if (sent)
        expected.numbers[expected.count++] = number;
    if (is_shared && after.count > expected.count && after.numbers[expected.count] == number + 1)
        expected.numbers[expected.count++] = number + 1;
    if (!is_same(&after, 0, &expected, expected.count))
        fail("a message is lost, torn or doubled", step);
    if (is_shared) {
        pb_shared_ring ring = over(m, DYING);
        pb_shared_ring_take_over(&ring);
    }
    for (next = number + 2; next < number + 40; next++) {
        after.count = 0;
        if (send(m, is_shared, DYING, next) != PB_RING_SENT)
            fail("an empty ring refuses a message", step);
        receive_all(m, is_shared, &after, step);
        if (after.count != 1 || after.numbers[0] != next)
            fail("a message after the recovery is lost", step);
    }
    return sent;
}

/* A consumer dies: its successor sees what is left, and of the batch that was not given back, all or nothing. */
static void consumer_died(memory *m, int is_shared, const seen *before, int batch, int step)
{
    seen after = {0, {0}};
    int whole;
    receive_all(m, is_shared, &after, step);
    whole = is_same(&after, 0, before, before->count);
    if (!whole && !(after.count == before->count - batch && memcmp(after.numbers, before->numbers + batch,
            (size_t)after.count * sizeof(int32_t)) == 0))
        fail("a message is lost, torn or comes in part of its batch", step);
}

/* Steps a child through one operation; tells what to do with the memory after each instruction. */
static int step_through(int is_shared, int is_producer, const seen *before, int32_t number, int batch)
{
    static memory copy;
    int status, steps = 0, sent = 0;
    pid_t child = fork();
    if (child == 0) {
        seen ignored = {0, {0}};
        ptrace(PTRACE_TRACEME, 0, NULL, NULL);
        raise(SIGSTOP);
        if (is_producer)
            send(shared, is_shared, DYING, number);
        else
            receive(shared, is_shared, &ignored, MOST);
        _exit(0);
    }
    waitpid(child, &status, 0);
    if (!WIFSTOPPED(status))
        fail("the child cannot be stepped", 0);
    while (!WIFEXITED(status)) {
        memory last = copy;
        memcpy(&copy, shared, sizeof copy);
        /* Only a step that changed something makes another death. */
        if (steps == 0 || memcmp(&last, &copy, sizeof copy) != 0) {
            memory grave = copy;
            if (is_producer)
                sent = producer_died(&grave, is_shared, before, number, steps);
            else
                consumer_died(&grave, is_shared, before, batch, steps);
        }
        if (ptrace(PTRACE_SINGLESTEP, child, NULL, NULL) != 0 || waitpid(child, &status, 0) != child)
            fail("the child cannot be stepped", steps);
        steps++;
    }
    if (steps < 50)
        fail("the child hardly ran", steps);
    return sent;
}

int main(int argc, char **argv)
{
    int rounds = argc > 2 ? atoi(argv[2]) : 0, round, sent = 0, full = 0;
    state = argc > 1 ? (uint64_t)strtoull(argv[1], NULL, 10) : 0;
    shared = (memory *)mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == (memory *)MAP_FAILED)
        return 2;
    for (round = 0; round < rounds; round++) {
        int is_shared = round & 1, is_producer = round & 2;
        int32_t number = 1000 + (int32_t)draw(1000);
        seen before;
        prepare(is_shared, &before, &number);
        if (is_producer) {
            if (step_through(is_shared, 1, &before, number, 0))
                sent++;
            else
                full++;
        } else {
            /* What one read takes: up to the end of the data. */
            static memory copy;
            seen batch = {0, {0}};
            memcpy(&copy, shared, sizeof copy);
            receive(&copy, is_shared, &batch, MOST);
            step_through(is_shared, 0, &before, number, batch.count);
        }
    }
    printf("%d sent, %d refused\n", sent, full);
    return 0;
}

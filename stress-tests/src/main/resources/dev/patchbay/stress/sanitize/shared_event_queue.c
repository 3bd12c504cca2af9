/* SPDX-License-Identifier: Apache-2.0 */
/* control: relaxed pb_shared_event_queue_publish */
/* A shared event queue with two producers: events arrive whole, in the order of their producer and once, and batches in one piece;
   each refusal is counted for its role, a claim that is given up is skipped, and no claim of the living is taken for a dead one's. */

#define SHARED_BATCH 3
/* Codes of roles. */
#define SHARED_CONSUMER 0
#define SHARED_FIRST 1
#define SHARED_SECOND 2

static pb_section shared_queue;
/* By role. */
static int32_t shared_sent[3], shared_taken[3];
static uint64_t shared_refused[3];
/* Of the event taken last: its producer, and which of its batch it was. */
static int shared_last_role, shared_last_part;

static pb_shared_event_queue shared_side(int role)
{
    pb_shared_event_queue side;
    memset(&side, 0, sizeof side);
    EXPECT(pb_shared_event_queue_over(&side, &shared_queue, role) == NULL, "the section is a shared event queue");
    return side;
}

/* Who sent it, and which of its batch it is, is in the detail. */
static pb_event shared_event(int role, int32_t n, uint32_t part)
{
    pb_event e = numbered_event(n);
    e.detail = role * 16 + (int)part;
    return e;
}

static uint32_t shared_send_batch(pb_shared_event_queue *side, int role)
{
    pb_event events[SHARED_BATCH];
    uint32_t i, sent;
    for (i = 0; i < SHARED_BATCH; i++)
        events[i] = shared_event(role, shared_sent[role] + (int32_t)i, i);
    sent = pb_shared_event_queue_offer_batch(side, events, SHARED_BATCH);
    shared_refused[role] += SHARED_BATCH - sent;
    return sent;
}

static uint32_t shared_send_in_place(pb_shared_event_queue *side, int role, int keep)
{
    pb_event *slot = pb_shared_event_queue_try_claim(side);
    if (slot == NULL) {
        shared_refused[role]++;
        return 0;
    }
    *slot = shared_event(role, shared_sent[role], 0);
    /* The consumer stops before a claim that stays open for a while. */
    if (shared_sent[role] % 64 == 0)
        rest();
    EXPECT(keep ? pb_shared_event_queue_commit(side, slot) : pb_shared_event_queue_abort(side, slot), "a claim can be ended");
    return keep ? 1u : 0u;
}

static uint32_t shared_send_one(pb_shared_event_queue *side, int role)
{
    pb_event e = shared_event(role, shared_sent[role], 0);
    if (pb_shared_event_queue_offer(side, &e))
        return 1;
    shared_refused[role]++;
    return 0;
}

static void shared_produce(int role)
{
    pb_shared_event_queue side = shared_side(role);
    uint32_t round;
    pb_shared_event_queue_take_over(&side);
    for (round = 0; goes_on(); round++) {
        uint32_t sent = round % 4u == 0 ? shared_send_batch(&side, role)
            : round % 4u == 1u          ? shared_send_one(&side, role)
                                        : shared_send_in_place(&side, role, round % 4u == 2u);
        shared_sent[role] += (int32_t)sent;
        EXPECT(pb_shared_event_queue_size(&side) <= pb_shared_event_queue_capacity(&side), "there is never more in it than fits");
        if (sent == 0)
            rest();
    }
}

static void *shared_first(void *unused)
{
    (void)unused;
    shared_produce(SHARED_FIRST);
    return NULL;
}

static void *shared_second(void *unused)
{
    (void)unused;
    shared_produce(SHARED_SECOND);
    return NULL;
}

static void shared_handle(void *unused, const pb_event *found)
{
    int code = (int)found->detail, role = code / 16, part = code % 16;
    pb_event expected;
    (void)unused;
    EXPECT(role == SHARED_FIRST || role == SHARED_SECOND, "an event has a producer");
    expected = shared_event(role, shared_taken[role], (uint32_t)part);
    EXPECT(memcmp(found, &expected, sizeof expected) == 0, "events of one producer arrive whole, in order and once");
    EXPECT(part == 0 || (role == shared_last_role && part == shared_last_part + 1), "a batch is in one piece");
    shared_last_role = role;
    shared_last_part = part;
    shared_taken[role]++;
}

static uint32_t shared_take(pb_shared_event_queue *side, uint32_t round)
{
    const pb_event *first;
    if (round % 3u == 0)
        return pb_shared_event_queue_poll(side, shared_handle, NULL, 7);
    if (round % 3u == 1u)
        return pb_shared_event_queue_poll_before(side, INT32_MAX, shared_handle, NULL, 2);
    first = pb_shared_event_queue_peek_first(side);
    if (first == NULL)
        return 0;
    shared_handle(NULL, first);
    pb_shared_event_queue_remove_first(side);
    return 1;
}

static void *shared_consumer(void *unused)
{
    pb_shared_event_queue side = shared_side(SHARED_CONSUMER);
    uint32_t round;
    (void)unused;
    for (round = 0; goes_on(); round++) {
        if (shared_take(&side, round) > 0)
            continue;
        /* Where a claim is still open; not elsewhere, as a look at the lanes orders more than the events do. */
        if (!pb_shared_event_queue_is_empty(&side))
            EXPECT(pb_shared_event_queue_unblock(&side, 0) == 0, "no claim of the living is taken away");
        rest();
    }
    return NULL;
}

static void scenario_shared_event_queue(void)
{
    const actor actors[] = {shared_first, shared_second, shared_consumer};
    const int roles[] = {SHARED_FIRST, SHARED_SECOND};
    pb_shared_event_queue side;
    size_t i;
    shared_queue = OPEN(SHARED_EVENTS);
    TOGETHER(actors);
    side = shared_side(SHARED_CONSUMER);
    while (pb_shared_event_queue_poll(&side, shared_handle, NULL, 100) > 0) {
    }
    EXPECT(pb_shared_event_queue_is_empty(&side), "all can be taken");
    for (i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        EXPECT(shared_taken[roles[i]] == shared_sent[roles[i]], "no event is lost");
        EXPECT(pb_shared_event_queue_dropped_by(&side, roles[i]) == shared_refused[roles[i]], "what was refused is counted");
        done(shared_taken[roles[i]]);
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
/* control: relaxed pb_event_queue_publish */
/* An event queue, full and empty in turn: events arrive whole, in order and once, by whichever operations they are sent and taken;
   each refusal is counted, and a claim that is given up is no event. */

#define QUEUE_BATCH 5

static pb_section queue;
static int32_t queue_sent, queue_taken;
static uint64_t queue_refused;

static pb_event_queue queue_side(void)
{
    pb_event_queue side;
    memset(&side, 0, sizeof side);
    EXPECT(pb_event_queue_over(&side, &queue) == NULL, "the section is an event queue");
    return side;
}

static uint32_t queue_send_batch(pb_event_queue *side)
{
    pb_event events[QUEUE_BATCH];
    uint32_t i, sent;
    for (i = 0; i < QUEUE_BATCH; i++)
        events[i] = numbered_event(queue_sent + (int32_t)i);
    sent = pb_event_queue_offer_batch(side, events, QUEUE_BATCH);
    queue_refused += QUEUE_BATCH - sent;
    return sent;
}

static uint32_t queue_send_in_place(pb_event_queue *side, int keep)
{
    pb_event *slot = pb_event_queue_try_claim(side);
    if (slot == NULL) {
        queue_refused++;
        return 0;
    }
    *slot = numbered_event(queue_sent);
    EXPECT(pb_event_queue_try_claim(side) == NULL, "there is one claim at a time");
    EXPECT(keep ? pb_event_queue_commit(side, slot) : pb_event_queue_abort(side, slot), "a claim can be ended");
    return keep ? 1u : 0u;
}

static uint32_t queue_send_one(pb_event_queue *side)
{
    pb_event e = numbered_event(queue_sent);
    if (pb_event_queue_offer(side, &e))
        return 1;
    queue_refused++;
    return 0;
}

static void *queue_producer(void *unused)
{
    pb_event_queue side = queue_side();
    uint32_t round;
    (void)unused;
    for (round = 0; goes_on(); round++) {
        uint32_t sent = round % 4u == 0 ? queue_send_batch(&side)
            : round % 4u == 1u          ? queue_send_one(&side)
                                        : queue_send_in_place(&side, round % 4u == 2u);
        queue_sent += (int32_t)sent;
        EXPECT(pb_event_queue_size(&side) <= pb_event_queue_capacity(&side), "there is never more in it than fits");
        if (sent == 0)
            rest();
    }
    return NULL;
}

static void queue_handle(void *unused, const pb_event *found)
{
    pb_event expected = numbered_event(queue_taken);
    (void)unused;
    EXPECT(memcmp(found, &expected, sizeof expected) == 0, "events arrive whole, in order and once");
    queue_taken++;
}

static void queue_take_by_position(pb_event_queue *side)
{
    uint64_t position = pb_event_queue_head_position(side), tail = pb_event_queue_tail(side);
    for (; position != tail; position++)
        queue_handle(NULL, pb_event_queue_peek(side, position));
    pb_event_queue_advance(side, position);
}

static void queue_take_first(pb_event_queue *side)
{
    const pb_event *first = pb_event_queue_peek_first(side);
    if (first != NULL)
        queue_handle(NULL, first);
    pb_event_queue_remove_first(side);
}

static void queue_take(pb_event_queue *side, uint32_t round)
{
    int32_t before = queue_taken;
    if (round % 4u == 0)
        queue_take_by_position(side);
    else if (round % 4u == 1u)
        EXPECT(pb_event_queue_poll(side, queue_handle, NULL, 7) == (uint32_t)(queue_taken - before), "each is counted");
    else if (round % 4u == 2u)
        pb_event_queue_poll_before(side, before + 3, queue_handle, NULL, 100);
    else
        queue_take_first(side);
    EXPECT(round % 4u != 2u || queue_taken - before <= 3, "none is taken before its time");
    if (queue_taken == before)
        rest();
}

static void *queue_consumer(void *unused)
{
    pb_event_queue side = queue_side();
    uint32_t round;
    (void)unused;
    for (round = 0; goes_on(); round++)
        queue_take(&side, round);
    return NULL;
}

static void scenario_event_queue(void)
{
    const actor actors[] = {queue_producer, queue_consumer};
    pb_event_queue side;
    queue = OPEN(EVENTS);
    TOGETHER(actors);
    side = queue_side();
    queue_take(&side, 0);
    EXPECT(queue_taken == queue_sent && pb_event_queue_is_empty(&side), "no event is lost");
    EXPECT(pb_event_queue_dropped(&side) == queue_refused, "what was refused is counted");
    done(queue_taken);
}

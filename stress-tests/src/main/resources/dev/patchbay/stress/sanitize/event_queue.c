/* SPDX-License-Identifier: Apache-2.0 */
/* control: relaxed pb_event_queue_offer */
/* An event queue, full and empty in turn: events arrive whole, in order and once, and each refusal is counted. */

static pb_section queue;
static int32_t queue_sent, queue_taken;
static uint64_t queue_refused;

static pb_event queue_event(int32_t n)
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

static void *queue_producer(void *unused)
{
    (void)unused;
    while (goes_on()) {
        pb_event e = queue_event(queue_sent);
        if (pb_event_queue_offer(&queue, &e)) {
            queue_sent++;
        } else {
            queue_refused++;
            rest();
        }
    }
    return NULL;
}

static void queue_take(void)
{
    uint64_t position = pb_event_queue_head_position(&queue), tail = pb_event_queue_tail(&queue);
    if (position == tail)
        rest();
    for (; position != tail; position++) {
        const pb_event *found = pb_event_queue_peek(&queue, position);
        pb_event expected = queue_event(queue_taken);
        EXPECT(memcmp(found, &expected, sizeof expected) == 0, "events arrive whole, in order and once");
        queue_taken++;
    }
    pb_event_queue_advance(&queue, position);
}

static void *queue_consumer(void *unused)
{
    (void)unused;
    while (goes_on())
        queue_take();
    return NULL;
}

static void scenario_event_queue(void)
{
    const actor actors[] = {queue_producer, queue_consumer};
    queue = OPEN(EVENTS);
    TOGETHER(actors);
    queue_take();
    EXPECT(queue_taken == queue_sent, "no event is lost");
    EXPECT(pb_event_queue_dropped(&queue) == queue_refused, "what was refused is counted");
    done(queue_taken);
}

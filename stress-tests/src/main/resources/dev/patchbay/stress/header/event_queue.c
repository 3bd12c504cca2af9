/* SPDX-License-Identifier: Apache-2.0 */
#include "events.h"

/* The actor's side of the queue, made with its first operation. */
static pb_event_queue *opened(void *self)
{
    pb_event_queue *queue = (pb_event_queue *)self;
    pb_section section = model_section();
    if (queue->slots == NULL)
        model_expect(pb_event_queue_over(queue, &section) == NULL, "a queue that was declared is one");
    return queue;
}

OPERATION(offer)
{
    pb_event event;
    memset(&event, 0, sizeof event);
    fill(&event, a[0]);
    return pb_event_queue_offer(opened(self), &event);
}

/* Claims in vain, then claims and commits; or offers nothing where it is full. */
OPERATION(claim)
{
    pb_event_queue *queue = opened(self);
    pb_event *slot = pb_event_queue_try_claim(queue);
    if (slot == NULL)
        return 0;
    model_expect(pb_event_queue_try_claim(queue) == NULL, "one claim at a time");
    model_expect(pb_event_queue_abort(queue, slot), "what is claimed can be aborted");
    model_expect(!pb_event_queue_commit(queue, slot), "what is aborted cannot be committed");
    slot = pb_event_queue_try_claim(queue);
    model_expect(slot != NULL, "what was aborted can be claimed again");
    fill(slot, a[0]);
    return pb_event_queue_commit(queue, slot);
}

/* Two events, a[0] and the next number, as far as there is room: how many. */
OPERATION(batch)
{
    pb_event events[2];
    memset(events, 0, sizeof events);
    fill(&events[0], a[0]);
    fill(&events[1], a[0] + 1);
    return pb_event_queue_offer_batch(opened(self), events, 2);
}

/* The numbers of at most a[0] events as decimal digits. */
OPERATION(poll)
{
    int64_t digits = 0;
    pb_event_queue_poll(opened(self), takes, &digits, (uint32_t)a[0]);
    return digits;
}

/* The same for the events before a frame, of which the number a[0] is none. */
OPERATION(poll_behind)
{
    int64_t digits = 0;
    pb_event_queue_poll_before(opened(self), -(int32_t)a[0], takes, &digits, 9);
    return digits;
}

/* The number of the oldest event, which is removed; 0 where there is none. */
OPERATION(take_first)
{
    pb_event_queue *queue = opened(self);
    const pb_event *event = pb_event_queue_peek_first(queue);
    int64_t n = event == NULL ? 0 : number(event);
    pb_event_queue_remove_first(queue);
    return n;
}

/* The number of the oldest event, by its position; 0 where there is none. */
OPERATION(take_position)
{
    pb_event_queue *queue = opened(self);
    uint64_t position = pb_event_queue_head_position(queue);
    int64_t n;
    (void)a;
    if (pb_event_queue_tail(queue) == position)
        return 0;
    n = number(pb_event_queue_peek(queue, position));
    pb_event_queue_advance(queue, position + 1u);
    return n;
}
OPERATION(size)
{
    (void)a;
    model_expect(pb_event_queue_is_empty(opened(self)) <= 1, "a truth is 0 or 1");
    return pb_event_queue_size(opened(self));
}
OPERATION(dropped)
{
    (void)a;
    return (int64_t)pb_event_queue_dropped(opened(self));
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "events.h"

/* The actor's side of the queue, made with its first operation, which names its role, by its code, as all do. */
static pb_shared_event_queue *opened(void *self, int64_t role)
{
    pb_shared_event_queue *shared = (pb_shared_event_queue *)self;
    pb_section section = model_section();
    if (shared->lane == NULL)
        model_expect(pb_shared_event_queue_over(shared, &section, (int)role) == NULL, "a queue that was declared is one");
    return shared;
}
OPERATION(take_over)
{
    pb_shared_event_queue_take_over(opened(self, a[0]));
    return 0;
}
OPERATION(offer)
{
    pb_event event;
    memset(&event, 0, sizeof event);
    fill(&event, a[1]);
    return pb_shared_event_queue_offer(opened(self, a[0]), &event);
}

/* Two events, a[1] and the next number, as far as there is room: how many. */
OPERATION(batch)
{
    pb_event events[2];
    memset(events, 0, sizeof events);
    fill(&events[0], a[1]);
    fill(&events[1], a[1] + 1);
    return pb_shared_event_queue_offer_batch(opened(self, a[0]), events, 2);
}

/* The offset of the claimed slot; 0 where the queue is full. */
OPERATION(claim)
{
    pb_event *slot = pb_shared_event_queue_try_claim(opened(self, a[0]));
    return slot == NULL ? 0 : (uint8_t *)slot - model_memory;
}
OPERATION(commit)
{
    pb_event *slot = (pb_event *)model_at(a[1]);
    fill(slot, a[2]);
    return pb_shared_event_queue_commit(opened(self, a[0]), slot);
}
OPERATION(abort)
{
    pb_event *slot = (pb_event *)model_at(a[1]);
    pb_shared_event_queue *shared = opened(self, a[0]);
    slot->value = -1;
    return pb_shared_event_queue_abort(shared, slot);
}

/* Whether a place that nobody has claimed can be committed or given up. */
OPERATION(end_no_claim)
{
    const pb_event *slot = (const pb_event *)model_at(a[1]);
    pb_shared_event_queue *shared = opened(self, a[0]);
    return pb_shared_event_queue_commit(shared, slot) || pb_shared_event_queue_abort(shared, slot);
}

/* The numbers of at most a[1] events as decimal digits. */
OPERATION(poll)
{
    int64_t digits = 0;
    pb_shared_event_queue_poll(opened(self, a[0]), takes, &digits, (uint32_t)a[1]);
    return digits;
}

/* The number of the oldest event, which is removed; 0 where there is none. */
OPERATION(take_first)
{
    pb_shared_event_queue *shared = opened(self, a[0]);
    const pb_event *event = pb_shared_event_queue_peek_first(shared);
    int64_t n = event == NULL ? 0 : number(event);
    pb_shared_event_queue_remove_first(shared);
    return n;
}

/* How many slots are freed, where these roles are dead. */
OPERATION(unblock)
{
    return pb_shared_event_queue_unblock(opened(self, a[0]), (uint32_t)a[1]);
}
OPERATION(size)
{
    return pb_shared_event_queue_size(opened(self, a[0]));
}
OPERATION(dropped)
{
    return (int64_t)pb_shared_event_queue_dropped_by(opened(self, a[0]), (int)a[1]);
}

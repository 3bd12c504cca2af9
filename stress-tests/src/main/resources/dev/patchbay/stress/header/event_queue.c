/* SPDX-License-Identifier: Apache-2.0 */
#include "model.h"

OPERATION(offer)
{
    pb_section queue = model_section();
    pb_event event;
    (void)self;
    memset(&event, 0, sizeof event);
    event.type = (uint16_t)a[0];
    event.sample_offset = -(int32_t)a[0];
    event.channel = (int16_t)a[0];
    event.note_id = (int32_t)a[0];
    event.index = (int32_t)a[0];
    event.value = (double)a[0];
    event.detail = -(double)a[0];
    return pb_event_queue_offer(&queue, &event);
}
OPERATION(tail)
{
    pb_section queue = model_section();
    UNUSED;
    return (int64_t)pb_event_queue_tail(&queue);
}
OPERATION(head)
{
    pb_section queue = model_section();
    UNUSED;
    return (int64_t)pb_event_queue_head_position(&queue);
}

/* The number of the event at a position; 0 where it is torn. */
OPERATION(peek)
{
    pb_section queue = model_section();
    const pb_event *event = pb_event_queue_peek(&queue, (uint64_t)a[0]);
    int32_t n = event->type;
    (void)self;
    return event->sample_offset == -n && event->channel == n && event->note_id == n && event->value == n
            && event->index == n && event->detail == -n
        ? n
        : 0;
}
OPERATION(advance)
{
    pb_section queue = model_section();
    (void)self;
    pb_event_queue_advance(&queue, (uint64_t)a[0]);
    return 0;
}
OPERATION(dropped)
{
    pb_section queue = model_section();
    UNUSED;
    return (int64_t)pb_event_queue_dropped(&queue);
}

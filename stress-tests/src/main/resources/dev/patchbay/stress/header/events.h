/* SPDX-License-Identifier: Apache-2.0 */
/* Events of which each field tells the number, for the operations of queues. */
#include "model.h"

static void fill(pb_event *event, int64_t n)
{
    event->type = (uint16_t)n;
    event->sample_offset = -(int32_t)n;
    event->channel = (int16_t)n;
    event->note_id = (int32_t)n;
    event->index = (int32_t)n;
    event->value = (double)n;
    event->detail = -(double)n;
}

static int64_t number(const pb_event *event)
{
    int32_t n = event->type;
    model_expect(event->sample_offset == -n && event->channel == n && event->note_id == n && event->index == n
            && event->value == n && event->detail == -n,
        "an event is whole");
    return n;
}

/* A handler: appends the event's number to decimal digits. */
static void takes(void *context, const pb_event *event)
{
    int64_t *digits = (int64_t *)context;
    *digits = *digits * 10 + number(event);
}

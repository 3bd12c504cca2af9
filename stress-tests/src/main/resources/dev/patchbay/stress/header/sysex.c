/* SPDX-License-Identifier: Apache-2.0 */
#include "model.h"

/* An actor's side of queue and ring. */
typedef struct sysex_side {
    pb_event_queue queue;
    pb_ring ring;
    pb_sysex_reader reader;
} sysex_side;

/* What was taken, as decimal digits. */
typedef struct sysex_taken {
    pb_sysex_reader *reader;
    int64_t digits;
} sysex_taken;

/* An actor begins: the section of the scenario is the queue, that of the arguments is the ring. */
OPERATION(open)
{
    sysex_side *side = (sysex_side *)self;
    pb_section queue = model_section(), ring;
    ring.base = (uint8_t *)model_at(a[0]);
    ring.elements = (uint8_t *)model_at(a[1]);
    ring.stride = (uint32_t)a[2];
    ring.count = (uint32_t)a[3];
    ring.copies = (uint32_t)a[4];
    ring.copy_stride = (uint32_t)a[5];
    model_expect(pb_event_queue_over(&side->queue, &queue) == NULL, "a queue that was declared is one");
    model_expect(pb_ring_over(&side->ring, &ring) == NULL, "a ring that was declared is one");
    return 0;
}
OPERATION(begin_reading)
{
    sysex_side *side = (sysex_side *)self;
    (void)a;
    pb_sysex_reader_init(&side->reader, &side->ring);
    return 0;
}
OPERATION(take_over)
{
    (void)a;
    return pb_ring_take_over(&((sysex_side *)self)->ring);
}

/* The number of bytes that a message may have. */
OPERATION(max_length)
{
    (void)a;
    return ((sysex_side *)self)->ring.max_length;
}

/* Sends a message of a[1] bytes that tells the number a[0], its frame, once for each 4 of them: 1, 0 where there is no room, or -1
   where its length is none. */
OPERATION(send)
{
    sysex_side *side = (sysex_side *)self;
    int32_t message[8];
    int i, sent;
    for (i = 0; i < 8; i++)
        message[i] = (int32_t)a[0];
    sent = pb_sysex_offer(&side->queue, &side->ring, (int32_t)a[0], message, (uint32_t)a[1]);
    return sent == PB_RING_SENT ? 1 : sent == PB_RING_FULL ? 0 : -1;
}

/* Sends a note of the frame a[0]. */
OPERATION(note)
{
    pb_event event;
    memset(&event, 0, sizeof event);
    event.type = PB_EVENT_NOTE_ON;
    event.sample_offset = (int32_t)a[0];
    return pb_event_queue_offer(&((sysex_side *)self)->queue, &event);
}

/* Takes the message of an event, if it has one: whether it has, and that it is whole. */
static int sysex_has_message(pb_sysex_reader *reader, const pb_event *event)
{
    uint32_t length = 1, i;
    const uint8_t *bytes = pb_sysex_take(reader, event, &length);
    int32_t told;
    model_expect((bytes == NULL) == (length == 0), "a message has bytes, and nothing else has");
    for (i = 0; i < length; i += 4) {
        memcpy(&told, bytes + i, sizeof told);
        model_expect(told == event->sample_offset, "a message is whole and its event's");
    }
    return bytes != NULL;
}

static void sysex_take(void *context, const pb_event *event)
{
    sysex_taken *taken = (sysex_taken *)context;
    int has = sysex_has_message(taken->reader, event);
    if (event->type == PB_EVENT_SYSEX && !has) {
        model_expect(pb_event_sysex_length(event) == 0, "no event is without its message");
        return;
    }
    model_expect(has == (event->type == PB_EVENT_SYSEX), "another event has no message");
    taken->digits = taken->digits * 10 + event->sample_offset;
}

/* The frames of the notes and messages that are there, as decimal digits; the messages' bytes are given back. */
OPERATION(take)
{
    sysex_side *side = (sysex_side *)self;
    sysex_taken taken;
    (void)a;
    taken.reader = &side->reader;
    taken.digits = 0;
    pb_event_queue_poll(&side->queue, sysex_take, &taken, 9);
    pb_sysex_release(&side->reader);
    return taken.digits;
}

/* Whether an event of type a[0], frame a[1], position a[2] and length a[3] has a message. */
OPERATION(has)
{
    pb_event event;
    memset(&event, 0, sizeof event);
    pb_event_sysex(&event, (int32_t)a[1], (uint64_t)a[2], (int32_t)a[3]);
    event.type = (uint16_t)a[0];
    return sysex_has_message(&((sysex_side *)self)->reader, &event);
}
OPERATION(release)
{
    (void)a;
    pb_sysex_release(&((sysex_side *)self)->reader);
    return 0;
}
OPERATION(size)
{
    (void)a;
    return pb_ring_size(&((sysex_side *)self)->ring);
}
OPERATION(queued)
{
    (void)a;
    return pb_event_queue_size(&((sysex_side *)self)->queue);
}

/* What queue and ring have refused, together. */
OPERATION(dropped)
{
    sysex_side *side = (sysex_side *)self;
    (void)a;
    return (int64_t)(pb_event_queue_dropped(&side->queue) + pb_ring_dropped(&side->ring));
}

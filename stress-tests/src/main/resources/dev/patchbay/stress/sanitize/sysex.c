/* SPDX-License-Identifier: Apache-2.0 */
/* control: relaxed pb_sysex_release */
/* System exclusive messages among events: who has the event has the message's bytes, whole, in order and once, until they are given
   back; where the ring is full, an event without a message says so. */

#define SYSEX_MOST 16

static pb_section sysex_queue, sysex_ring;
static int32_t sysex_sent, sysex_taken;
/* Events without a message, for which the ring had no room. */
static long sysex_empty_sent, sysex_empty_taken;

static void sysex_open(pb_event_queue *side, pb_ring *ring)
{
    memset(side, 0, sizeof *side);
    memset(ring, 0, sizeof *ring);
    EXPECT(pb_event_queue_over(side, &sysex_queue) == NULL, "the section is an event queue");
    EXPECT(pb_ring_over(ring, &sysex_ring) == NULL, "the section is a ring");
}

static int sysex_is_message(int32_t n)
{
    return n % 3 != 0;
}

static uint32_t sysex_length(int32_t n, const pb_ring *ring)
{
    return 1u + (uint32_t)n * 31u % ring->max_length;
}

static uint8_t sysex_byte(int32_t n, uint32_t i)
{
    return (uint8_t)((uint32_t)n * 131u + i * 7u);
}

static int sysex_send(pb_event_queue *side, const pb_ring *ring, int32_t n)
{
    uint8_t bytes[256];
    uint64_t tail = pb_event_queue_tail(side);
    uint32_t length = sysex_length(n, ring), i;
    pb_event e;
    int sent;
    if (!sysex_is_message(n)) {
        e = numbered_event(n);
        e.type = PB_EVENT_NOTE_ON;
        return pb_event_queue_offer(side, &e);
    }
    for (i = 0; i < length; i++)
        bytes[i] = sysex_byte(n, i);
    EXPECT(pb_sysex_offer(side, ring, n, bytes, ring->max_length + 1u) == PB_RING_INVALID, "what is too long is refused");
    sent = pb_sysex_offer(side, ring, n, bytes, length) == PB_RING_SENT;
    if (!sent && pb_event_queue_tail(side) != tail)
        sysex_empty_sent++;
    return sent;
}

static void *sysex_producer(void *unused)
{
    pb_event_queue side;
    pb_ring ring;
    (void)unused;
    sysex_open(&side, &ring);
    while (goes_on()) {
        if (sysex_send(&side, &ring, sysex_sent))
            sysex_sent++;
        else
            rest();
    }
    return NULL;
}

static void sysex_look(pb_sysex_reader *reader, const pb_event *event, const uint8_t **bytes, uint32_t *length)
{
    *bytes = pb_sysex_take(reader, event, length);
    if (event->type == PB_EVENT_SYSEX && pb_event_sysex_length(event) == 0) {
        EXPECT(*bytes == NULL, "an event without a message has no bytes");
        EXPECT(event->sample_offset == sysex_taken, "it stands where the message was to be");
        sysex_empty_taken++;
        return;
    }
    EXPECT(event->sample_offset == sysex_taken, "events arrive in order and once");
    EXPECT((*bytes != NULL) == sysex_is_message(sysex_taken), "each message is there with its event");
    EXPECT(*bytes == NULL || *length == sysex_length(sysex_taken, &reader->ring), "a message has its length");
    sysex_taken++;
}

/* The bytes stay after the slot of their event was given back, until they are given back themselves. */
static void sysex_take(pb_event_queue *side, pb_sysex_reader *reader)
{
    const uint8_t *bytes[SYSEX_MOST];
    uint32_t lengths[SYSEX_MOST], count = 0, at, i;
    int32_t numbers[SYSEX_MOST];
    uint64_t position = pb_event_queue_head_position(side), tail = pb_event_queue_tail(side);
    if (position == tail)
        rest();
    for (; position != tail && count < SYSEX_MOST; position++, count++) {
        numbers[count] = sysex_taken;
        sysex_look(reader, pb_event_queue_peek(side, position), &bytes[count], &lengths[count]);
    }
    pb_event_queue_advance(side, position);
    for (at = 0; at < count; at++)
        for (i = 0; bytes[at] != NULL && i < lengths[at]; i++)
            EXPECT(bytes[at][i] == sysex_byte(numbers[at], i), "a message is whole until it is given back");
    pb_sysex_release(reader);
}

static void *sysex_consumer(void *unused)
{
    pb_event_queue side;
    pb_ring ring;
    pb_sysex_reader reader;
    (void)unused;
    sysex_open(&side, &ring);
    pb_sysex_reader_init(&reader, &ring);
    while (goes_on())
        sysex_take(&side, &reader);
    return NULL;
}

static void scenario_sysex(void)
{
    const actor actors[] = {sysex_producer, sysex_consumer};
    pb_event_queue side;
    pb_ring ring;
    pb_sysex_reader reader;
    sysex_queue = OPEN(SYSEX_EVENTS);
    sysex_ring = OPEN(SYSEX_BYTES);
    TOGETHER(actors);
    sysex_open(&side, &ring);
    pb_sysex_reader_init(&reader, &ring);
    while (!pb_event_queue_is_empty(&side))
        sysex_take(&side, &reader);
    EXPECT(sysex_taken == sysex_sent && sysex_empty_taken == sysex_empty_sent, "no event and no message is lost");
    EXPECT(pb_ring_size(&ring) == 0, "all bytes were given back");
    done(sysex_taken);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* control: relaxed pb_ring_publish */
/* control: relaxed pb_ring_publish in shared_ring */
/* Rings of records of any length, with one producer and with three: messages arrive whole, in the order of their producer and once;
   some are claimed in place, some claims are given up. */

#define RING_PRODUCERS 3
#define RING_NUMBERS 0xFFFFFF

/* Either ring, for one side. */
typedef struct ring_side {
    int is_shared;
    pb_ring ring;
    pb_shared_ring shared;
} ring_side;

static pb_section ring_one, ring_many;
static long ring_sent[RING_PRODUCERS + 1], ring_taken[RING_PRODUCERS + 1];

static ring_side ring_open(const pb_section *section, int is_shared, int role)
{
    ring_side side;
    memset(&side, 0, sizeof side);
    side.is_shared = is_shared;
    EXPECT((is_shared ? pb_shared_ring_over(&side.shared, section, role) : pb_ring_over(&side.ring, section)) == NULL,
        "the section is a ring");
    if (is_shared)
        side.ring = side.shared.ring;
    return side;
}

static uint8_t ring_byte(int producer, long n, uint32_t i)
{
    return (uint8_t)((uint32_t)(n * 131 + producer * 17) + i * 7u);
}

static void ring_fill(uint8_t *payload, int producer, long n, uint32_t length)
{
    uint32_t i;
    for (i = 0; i < length; i++)
        payload[i] = ring_byte(producer, n, i);
}

/* The type says who sent it and its number. */
static int32_t ring_type(int producer, long n)
{
    return (int32_t)(1 + (producer << 24 | (int32_t)(n & RING_NUMBERS)));
}

static int ring_claim(const ring_side *side, int32_t type, uint32_t length, void **payload)
{
    return side->is_shared ? pb_shared_ring_try_claim(&side->shared, type, length, payload)
                           : pb_ring_try_claim(&side->ring, type, length, payload);
}

static void ring_end(const ring_side *side, const void *payload, int keep)
{
    int ended;
    if (side->is_shared)
        ended = keep ? pb_shared_ring_commit(&side->shared, payload) : pb_shared_ring_abort(&side->shared, payload);
    else
        ended = keep ? pb_ring_commit(&side->ring, payload) : pb_ring_abort(&side->ring, payload);
    EXPECT(ended, "a claim can be ended");
}

static int ring_send(const ring_side *side, int producer, long n)
{
    uint8_t bytes[256];
    uint32_t length = (uint32_t)(n * 31 + producer) % (side->ring.max_length + 1u);
    void *payload = NULL;
    EXPECT(length <= sizeof bytes, "the longest message fits");
    if (n % 13 == 5 && ring_claim(side, ring_type(producer, n), length, &payload) == PB_RING_SENT) {
        ring_fill((uint8_t *)payload, producer, n + 1, length);
        ring_end(side, payload, 0);
    }
    if (n % 2 == 0) {
        if (ring_claim(side, ring_type(producer, n), length, &payload) != PB_RING_SENT)
            return 0;
        ring_fill((uint8_t *)payload, producer, n, length);
        ring_end(side, payload, 1);
        return 1;
    }
    ring_fill(bytes, producer, n, length);
    return (side->is_shared ? pb_shared_ring_write(&side->shared, ring_type(producer, n), bytes, length)
                            : pb_ring_write(&side->ring, ring_type(producer, n), bytes, length)) == PB_RING_SENT;
}

static void ring_produce(const pb_section *section, int is_shared, int producer)
{
    ring_side side = ring_open(section, is_shared, producer);
    if (is_shared)
        pb_shared_ring_take_over(&side.shared);
    while (goes_on()) {
        if (ring_send(&side, producer, ring_sent[producer]))
            ring_sent[producer]++;
        else
            rest();
        EXPECT(pb_ring_size(&side.ring) <= side.ring.capacity, "there is never more in it than fits");
    }
}

static pb_ring_action ring_handle(void *context, int32_t type, const uint8_t *payload, uint32_t length)
{
    int producer = (type - 1) >> 24;
    long n;
    uint32_t i;
    (void)context;
    EXPECT(producer >= 0 && producer <= RING_PRODUCERS, "a message has a producer");
    n = ring_taken[producer];
    EXPECT(((type - 1) & RING_NUMBERS) == (n & RING_NUMBERS), "messages of one producer arrive in order and once");
    for (i = 0; i < length; i++)
        EXPECT(payload[i] == ring_byte(producer, n, i), "a message is whole");
    ring_taken[producer]++;
    return n % 5 == 0 ? PB_RING_COMMIT : n % 7 == 0 ? PB_RING_BREAK : PB_RING_CONTINUE;
}

static int64_t ring_consume(const ring_side *side)
{
    int64_t read = side->is_shared ? pb_shared_ring_read(&side->shared, ring_handle, NULL, 16)
                                   : pb_ring_read(&side->ring, ring_handle, NULL, 16);
    EXPECT(read >= 0, "the ring stays a ring");
    if (read == 0)
        rest();
    return read;
}

static void *ring_first(void *unused)
{
    (void)unused;
    ring_produce(&ring_one, 0, 0);
    return NULL;
}

static void *ring_consumer(void *unused)
{
    ring_side side = ring_open(&ring_one, 0, 0);
    (void)unused;
    while (goes_on())
        ring_consume(&side);
    return NULL;
}

static void ring_rest(const ring_side *side, int first, int last)
{
    int producer, empty = 0;
    /* One read does not cross the end of the data, and a padding is no message. */
    while (empty < 3)
        empty = ring_consume(side) == 0 ? empty + 1 : 0;
    for (producer = first; producer <= last; producer++) {
        EXPECT(ring_taken[producer] == ring_sent[producer], "no message is lost");
        done(ring_taken[producer]);
    }
}

static void scenario_ring(void)
{
    const actor actors[] = {ring_first, ring_consumer};
    ring_side side;
    ring_one = OPEN(RING);
    TOGETHER(actors);
    side = ring_open(&ring_one, 0, 0);
    ring_rest(&side, 0, 0);
}

static void *ring_second(void *unused)
{
    (void)unused;
    ring_produce(&ring_many, 1, 1);
    return NULL;
}

static void *ring_third(void *unused)
{
    (void)unused;
    ring_produce(&ring_many, 1, 2);
    return NULL;
}

static void *ring_fourth(void *unused)
{
    (void)unused;
    ring_produce(&ring_many, 1, 3);
    return NULL;
}

static void *ring_shared_consumer(void *unused)
{
    ring_side side = ring_open(&ring_many, 1, 0);
    pb_shared_ring_recovery recovery;
    (void)unused;
    pb_shared_ring_recover(&side.shared, &recovery);
    while (goes_on())
        ring_consume(&side);
    return NULL;
}

static void scenario_shared_ring(void)
{
    const actor actors[] = {ring_second, ring_third, ring_fourth, ring_shared_consumer};
    ring_side side;
    ring_many = OPEN(SHARED_RING);
    TOGETHER(actors);
    side = ring_open(&ring_many, 1, 0);
    ring_rest(&side, 1, RING_PRODUCERS);
}

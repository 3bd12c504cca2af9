/* SPDX-License-Identifier: Apache-2.0 */
#include "model.h"

/* A message has its number as its type and twice as its payload. */
static pb_ring opened(void)
{
    pb_section section = model_section();
    pb_ring ring;
    model_expect(pb_ring_over(&ring, &section) == NULL, "a ring that was declared is one");
    return ring;
}
OPERATION(write)
{
    pb_ring ring = opened();
    int32_t payload[2];
    (void)self;
    payload[0] = payload[1] = (int32_t)a[0];
    return pb_ring_write(&ring, (int32_t)a[0], payload, (uint32_t)a[1]);
}

/* The offset of a claim's payload; 0 where the ring is full. */
OPERATION(claim)
{
    pb_ring ring = opened();
    void *payload;
    (void)self;
    return pb_ring_try_claim(&ring, (int32_t)a[0], (uint32_t)a[1], &payload) == PB_RING_SENT
        ? (uint8_t *)payload - model_memory
        : 0;
}
OPERATION(commit)
{
    pb_ring ring = opened();
    (void)self;
    ((int32_t *)model_at(a[0]))[0] = (int32_t)a[1];
    ((int32_t *)model_at(a[0]))[1] = (int32_t)a[1];
    return pb_ring_commit(&ring, model_at(a[0]));
}
OPERATION(abort)
{
    pb_ring ring = opened();
    (void)self;
    return pb_ring_abort(&ring, model_at(a[0]));
}
OPERATION(take_over)
{
    pb_ring ring = opened();
    UNUSED;
    return pb_ring_take_over(&ring);
}

/* What was read: the numbers as decimal digits, the first one first. */
static pb_ring_action reads(void *context, int32_t type, const uint8_t *payload, uint32_t length)
{
    int64_t *digits = (int64_t *)context;
    int32_t number;
    uint32_t i;
    for (i = 0; i < length; i += 4) {
        memcpy(&number, payload + i, sizeof number);
        model_expect(number == type, "a message is whole");
    }
    *digits = *digits * 10 + type;
    return PB_RING_CONTINUE;
}

/* The numbers of at most a[0] messages as decimal digits. */
OPERATION(read)
{
    pb_ring ring = opened();
    int64_t digits = 0, found;
    (void)self;
    found = pb_ring_read(&ring, reads, &digits, (uint32_t)a[0]);
    model_expect(found >= 0, "a ring is never corrupt");
    return digits;
}
OPERATION(dropped)
{
    pb_ring ring = opened();
    UNUSED;
    return (int64_t)pb_ring_dropped(&ring);
}
OPERATION(size)
{
    pb_ring ring = opened();
    UNUSED;
    return pb_ring_size(&ring);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "model.h"

/* A message has its number as its type and twice as its payload. Producers and the consumer name their role, by its code. */
static pb_shared_ring opened(int64_t role)
{
    pb_section section = model_section();
    pb_shared_ring ring;
    model_expect(pb_shared_ring_over(&ring, &section, (int)role) == NULL, "a ring that was declared is one");
    return ring;
}
OPERATION(take_over)
{
    pb_shared_ring ring = opened(a[0]);
    (void)self;
    pb_shared_ring_take_over(&ring);
    return 0;
}
OPERATION(write)
{
    pb_shared_ring ring = opened(a[0]);
    int32_t payload[2];
    (void)self;
    payload[0] = payload[1] = (int32_t)a[1];
    return pb_shared_ring_write(&ring, (int32_t)a[1], payload, (uint32_t)a[2]);
}
OPERATION(claim)
{
    pb_shared_ring ring = opened(a[0]);
    void *payload;
    (void)self;
    return pb_shared_ring_try_claim(&ring, (int32_t)a[1], (uint32_t)a[2], &payload) == PB_RING_SENT
        ? (uint8_t *)payload - model_memory
        : 0;
}
OPERATION(commit)
{
    pb_shared_ring ring = opened(a[0]);
    (void)self;
    ((int32_t *)model_at(a[1]))[0] = (int32_t)a[2];
    ((int32_t *)model_at(a[1]))[1] = (int32_t)a[2];
    return pb_shared_ring_commit(&ring, model_at(a[1]));
}
OPERATION(abort)
{
    pb_shared_ring ring = opened(a[0]);
    (void)self;
    return pb_shared_ring_abort(&ring, model_at(a[1]));
}

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

/* The consumer begins. */
OPERATION(recover)
{
    pb_shared_ring ring = opened(a[0]);
    pb_shared_ring_recover(&ring, (pb_shared_ring_recovery *)self);
    return 0;
}

/* The numbers of at most a[1] messages as decimal digits. */
OPERATION(read)
{
    pb_shared_ring ring = opened(a[0]);
    int64_t digits = 0, found;
    (void)self;
    found = pb_shared_ring_read(&ring, reads, &digits, (uint32_t)a[1]);
    model_expect(found >= 0, "a ring is never corrupt");
    return digits;
}

/* The bytes freed, where these roles are dead. */
OPERATION(unblock)
{
    pb_shared_ring ring = opened(a[0]);
    int64_t freed = pb_shared_ring_unblock(&ring, (pb_shared_ring_recovery *)self, (uint32_t)a[1]);
    model_expect(freed >= 0, "a ring is never corrupt");
    return freed;
}
OPERATION(size)
{
    pb_shared_ring ring = opened(a[0]);
    (void)self;
    return pb_shared_ring_size(&ring);
}
OPERATION(dropped)
{
    pb_shared_ring ring = opened(a[0]);
    (void)self;
    return (int64_t)pb_shared_ring_dropped(&ring);
}

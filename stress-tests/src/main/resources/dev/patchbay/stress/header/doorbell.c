/* SPDX-License-Identifier: Apache-2.0 */
#include "model.h"

/* The word, the sleeper's flag, and data from 128 on. */
#define WORD ((uint32_t *)model_at(0))
#define ASLEEP ((uint32_t *)model_at(8))
#define DATA(n) ((int32_t *)model_at(128 + 4 * (n)))

OPERATION(ring)
{
    (void)self;
    *DATA(a[0]) = (int32_t)a[0];
    return pb_doorbell_ring(WORD, (uint32_t)a[0], ASLEEP);
}
OPERATION(value)
{
    UNUSED;
    return pb_uint32_get_acquire(WORD);
}
OPERATION(data)
{
    (void)self;
    return *DATA(a[0]);
}
OPERATION(may_wait)
{
    (void)self;
    return pb_doorbell_may_wait(WORD, (uint32_t)a[0], ASLEEP);
}
OPERATION(awake)
{
    UNUSED;
    pb_doorbell_awake(ASLEEP);
    return 0;
}
OPERATION(asleep)
{
    UNUSED;
    return __atomic_load_n(ASLEEP, __ATOMIC_RELAXED);
}

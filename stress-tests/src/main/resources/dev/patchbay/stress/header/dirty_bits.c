/* SPDX-License-Identifier: Apache-2.0 */
#include "model.h"

/* The bits are the section; the values that they speak of are two words behind it. */
#define VALUE(i) ((int32_t *)model_at(a[0] + 4 * (i)))

OPERATION(change)
{
    pb_section bits = model_section();
    (void)self;
    pb_int32_set_release(VALUE(a[1] % 2), (int32_t)a[1]);
    pb_dirty_set(&bits, (uint32_t)(63 * (a[1] % 2)));
    return 0;
}
OPERATION(drain)
{
    pb_section bits = model_section();
    UNUSED;
    return (int64_t)pb_dirty_drain(&bits, 0);
}
OPERATION(value)
{
    (void)self;
    return pb_int32_get_acquire(VALUE(a[1]));
}
OPERATION(beyond)
{
    pb_section bits = model_section();
    UNUSED;
    pb_dirty_set(&bits, 64u * bits.count);
    return (int64_t)pb_dirty_drain(&bits, bits.count);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "model.h"

/* The section has two counters; two floats come behind it, from a[0] on. */
#define CELL(i) ((float *)model_at(a[0] + 4 * (i)))

OPERATION(store)
{
    pb_section counters = model_section();
    (void)self;
    pb_float_set_release(CELL(0), (float)a[1]);
    pb_float_set_release(CELL(1), (float)a[1]);
    pb_counter_add(&counters, 0, 1);
    pb_counter_max(&counters, 1, a[1]);
    pb_counter_max(&counters, 1, a[1] - 1);
    return 0;
}
OPERATION(cell)
{
    (void)self;
    return (int64_t)pb_float_get_acquire(CELL(a[1]));
}
OPERATION(counter)
{
    pb_section counters = model_section();
    (void)self;
    return pb_counter_get_acquire(&counters, (uint32_t)a[0]);
}
OPERATION(beyond)
{
    pb_section counters = model_section();
    UNUSED;
    pb_counter_add(&counters, counters.count, 1);
    pb_counter_max(&counters, counters.count, 1);
    return pb_counter_get_acquire(&counters, counters.count);
}

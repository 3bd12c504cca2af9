/* SPDX-License-Identifier: Apache-2.0 */
#include "model.h"

OPERATION(publish)
{
    pb_section triple = model_section();
    int64_t *copy = (int64_t *)pb_triple_writer(&triple);
    (void)self;
    copy[0] = a[0];
    copy[1] = -a[0];
    pb_triple_publish(&triple);
    return 0;
}

/* The number in a fresh copy; 0 where there is none. */
OPERATION(refresh)
{
    pb_section triple = model_section();
    const int64_t *copy;
    UNUSED;
    if (!pb_triple_refresh(&triple))
        return 0;
    copy = (const int64_t *)pb_triple_reader(&triple);
    model_expect(copy[0] == -copy[1], "a copy is whole");
    return copy[0];
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "model.h"

OPERATION(publish)
{
    pb_section triple = model_section();
    pb_parameter_change changes[2];
    uint32_t last = pb_parameter_changes_take_over(&triple, changes);
    (void)self;
    changes[0].value = (float)a[0];
    changes[0].transaction = pb_parameter_changes_after(last);
    model_expect(pb_parameter_changes_is_newer(changes[0].transaction, last)
            && !pb_parameter_changes_is_newer(last, changes[0].transaction),
        "a transaction is newer than the last");
    changes[1] = changes[0];
    pb_parameter_changes_publish(&triple, changes);
    return 0;
}

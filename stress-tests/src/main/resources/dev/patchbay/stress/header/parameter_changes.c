/* SPDX-License-Identifier: Apache-2.0 */
#include "model.h"

OPERATION(publish)
{
    pb_section triple = model_section();
    pb_parameter_change changes[2];
    (void)self;
    changes[0].value = (float)a[0];
    changes[0].transaction = (uint32_t)a[0];
    changes[1] = changes[0];
    pb_parameter_changes_publish(&triple, changes);
    return 0;
}

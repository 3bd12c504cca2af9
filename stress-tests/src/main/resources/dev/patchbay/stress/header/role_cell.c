/* SPDX-License-Identifier: Apache-2.0 */
#include "model.h"

/* The cell is at a[0]. */
#define CELL ((pb_role *)model_at(a[0]))
static const char REASON[] = "out of luck";

OPERATION(identify)
{
    (void)self;
    CELL->pid = 42;
    return 0;
}
OPERATION(pid)
{
    (void)self;
    return CELL->pid;
}
OPERATION(message)
{
    (void)self;
    pb_role_cell_message(CELL, REASON);
    return 0;
}
OPERATION(state)
{
    (void)self;
    pb_role_cell_state(CELL, (int32_t)a[1]);
    return 0;
}
OPERATION(state_of)
{
    (void)self;
    return pb_role_cell_state_of(CELL);
}

/* Whether the reason can be read. */
OPERATION(has_reason)
{
    char text[sizeof CELL->message];
    (void)self;
    return pb_role_cell_message_of(CELL, text) && strcmp(text, REASON) == 0;
}
OPERATION(has_collector)
{
    char text[sizeof CELL->collector];
    (void)self;
    return pb_role_cell_collector_of(CELL, text) && text[0] != 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* ---- Role cells: RoleCell in Java. One writer, its own process; any readers. The texts are
   snapshots with one sequence number. ---- */

/* Sets the state with release, so that who sees it sees all that was said before: RoleCell.state in Java. By the cell's process
   alone. Pairs with the loads with acquire of the state. */
static inline void pb_role_cell_state(pb_role *cell, int32_t state)
{
    __atomic_store_n(&cell->state, state, __ATOMIC_RELEASE);
}

/* The state, loaded with acquire: RoleCell.stateOf in Java. Any thread. Pairs with pb_role_cell_state and RoleCell.state. */
static inline int32_t pb_role_cell_state_of(const pb_role *cell)
{
    return __atomic_load_n(&cell->state, __ATOMIC_ACQUIRE);
}

/* A text of the cell as a snapshot; both have the one sequence number, and 8 bytes to a word. */
static inline pb_section pb_role_cell_text(const pb_role *cell, const char *field, size_t bytes)
{
    pb_section text;
    memset(&text, 0, sizeof text);
    text.base = (uint8_t *)(uintptr_t)&cell->text_sequence;
    text.elements = (uint8_t *)(uintptr_t)field;
    text.stride = (uint32_t)bytes;
    return text;
}

/* Says why the state is what it will be; cut to what fits: RoleCell.message in Java. By the cell's process alone, and then comes
   pb_role_cell_state. Ordered by pb_snapshot_write. Pairs with pb_role_cell_message_of and RoleCell.messageOf. */
static inline void pb_role_cell_message(pb_role *cell, const char *message)
{
    char whole[sizeof cell->message];
    pb_section text = pb_role_cell_text(cell, cell->message, sizeof cell->message);
    size_t length = strlen(message);
    memset(whole, 0, sizeof whole);
    memcpy(whole, message, length < sizeof whole ? length : sizeof whole - 1u);
    pb_snapshot_write(&text, whole);
}

/* Copies a text of so many bytes: 1, or 0 and an empty text where the writer is in the middle of a text at each of a thousand tries,
   as one that died there is. Ordered by pb_snapshot_read. */
static inline int pb_role_cell_text_of(const pb_role *cell, const char *field, size_t bytes, char *target)
{
    pb_section text = pb_role_cell_text(cell, field, bytes);
    int whole = pb_snapshot_read(&text, target, 1000);
    target[whole ? bytes - 1u : 0u] = 0;
    return whole;
}

/* Why the state is what it is, into room for sizeof cell->message: RoleCell.messageOf in Java. As pb_role_cell_text_of. Any
   thread. Pairs with pb_role_cell_message and RoleCell.message. */
static inline int pb_role_cell_message_of(const pb_role *cell, char *target)
{
    return pb_role_cell_text_of(cell, cell->message, sizeof cell->message, target);
}

/* The name of the garbage collector, into room for sizeof cell->collector: RoleCell.collectorOf in Java. As pb_role_cell_text_of.
   Any thread. Pairs with RoleCell.identify. */
static inline int pb_role_cell_collector_of(const pb_role *cell, char *target)
{
    return pb_role_cell_text_of(cell, cell->collector, sizeof cell->collector, target);
}


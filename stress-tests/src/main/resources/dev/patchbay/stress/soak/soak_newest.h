/* SPDX-License-Identifier: Apache-2.0 */
/* What overwrites: the snapshot, the triple buffer, the blob, and values with dirty bits. */

static pb_section place, copies, state, values[2], dirty;
static int32_t known[2][SOAK_CELLS];

static void newest_find(void)
{
    find("place", PB_FIND(&region, PB_SOAK_PLACE, &place));
    find("copies", PB_FIND(&region, PB_SOAK_COPIES, &copies));
    find("state", PB_FIND(&region, PB_SOAK_STATE, &state));
    find("writer_values", PB_FIND(&region, PB_SOAK_WRITER_VALUES, &values[0]));
    find("second_values", PB_FIND(&region, PB_SOAK_SECOND_VALUES, &values[1]));
    find("dirty", PB_FIND(&region, PB_SOAK_DIRTY, &dirty));
}

static int send_copies(int role, int64_t number)
{
    pb_soak_block *blocks = pb_soak_copies_writer(&copies);
    int b;
    for (b = 0; b < SOAK_BLOCKS; b++)
        fill_block(&blocks[b], role, number, b);
    pb_triple_publish(&copies);
    return 1;
}

static int send_state(int role, int64_t number)
{
    uint8_t bytes[SOAK_STATE_BYTES];
    uint32_t length = state_length(number), i;
    for (i = 0; i < length; i++)
        bytes[i] = i < 8 ? (uint8_t)(number >> (8 * i)) : (uint8_t)word_of(role, number, (int)i);
    return pb_blob_write(&state, bytes, length, (uint64_t)number);
}

static int send_newest(int lane, int role, int64_t number)
{
    pb_soak_block block;
    int cell = cell_of(number);
    switch (lane) {
    case SOAK_PLACE:
        fill_block(&block, role, number, 0);
        pb_soak_place_write(&place, &block);
        return 1;
    case SOAK_COPIES:
        return send_copies(role, number);
    case SOAK_STATE:
        return send_state(role, number);
    case SOAK_VALUES:
        pb_soak_writer_values_set_release(&values[0], (uint32_t)cell, (int32_t)number);
        pb_dirty_set(&dirty, (uint32_t)cell);
        return 1;
    default:
        pb_soak_second_values_set_release(&values[1], (uint32_t)cell, (int32_t)number);
        pb_dirty_set(&dirty, (uint32_t)(SOAK_CELLS + cell));
        return 1;
    }
}

static void read_place(void)
{
    pb_soak_block block;
    if (pb_soak_place_read(&place, &block, TRIES) && block.words[0] != 0) {
        whole(SOAK_PLACE, &block, (int64_t)block.words[0], 0);
        seen(SOAK_PLACE, (int64_t)block.words[0]);
    }
}

static void read_copies(void)
{
    const pb_soak_block *blocks;
    int b;
    if (!pb_triple_refresh(&copies))
        return;
    blocks = pb_soak_copies_reader(&copies);
    for (b = 0; b < SOAK_BLOCKS; b++)
        whole(SOAK_COPIES, &blocks[b], (int64_t)blocks[0].words[0], b);
    seen(SOAK_COPIES, (int64_t)blocks[0].words[0]);
}

static void read_state(void)
{
    uint8_t bytes[SOAK_STATE_BYTES];
    uint64_t sequence, epoch;
    int64_t length = pb_blob_read(&state, bytes, &sequence, &epoch), i;
    if (length < 0)
        return;
    if (length != state_length((int64_t)epoch))
        torn(SOAK_STATE, (int64_t)epoch);
    for (i = 0; i < length; i++)
        if (bytes[i] != (i < 8 ? (uint8_t)(epoch >> (8 * i)) : (uint8_t)word_of(PB_SOAK_ROLE_WRITER, (int64_t)epoch, (int)i)))
            torn(SOAK_STATE, (int64_t)epoch);
    seen(SOAK_STATE, (int64_t)epoch);
}

static int32_t value_of(int producer, int cell)
{
    return producer == 0 ? pb_soak_writer_values_get_acquire(&values[0], (uint32_t)cell)
                         : pb_soak_second_values_get_acquire(&values[1], (uint32_t)cell);
}

static void look(int producer, int cell)
{
    int lane = producer == 0 ? SOAK_VALUES : SOAK_SECOND_VALUES, checked = lane * SOAK_RECEIVEDS + SOAK_CHECKED;
    int32_t number = value_of(producer, cell);
    if (number < known[producer][cell])
        fail("%s: cell %d went back from %d to %d", lane_names[lane], cell, known[producer][cell], number);
    if (number != 0 && cell_of(number) != cell)
        torn(lane, number);
    known[producer][cell] = number;
    if (number > get(&journal, checked))
        set(&journal, checked, number);
}

static void read_values(void)
{
    uint32_t word;
    for (word = 0; word < 2 * SOAK_CELLS / 64; word++) {
        uint64_t bits = pb_dirty_drain(&dirty, word);
        for (; bits != 0; bits &= bits - 1) {
            int bit = (int)(word * 64) + __builtin_ctzll(bits);
            look(bit / SOAK_CELLS, bit % SOAK_CELLS);
        }
    }
}

static void newest_read(void)
{
    read_place();
    read_copies();
    read_state();
    read_values();
}

/* What a predecessor drained and did not read is not marked any more. */
static void look_at_all(void)
{
    int producer, cell;
    for (producer = 0; producer < 2; producer++)
        for (cell = 0; cell < SOAK_CELLS; cell++)
            look(producer, cell);
}

static void newest_end(void)
{
    int producer, cell;
    for (producer = 0; producer < 2; producer++)
        for (cell = 0; cell < SOAK_CELLS; cell++)
            if (known[producer][cell] != value_of(producer, cell))
                fail("VALUES: the change of cell %d was not marked", cell);
}

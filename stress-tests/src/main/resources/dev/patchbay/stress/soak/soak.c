/* SPDX-License-Identifier: Apache-2.0 */
/* A process of the soak in C: the twin of SoakProducer, SoakReader and Receipt in Java, over the header of the region.
   usage: soak REGION writer|second|reader SEED. It says what it found broken, and ends with 1. */
#define _POSIX_C_SOURCE 200809L
#include "soak.h"
#include "soak_numbers.h"
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define TRIES 100
#define MOST_AT_ONCE 20

static const char *const lane_names[SOAK_LANES]
    = {"EVENTS", "STREAM", "POST", "SECOND_POST", "PLACE", "COPIES", "STATE", "VALUES", "SECOND_VALUES"};

static pb_region region;
static pb_section orders, journal, event_section, stream_section, post_section, place, copies, state, values[2], dirty;
static pb_event_queue events;
static pb_ring stream;
static pb_shared_ring post;

static void fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    printf("\n");
    fflush(stdout);
    _exit(1);
}

static void torn(int lane, int64_t number)
{
    fail("%s: message %lld does not hold what was sent", lane_names[lane], (long long)number);
}

static void rest(void)
{
    struct timespec time = {0, 20000};
    nanosleep(&time, NULL);
}

static int64_t get(const pb_section *section, int word)
{
    return pb_int64_get_acquire((const int64_t *)pb_section_element(section, (uint32_t)word));
}

static void set(const pb_section *section, int word, int64_t value)
{
    pb_int64_set_release((int64_t *)pb_section_element(section, (uint32_t)word), value);
}

/* SoakRegion.word, recordLength, stateLength and cellOf in Java. */
static uint64_t word_of(int producer, int64_t number, int where)
{
    uint64_t word = (uint64_t)number * 0x9E3779B97F4A7C15u + (uint64_t)producer * 0xBF58476D1CE4E5B9u
        + (uint64_t)where * 0x94D049BB133111EBu;
    word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9u;
    return word ^ (word >> 27);
}

static uint32_t record_length(int64_t number) { return 16u + (uint32_t)(number * 7 % 113); }

static uint32_t state_length(int64_t number) { return 8u + (uint32_t)(number * 13 % (SOAK_STATE_BYTES - 7)); }

static int cell_of(int64_t number) { return (int)(number * 5 % SOAK_CELLS); }

/* ---- The producer ---- */

static void fill_record(uint8_t *record, int role, int64_t number, int64_t origin, uint32_t length)
{
    uint32_t i;
    memcpy(record, &number, 8);
    memcpy(record + 8, &origin, 8);
    for (i = 16; i < length; i++)
        record[i] = (uint8_t)word_of(role, number, (int)i);
}

static int claim(int is_shared, int32_t type, uint32_t length, void **payload)
{
    return is_shared ? pb_shared_ring_try_claim(&post, type, length, payload)
                     : pb_ring_try_claim(&stream, type, length, payload);
}

static void end(int is_shared, void *payload, int keep)
{
    int ended = is_shared ? (keep ? pb_shared_ring_commit(&post, payload) : pb_shared_ring_abort(&post, payload))
                          : (keep ? pb_ring_commit(&stream, payload) : pb_ring_abort(&stream, payload));
    if (!ended)
        fail("a claim could not be ended");
}

static int send_record(int is_shared, int role, int64_t number, int64_t origin)
{
    int32_t type = 1 + role;
    uint32_t length = record_length(number);
    void *payload;
    if (number % 2 == 0) {
        uint8_t record[256];
        fill_record(record, role, number, origin, length);
        return (is_shared ? pb_shared_ring_write(&post, type, record, length)
                          : pb_ring_write(&stream, type, record, length))
            == PB_RING_SENT;
    }
    if (number % 5 == 0) {
        if (claim(is_shared, type, length, &payload) != PB_RING_SENT)
            return 0;
        end(is_shared, payload, 0);
    }
    if (claim(is_shared, type, length, &payload) != PB_RING_SENT)
        return 0;
    fill_record((uint8_t *)payload, role, number, origin, length);
    end(is_shared, payload, 1);
    return 1;
}

static void fill_block(pb_soak_block *block, int role, int64_t number, int which)
{
    int w;
    block->words[0] = (uint64_t)number;
    for (w = 1; w < SOAK_BLOCK_WORDS; w++)
        block->words[w] = word_of(role, number, which * SOAK_BLOCK_WORDS + w);
}

static void fill_event(pb_event *event, int role, int64_t number, int64_t origin)
{
    memset(event, 0, sizeof *event);
    event->type = PB_EVENT_CONTROLLER;
    event->sample_offset = (int32_t)(number & INT32_MAX);
    event->channel = (int16_t)(number & 15);
    event->note_id = (int32_t)(uint32_t)word_of(role, number, 0);
    event->index = (int32_t)(uint32_t)word_of(role, number, 1);
    event->value = (double)number;
    event->detail = (double)origin;
}

static int send_event(int role, int64_t number, int64_t origin)
{
    pb_event event, *slot;
    if (number % 2 == 0) {
        fill_event(&event, role, number, origin);
        return pb_event_queue_offer(&events, &event);
    }
    slot = pb_event_queue_try_claim(&events);
    if (slot == NULL)
        return 0;
    fill_event(slot, role, number, origin);
    return pb_event_queue_commit(&events, slot);
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

static int send(int lane, int role, int64_t number, int64_t origin)
{
    pb_soak_block block;
    int cell = cell_of(number);
    switch (lane) {
    case SOAK_EVENTS:
        return send_event(role, number, origin);
    case SOAK_STREAM:
        return send_record(0, role, number, origin);
    case SOAK_POST:
    case SOAK_SECOND_POST:
        return send_record(1, role, number, origin);
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

static int64_t floors[SOAK_LANES];
static int is_first[SOAK_LANES];

static int step(int lane, int role)
{
    int words = lane * SOAK_SENTS;
    int64_t begun = get(&journal, words + SOAK_BEGUN), done = get(&journal, words + SOAK_DONE);
    int64_t number = is_first[lane] && begun > done ? begun + 1 : done + 1;
    set(&journal, words + SOAK_BEGUN, number);
    if (!send(lane, role, number, floors[lane] * 2 + is_first[lane])) {
        set(&journal, words + SOAK_REFUSED, get(&journal, words + SOAK_REFUSED) + 1);
        set(&journal, words + SOAK_BEGUN, is_first[lane] ? number - 1 : done);
        return 0;
    }
    set(&journal, words + SOAK_DONE, number);
    is_first[lane] = 0;
    return 1;
}

static void produce(int role)
{
    static const int of_writer[] = {SOAK_EVENTS, SOAK_STREAM, SOAK_POST, SOAK_PLACE, SOAK_COPIES, SOAK_STATE, SOAK_VALUES, -1};
    static const int of_second[] = {SOAK_SECOND_POST, SOAK_SECOND_VALUES, -1};
    const int *lanes = role == PB_SOAK_ROLE_WRITER ? of_writer : of_second;
    int i;
    pb_shared_ring_take_over(&post);
    if (role == PB_SOAK_ROLE_WRITER && pb_ring_take_over(&stream) < 0)
        fail("STREAM: what lies in the ring is no record");
    for (i = 0; lanes[i] >= 0; i++) {
        floors[lanes[i]] = get(&journal, lanes[i] * SOAK_SENTS + SOAK_DONE);
        is_first[lanes[i]] = 1;
    }
    while (get(&orders, SOAK_STOP_PRODUCERS) == 0) {
        int sent = 0;
        for (i = 0; lanes[i] >= 0; i++)
            if (step(lanes[i], role) && lanes[i] <= SOAK_SECOND_POST)
                sent = 1;
        if (!sent)
            rest();
    }
}

/* ---- The reader ---- */

typedef struct receipt {
    int64_t checked_before, given_back_before, last;
} receipt;

static receipt receipts[SOAK_LANES];
static int32_t known[2][SOAK_CELLS];

static void add(int lane, int what, int64_t amount)
{
    set(&journal, lane * SOAK_RECEIVEDS + what, get(&journal, lane * SOAK_RECEIVEDS + what) + amount);
}

static void follows(int lane, int64_t number, int64_t previous, int first, int64_t floor)
{
    if (number != previous + 1 && !(first && number > previous && floor <= previous))
        fail("%s: message %lld%s, came after %lld; the floor is %lld", lane_names[lane], (long long)number,
            first ? ", the first of a process" : "", (long long)previous, (long long)floor);
    add(lane, SOAK_UNSENT, number - previous - 1);
}

static void arrived(int lane, int64_t number, int64_t origin)
{
    receipt *r = &receipts[lane];
    if (r->last == 0) {
        if (number <= r->given_back_before)
            fail("%s: message %lld came again, though all up to %lld had been given back", lane_names[lane],
                (long long)number, (long long)r->given_back_before);
        if (number > r->checked_before)
            follows(lane, number, r->checked_before, (int)(origin & 1), origin >> 1);
    } else {
        follows(lane, number, r->last, (int)(origin & 1), origin >> 1);
    }
    r->last = number;
    if (number <= r->checked_before)
        add(lane, SOAK_REPEATED, 1);
    set(&journal, lane * SOAK_RECEIVEDS + SOAK_CHECKED, number > r->checked_before ? number : r->checked_before);
}

static void given_back(int lane)
{
    const receipt *r = &receipts[lane];
    if (r->last != 0)
        set(&journal, lane * SOAK_RECEIVEDS + SOAK_GIVEN_BACK,
            r->last > r->given_back_before ? r->last : r->given_back_before);
}

static void seen(int lane, int64_t number)
{
    int64_t before = get(&journal, lane * SOAK_RECEIVEDS + SOAK_CHECKED);
    if (number < before)
        fail("%s: went back from %lld to %lld", lane_names[lane], (long long)before, (long long)number);
    set(&journal, lane * SOAK_RECEIVEDS + SOAK_CHECKED, number);
}

static pb_ring_action hear(void *context, int32_t type, const uint8_t *payload, uint32_t length)
{
    int lane = context != NULL ? SOAK_STREAM : type == 1 + PB_SOAK_ROLE_WRITER ? SOAK_POST : SOAK_SECOND_POST;
    int role = lane == SOAK_SECOND_POST ? PB_SOAK_ROLE_SECOND : PB_SOAK_ROLE_WRITER;
    int64_t number, origin;
    uint32_t i;
    memcpy(&number, payload, 8);
    memcpy(&origin, payload + 8, 8);
    if (type != 1 + role || number <= 0 || length != record_length(number))
        torn(lane, number);
    for (i = 16; i < length; i++)
        if (payload[i] != (uint8_t)word_of(role, number, (int)i))
            torn(lane, number);
    arrived(lane, number, origin);
    return PB_RING_CONTINUE;
}

static int64_t sound(int64_t messages, int lane)
{
    if (messages == PB_RING_CORRUPT)
        fail("%s: what lies in the ring is no record", lane_names[lane]);
    return messages;
}

static void hear_event(void *context, const pb_event *event)
{
    int64_t number = (int64_t)event->value;
    int role = PB_SOAK_ROLE_WRITER;
    (void)context;
    if (event->sample_offset != (int32_t)(number & INT32_MAX) || event->channel != (int16_t)(number & 15)
        || event->note_id != (int32_t)(uint32_t)word_of(role, number, 0)
        || event->index != (int32_t)(uint32_t)word_of(role, number, 1))
        torn(SOAK_EVENTS, number);
    arrived(SOAK_EVENTS, number, (int64_t)event->detail);
}

static void whole(int lane, const pb_soak_block *block, int64_t number, int which)
{
    int w;
    for (w = 1; w < SOAK_BLOCK_WORDS; w++)
        if (block->words[0] != (uint64_t)number
            || block->words[w] != word_of(PB_SOAK_ROLE_WRITER, number, which * SOAK_BLOCK_WORDS + w))
            torn(lane, number);
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

static int64_t turn(pb_shared_ring_recovery *recovery)
{
    static char is_stream;
    uint32_t limit = 1u + (uint32_t)rand() % MOST_AT_ONCE;
    int64_t dead, messages = pb_event_queue_poll(&events, hear_event, NULL, limit);
    given_back(SOAK_EVENTS);
    messages += sound(pb_ring_read(&stream, hear, &is_stream, limit), SOAK_STREAM);
    given_back(SOAK_STREAM);
    messages += sound(pb_shared_ring_read(&post, hear, NULL, limit), SOAK_POST);
    given_back(SOAK_POST);
    given_back(SOAK_SECOND_POST);
    dead = get(&orders, SOAK_DEAD_ROLES);
    pb_shared_ring_unblock(&post, recovery, (uint32_t)dead);
    set(&journal, SOAK_ACKNOWLEDGED, dead);
    read_place();
    read_copies();
    read_state();
    read_values();
    return messages;
}

static void consume(void)
{
    pb_shared_ring_recovery recovery;
    int lane, producer, cell, quiet = 0;
    pb_shared_ring_recover(&post, &recovery);
    for (lane = 0; lane < SOAK_LANES; lane++) {
        receipts[lane].checked_before = get(&journal, lane * SOAK_RECEIVEDS + SOAK_CHECKED);
        receipts[lane].given_back_before = get(&journal, lane * SOAK_RECEIVEDS + SOAK_GIVEN_BACK);
    }
    for (producer = 0; producer < 2; producer++)
        for (cell = 0; cell < SOAK_CELLS; cell++)
            look(producer, cell);
    while (get(&orders, SOAK_STOP_READER) == 0)
        if (turn(&recovery) == 0)
            rest();
    while (quiet < 3)
        quiet = turn(&recovery) == 0 ? quiet + 1 : 0;
    for (producer = 0; producer < 2; producer++)
        for (cell = 0; cell < SOAK_CELLS; cell++)
            if (known[producer][cell] != value_of(producer, cell))
                fail("VALUES: the change of cell %d was not marked", cell);
}

int main(int count, char **arguments)
{
    int fd, role;
    if (count < 4)
        return 2;
    fd = open(arguments[1], O_RDWR);
    role = strcmp(arguments[2], "writer") == 0 ? PB_SOAK_ROLE_WRITER
        : strcmp(arguments[2], "second") == 0  ? PB_SOAK_ROLE_SECOND
                                               : PB_SOAK_ROLE_READER;
    srand((unsigned)strtoul(arguments[3], NULL, 10));
    if (fd < 0 || !pb_region_attach(&region, fd))
        fail("the region cannot be attached");
    if (!PB_FIND(&region, PB_SOAK_ORDERS, &orders) || !PB_FIND(&region, PB_SOAK_EVENTS, &event_section)
        || !PB_FIND(&region, PB_SOAK_STREAM, &stream_section) || !PB_FIND(&region, PB_SOAK_POST, &post_section)
        || !PB_FIND(&region, PB_SOAK_PLACE, &place) || !PB_FIND(&region, PB_SOAK_COPIES, &copies)
        || !PB_FIND(&region, PB_SOAK_STATE, &state) || !PB_FIND(&region, PB_SOAK_WRITER_VALUES, &values[0])
        || !PB_FIND(&region, PB_SOAK_SECOND_VALUES, &values[1]) || !PB_FIND(&region, PB_SOAK_DIRTY, &dirty)
        || !(role == PB_SOAK_ROLE_WRITER      ? PB_FIND(&region, PB_SOAK_WRITER_JOURNAL, &journal)
                : role == PB_SOAK_ROLE_SECOND ? PB_FIND(&region, PB_SOAK_SECOND_JOURNAL, &journal)
                                              : PB_FIND(&region, PB_SOAK_READER_JOURNAL, &journal))
        || pb_event_queue_over(&events, &event_section) != NULL || pb_ring_over(&stream, &stream_section) != NULL || pb_shared_ring_over(&post, &post_section, role) != NULL)
        fail("the region has not the sections of the soak");
    if (role == PB_SOAK_ROLE_READER)
        consume();
    else
        produce(role);
    return 0;
}

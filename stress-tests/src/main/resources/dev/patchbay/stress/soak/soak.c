/* SPDX-License-Identifier: Apache-2.0 */
/* A process of the soak in C: the twin of SoakProducer and SoakReader in Java, over the header of the region.
   usage: soak REGION writer|second|reader SEED [broken]. It says what it found broken, and ends with 1. */
#include "soak_common.h"
#include "soak_receipt.h"
#include "soak_events.h"
#include "soak_records.h"
#include "soak_newest.h"
#include "soak_numbered.h"

static const int is_queued[SOAK_LANES] = {SOAK_LANES_QUEUED};
static const int is_batched[SOAK_LANES] = {SOAK_LANES_BATCHED};
static const int is_numbered[SOAK_LANES] = {SOAK_LANES_NUMBERED};
static const int producers[SOAK_LANES] = {SOAK_LANE_PRODUCERS};
static int64_t floors[SOAK_LANES];
static int is_first[SOAK_LANES];

static int send(int lane, int role, int64_t number, int64_t origin)
{
    if (is_numbered[lane])
        return send_numbered(lane, role, number);
    switch (lane) {
    case SOAK_EVENTS:
        return send_event(0, role, number, origin);
    case SOAK_CROWD:
    case SOAK_SECOND_CROWD:
        return send_event(1, role, number, origin);
    case SOAK_SYSEX:
        return send_sysex(role, number, origin);
    case SOAK_STREAM:
        return send_record(0, role, number, origin);
    case SOAK_POST:
    case SOAK_SECOND_POST:
        return send_record(1, role, number, origin);
    default:
        return send_newest(lane, role, number);
    }
}

/* Sends so many messages, as many as there is room for: how many. */
static int64_t send_all(int lane, int role, int64_t number, int count, int64_t origin)
{
    return count > 1 ? send_batch(lane != SOAK_EVENTS, role, number, count, origin) : send(lane, role, number, origin);
}

static int step(int lane, int role)
{
    int words = lane * SOAK_SENTS;
    int64_t begun = get(&journal, words + SOAK_BEGUN), done = get(&journal, words + SOAK_DONE);
    int64_t number = is_first[lane] && begun > done ? begun + 1 : done + 1;
    int count = is_batched[lane] && !is_first[lane] ? batch_of(number) : 1;
    int64_t last = number + count - 1, sent;
    set(&journal, words + SOAK_BEGUN, last);
    sent = number - 1 + send_all(lane, role, number, count, floors[lane] * 2 + is_first[lane]);
    if (sent >= number) {
        set(&journal, words + SOAK_DONE, sent);
        is_first[lane] = 0;
    }
    if (sent < last) {
        set(&journal, words + SOAK_REFUSED, get(&journal, words + SOAK_REFUSED) + 1);
        set(&journal, words + SOAK_BEGUN, sent);
    }
    return sent >= number;
}

/* Begins a lane. A primitive that numbers what it publishes says how many were sent: at least what is known to be, at most what was
   begun. */
static void begin(int lane)
{
    int words = lane * SOAK_SENTS;
    int64_t begun = get(&journal, words + SOAK_BEGUN), done = get(&journal, words + SOAK_DONE), found;
    floors[lane] = done;
    is_first[lane] = !is_numbered[lane];
    if (!is_numbered[lane])
        return;
    found = found_sent(lane);
    if (found < done || (found > begun && found > done))
        fail("%s: a successor found %lld sent, but %lld were, and number %lld was begun", lane_names[lane],
            (long long)found, (long long)done, (long long)begun);
    set(&journal, words + SOAK_DONE, found);
}

static void produce(int role)
{
    int lane;
    records_take_over(role);
    events_take_over(role);
    for (lane = 0; lane < SOAK_LANES; lane++)
        if (producers[lane] == role)
            begin(lane);
    while (get(&orders, SOAK_STOP_PRODUCERS) == 0) {
        int sent = 0;
        for (lane = 0; lane < SOAK_LANES; lane++)
            if (producers[lane] == role && step(lane, role) && is_queued[lane])
                sent = 1;
        if (!sent)
            rest();
    }
}

/* Takes what is there, by any call that there is, or by those alone that leave nothing. */
static int64_t turn(int is_plain)
{
    uint32_t limit = 1u + (uint32_t)rand() % MOST_AT_ONCE;
    int64_t dead, messages = events_read(limit, is_plain) + records_read(limit, is_plain);
    dead = get(&orders, SOAK_DEAD_ROLES);
    pb_shared_ring_unblock(&post, &post_recovery, (uint32_t)dead);
    pb_shared_event_queue_unblock(&crowd, (uint32_t)dead);
    set(&journal, SOAK_ACKNOWLEDGED, dead);
    newest_read();
    numbered_read(limit);
    return messages;
}

static void consume(void)
{
    int lane, quiet = 0;
    for (lane = 0; lane < SOAK_LANES; lane++) {
        receipts[lane].checked_before = get(&journal, lane * SOAK_RECEIVEDS + SOAK_CHECKED);
        receipts[lane].given_back_before = get(&journal, lane * SOAK_RECEIVEDS + SOAK_GIVEN_BACK);
    }
    begin_numbered();
    look_at_all();
    while (get(&orders, SOAK_STOP_READER) == 0)
        if (turn(0) == 0)
            rest();
    /* A ring does not read across its end in one call. */
    while (quiet < 3)
        quiet = turn(1) == 0 ? quiet + 1 : 0;
    newest_end();
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
    is_broken = count > 4;
    if (fd < 0 || !pb_region_attach(&region, fd))
        fail("the region cannot be attached");
    find("orders", PB_FIND(&region, PB_SOAK_ORDERS, &orders));
    find("journal",
        role == PB_SOAK_ROLE_WRITER      ? PB_FIND(&region, PB_SOAK_WRITER_JOURNAL, &journal)
            : role == PB_SOAK_ROLE_SECOND ? PB_FIND(&region, PB_SOAK_SECOND_JOURNAL, &journal)
                                          : PB_FIND(&region, PB_SOAK_READER_JOURNAL, &journal));
    events_find(role);
    records_find(role);
    newest_find();
    numbered_find();
    if (role == PB_SOAK_ROLE_READER)
        consume();
    else
        produce(role);
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* control: relaxed pb_broadcast_write */
/* A broadcast with two readers that the writer does not wait for: each message is whole and that of its position, each is read or
   counted as lost, and who sees the tail sees what was stored before it. */

#define BROADCAST_DATA (uint64_t)PB_STRESS_DATA_COUNT

static pb_section broadcast;
static uint64_t broadcast_written;

static void *broadcast_writer(void *unused)
{
    uint64_t n;
    (void)unused;
    for (n = 1; goes_on(); n++) {
        pb_stress_pair pair;
        pair.first = (int64_t)n;
        pair.second = -(int64_t)n;
        if (n < BROADCAST_DATA)
            plain[n] = (int64_t)n;
        pb_stress_news_write(&broadcast, &pair);
        broadcast_written = n;
        if (n % 4u == 0)
            rest();
    }
    return NULL;
}

/* Reads on: whether there was anything. */
static int broadcast_take(pb_broadcast_reader *reader)
{
    uint64_t before = reader->position;
    pb_stress_pair pair;
    switch (pb_stress_news_read(&broadcast, reader, &pair)) {
    case PB_BROADCAST_MESSAGE:
        EXPECT(pair.first == -pair.second, "a message is whole");
        EXPECT(pair.first == (int64_t)before + 1, "it is that of its position");
        EXPECT(reader->position == before + 1u, "one at a time");
        return 1;
    case PB_BROADCAST_OVERRUN:
        EXPECT(reader->lost > 0 && reader->position == before + reader->lost, "what is lost is counted");
        return 1;
    case PB_BROADCAST_NOTHING:
        EXPECT(reader->position == before, "nothing is nothing");
        break;
    }
    return 0;
}

static void broadcast_look(pb_broadcast_reader *reader)
{
    uint64_t tail = pb_broadcast_tail(&broadcast);
    if (tail > 0 && tail < BROADCAST_DATA)
        EXPECT(plain[tail] == (int64_t)tail, "what was stored before the tail is seen");
    if (!broadcast_take(reader))
        rest();
    EXPECT(reader->position >= tail || pb_broadcast_tail(&broadcast) >= tail, "the tail does not go back");
}

static void *broadcast_reader(void *unused)
{
    pb_broadcast_reader reader;
    (void)unused;
    pb_broadcast_seek(&reader, 0);
    while (goes_on())
        broadcast_look(&reader);
    while (broadcast_take(&reader)) {
    }
    return NULL;
}

static void *broadcast_jumper(void *unused)
{
    pb_broadcast_reader reader;
    uint32_t round;
    (void)unused;
    for (round = 0; goes_on(); round++) {
        if (round % 3u == 0)
            pb_broadcast_seek_oldest(&broadcast, &reader);
        else if (round % 3u == 1u)
            pb_broadcast_seek_newest(&broadcast, &reader);
        else
            pb_broadcast_seek_end(&broadcast, &reader);
        broadcast_look(&reader);
        broadcast_look(&reader);
    }
    return NULL;
}

static void scenario_broadcast(void)
{
    const actor actors[] = {broadcast_writer, broadcast_reader, broadcast_jumper};
    pb_broadcast_reader reader;
    broadcast = OPEN(NEWS);
    TOGETHER(actors);
    pb_broadcast_seek_oldest(&broadcast, &reader);
    while (broadcast_take(&reader)) {
    }
    EXPECT(reader.position == broadcast_written && pb_broadcast_tail(&broadcast) == broadcast_written, "the last ones stay");
    done((long)broadcast_written);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "model.h"

/* The message at each position is the position plus 1, and its negative. */
OPERATION(write)
{
    pb_section broadcast = model_section();
    int64_t words[2];
    (void)self;
    words[0] = a[0];
    words[1] = -a[0];
    pb_broadcast_write(&broadcast, words);
    return 0;
}

/* Where to begin: 0 with the oldest, 1 with the newest, 2 with the next to come. */
OPERATION(seek)
{
    pb_section broadcast = model_section();
    pb_broadcast_reader *reader = (pb_broadcast_reader *)self;
    if (a[0] == 0)
        pb_broadcast_seek_oldest(&broadcast, reader);
    else if (a[0] == 1)
        pb_broadcast_seek_newest(&broadcast, reader);
    else
        pb_broadcast_seek_end(&broadcast, reader);
    return 0;
}

/* The message; 0 where there is nothing, the negative number of those lost where there was an overrun. */
OPERATION(read)
{
    pb_section broadcast = model_section();
    pb_broadcast_reader *reader = (pb_broadcast_reader *)self;
    uint64_t before = reader->position;
    int64_t words[2];
    (void)a;
    switch (pb_broadcast_read(&broadcast, reader, words)) {
    case PB_BROADCAST_MESSAGE:
        model_expect(words[0] == -words[1], "a message is whole");
        model_expect(reader->position == before + 1u, "a message is one");
        return words[0];
    case PB_BROADCAST_OVERRUN:
        model_expect(reader->lost > 0 && reader->position == before + reader->lost, "what is lost is counted");
        return -(int64_t)reader->lost;
    default:
        model_expect(reader->position == before, "nothing moves nobody");
        return 0;
    }
}
OPERATION(position)
{
    (void)a;
    return (int64_t)((pb_broadcast_reader *)self)->position;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* ---- Broadcast: BroadcastWriter and BroadcastReader in Java. One writer, any readers, all wait-free. ----
   Each slot has a sequence number; the newest message overwrites the oldest. Positions count messages since the start, modulo 2^64;
   a slot's number is twice the position, so modulo 2^63 of them. */

/* What a read found: BroadcastReader.Result in Java. */
typedef enum pb_broadcast_result {
    PB_BROADCAST_NOTHING, /* no message that the reader has not had; the writer may be in the middle of the next one */
    PB_BROADCAST_MESSAGE, /* the next message is in the target */
    PB_BROADCAST_OVERRUN /* the next messages were overwritten, lost of them; the next read goes on behind them */
} pb_broadcast_result;

/* A reader, in its process's own memory. For one thread at a time. */
typedef struct pb_broadcast_reader {
    uint64_t position; /* of the message that is read next */
    uint64_t lost; /* messages that the last overrun skipped */
} pb_broadcast_reader;

/* The sequence number of the slot that a position has; the words of the message follow it. */
static inline uint64_t *pb_broadcast_sequence(const pb_section *broadcast, uint64_t position)
{
    size_t index = (size_t)(position & (broadcast->count - 1u));
    return &((pb_broadcast_slot *)(void *)(broadcast->elements + index * broadcast->stride))->sequence;
}

/* The words of a message. */
static inline uint32_t pb_broadcast_words(const pb_section *broadcast)
{
    return (broadcast->stride - (uint32_t)sizeof(pb_broadcast_slot)) / 8u;
}

/* Publishes a message, whatever the readers do: BroadcastWriter.write. By the writer alone. A successor of a dead writer goes on
   where it ended: a message that was not whole is written anew. */
static inline void pb_broadcast_write(const pb_section *broadcast, const void *source)
{
    pb_broadcast_head *head = (pb_broadcast_head *)(void *)broadcast->base;
    uint64_t position = __atomic_load_n(&head->tail, __ATOMIC_RELAXED);
    uint64_t *sequence = pb_broadcast_sequence(broadcast, position);
    /* Pairs with the load in pb_broadcast_read and BroadcastReader.read. */
    pb_sequenced_store(sequence, sequence + 1, pb_broadcast_words(broadcast), 2u * position + 1u, source);
    /* Release: pairs with the acquire of pb_broadcast_tail and BroadcastReader.tail, so that the slot's number is known to be at
       least that of this message. */
    __atomic_store_n(&head->tail, position + 1u, __ATOMIC_RELEASE);
}

/* The position of the next message to come. Any thread. Acquire: pairs with the last release of pb_broadcast_write and
   BroadcastWriter.write. */
static inline uint64_t pb_broadcast_tail(const pb_section *broadcast)
{
    return __atomic_load_n(&((const pb_broadcast_head *)(const void *)broadcast->base)->tail, __ATOMIC_ACQUIRE);
}

/* The sequence number of the message at a position, once it is whole. */
static inline uint64_t pb_broadcast_whole(uint64_t position)
{
    return 2u * position + 2u;
}

/* How many messages from a position on are overwritten, as its slot tells: the writer has begun the slot's next one. */
static inline uint64_t pb_broadcast_overwritten(const pb_section *broadcast, uint64_t position)
{
    /* The message last begun in the slot, be it whole or not: so rounded up. */
    int64_t ahead = (int64_t)(pb_sequenced_number(pb_broadcast_sequence(broadcast, position)) - pb_broadcast_whole(position) + 1u);
    return ahead < 2 * (int64_t)broadcast->count ? 0u : (uint64_t)ahead / 2u - broadcast->count + 1u;
}

/* Moves to a position, such as one that was kept: BroadcastReader.seek. Where its message is overwritten, the next read says so;
   where it is yet to come, there is nothing until then. Begin with this or one of the next three. */
static inline void pb_broadcast_seek(pb_broadcast_reader *reader, uint64_t position)
{
    reader->position = position;
    reader->lost = 0;
}

/* Moves to the newest message that is there, or to the first one where there is none yet: BroadcastReader.seekNewest. */
static inline void pb_broadcast_seek_newest(const pb_section *broadcast, pb_broadcast_reader *reader)
{
    uint64_t end = pb_broadcast_tail(broadcast);
    pb_broadcast_seek(reader, end == 0 ? 0 : end - 1u);
}

/* Moves behind the newest message: what is there already is not read. BroadcastReader.seekEnd. */
static inline void pb_broadcast_seek_end(const pb_section *broadcast, pb_broadcast_reader *reader)
{
    pb_broadcast_seek(reader, pb_broadcast_tail(broadcast));
}

/* Moves to the oldest message that is there: BroadcastReader.seekOldest. In the first messages after position 2^64 only those
   since then count as there. */
static inline void pb_broadcast_seek_oldest(const pb_section *broadcast, pb_broadcast_reader *reader)
{
    uint64_t end = pb_broadcast_tail(broadcast);
    uint64_t oldest = end < broadcast->count ? 0 : end - broadcast->count;
    pb_broadcast_seek(reader, oldest + pb_broadcast_overwritten(broadcast, oldest));
}

/* Takes the next message: BroadcastReader.read. target has room for the struct; what it holds is undefined unless the answer is
   PB_BROADCAST_MESSAGE. A read-only mapping suffices. By the reader's thread. Loads with acquire, which pair with the releases of
   pb_broadcast_write and BroadcastWriter.write. */
static inline pb_broadcast_result pb_broadcast_read(const pb_section *broadcast, pb_broadcast_reader *reader, void *target)
{
    uint64_t unread = pb_broadcast_tail(broadcast) - reader->position, skipped = 0, more;
    if ((int64_t)unread <= 0)
        return PB_BROADCAST_NOTHING;
    if (unread > broadcast->count) {
        skipped = unread - broadcast->count;
    } else {
        const uint64_t *sequence = pb_broadcast_sequence(broadcast, reader->position);
        if (pb_sequenced_load(sequence, sequence + 1, pb_broadcast_words(broadcast), pb_broadcast_whole(reader->position),
                target)) {
            reader->position++;
            return PB_BROADCAST_MESSAGE;
        }
    }
    reader->position += skipped;
    more = pb_broadcast_overwritten(broadcast, reader->position);
    reader->position += more;
    /* No writer of this library leaves such a number: the region is broken. */
    if (skipped + more == 0)
        return PB_BROADCAST_NOTHING;
    reader->lost = skipped + more;
    return PB_BROADCAST_OVERRUN;
}


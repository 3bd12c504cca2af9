/* SPDX-License-Identifier: Apache-2.0 */
/* ---- System exclusive messages: SysexWriter and SysexReader in Java. One producer, one consumer, wait-free. ----
   The bytes go into a ring, and once they are committed there, an event goes into the queue that says where they are. So a
   message has its place among the events, and who sees the event sees the bytes. A record whose event never came is passed over by
   the next message. */

/* Sends a message of a frame: PB_RING_SENT; PB_RING_FULL where the queue or the ring is full, which is counted there; PB_RING_INVALID
   where it is empty or longer than ring->max_length. Where the ring is full, an event without a message goes into the queue, so that
   the consumer gives back what nobody asks for. By the only producer of both; a successor of a dead one first calls
   pb_ring_take_over. The ring's commit releases, and after it the queue's tail. SysexWriter.offer. */
static inline int pb_sysex_offer(pb_event_queue *queue, const pb_ring *ring, int32_t sample_offset, const void *message,
    uint32_t length)
{
    pb_event *event;
    uint64_t end;
    int sent;
    if (length < 1u || length > ring->max_length)
        return PB_RING_INVALID;
    event = pb_event_queue_try_claim(queue);
    if (event == NULL)
        return PB_RING_FULL;
    sent = pb_ring_write(ring, PB_EVENT_SYSEX, message, length);
    /* Relaxed: the producer's own. */
    end = __atomic_load_n(&ring->trailer->tail, __ATOMIC_RELAXED);
    if (sent == PB_RING_SENT)
        pb_event_sysex(event, sample_offset, end - pb_ring_align(length + (uint32_t)sizeof(pb_ring_record)), (int32_t)length);
    else
        pb_event_sysex(event, sample_offset, end, 0);
    /* Release, and after the commit in the ring: pairs with the acquire of the queue's tail. */
    pb_event_queue_commit(queue, event);
    return sent;
}

/* The consumer's side of the ring: SysexReader. For the thread that is the consumer of queue and ring. */
typedef struct pb_sysex_reader {
    pb_ring ring;
    uint64_t position;
    uint64_t released;
} pb_sysex_reader;

/* Begins where the predecessor ended. Relaxed: the head is the consumer's own. */
static inline void pb_sysex_reader_init(pb_sysex_reader *reader, const pb_ring *ring)
{
    reader->ring = *ring;
    reader->position = __atomic_load_n(&ring->trailer->head, __ATOMIC_RELAXED);
    reader->released = reader->position;
}

/* Whether a record of so many bytes can be at a position: not before what was taken, and not behind what was written. Relaxed: the event
   came after the tail was stored. */
static inline int pb_sysex_lies(const pb_sysex_reader *reader, uint64_t at, uint32_t bytes)
{
    uint64_t left = __atomic_load_n(&reader->ring.trailer->tail, __ATOMIC_RELAXED) - reader->position;
    return pb_ring_is_position(at) && left <= reader->ring.capacity && bytes <= left && at - reader->position <= left - bytes;
}

/* Finds the message of an event: its bytes in the ring, to be read until pb_sysex_release, and their number; or NULL for an event
   of another type, for one without a message, and where a broken producer names a record that is none. Once for each event of the type,
   in their order. Relaxed: the queue's tail, which the event came with, has ordered all of the record. SysexReader.take. */
static inline const uint8_t *pb_sysex_take(pb_sysex_reader *reader, const pb_event *event, uint32_t *length)
{
    uint64_t at = pb_event_sysex_position(event);
    uint32_t found = (uint32_t)pb_event_sysex_length(event), bytes, index = pb_ring_index(&reader->ring, at);
    *length = 0;
    if (event->type != PB_EVENT_SYSEX || found > reader->ring.max_length)
        return NULL;
    bytes = found == 0 ? 0 : pb_ring_align(found + (uint32_t)sizeof(pb_ring_record));
    if (!pb_sysex_lies(reader, at, bytes))
        return NULL;
    if (found != 0
        && (bytes > reader->ring.capacity - index
            || pb_ring_length(&reader->ring, index) != (int32_t)(found + (uint32_t)sizeof(pb_ring_record))
            || pb_ring_record_at(&reader->ring, index)->type != PB_EVENT_SYSEX))
        return NULL;
    reader->position = at + bytes;
    *length = found;
    return found == 0 ? NULL : reader->ring.data + index + sizeof(pb_ring_record);
}

/* Gives the records of the messages that were taken back to the producer, after pb_event_queue_advance, and when nothing reads them any
   more. So a consumer that is killed in between leaves no event without its message. Release: pairs with pb_ring_head_acquire and
   RingMemory.headAcquire. SysexReader.release. */
static inline void pb_sysex_release(pb_sysex_reader *reader)
{
    if (reader->position != reader->released) {
        __atomic_store_n(&reader->ring.trailer->head, reader->position, __ATOMIC_RELEASE);
        reader->released = reader->position;
    }
}


/* SPDX-License-Identifier: Apache-2.0 */
/* ---- Rings of records of any length: RingWriter and RingReader in Java, OneToOneRingBuffer in Agrona. ----
   One producer, one consumer, both wait-free. The bytes are Agrona's, so either side may be one of its classes. Orders are on
   the operations; there are no fences, which ThreadSanitizer does not see. Plain accesses are ordered by the record's length
   (producer to consumer) and by the head (consumer to producer). */

/* What a call that sends a message answers. */
enum {
    PB_RING_SENT = 1, /* or claimed */
    PB_RING_FULL = 0, /* refused and counted */
    PB_RING_INVALID = -1 /* a type below 1, or a message longer than an eighth of the capacity: it can never be sent */
};

/* What a read answers where the bytes at the head are no record, and none was read: the ring is broken and stays so. */
#define PB_RING_CORRUPT (-1)

/* What a handler answers: ControlledMessageHandler.Action in Agrona. */
typedef enum pb_ring_action {
    PB_RING_CONTINUE, /* done with it; go on */
    PB_RING_COMMIT, /* give all up to this one back to the producer now; go on */
    PB_RING_BREAK, /* done with it; stop */
    PB_RING_ABORT /* stop and keep it: the next read begins with it */
} pb_ring_action;

/* Handles a message. The payload lies in the ring: it is gone, or written anew, once the read has returned. Returns; does not
   jump or throw. */
typedef pb_ring_action (*pb_ring_handler)(void *context, int32_t type, const uint8_t *payload, uint32_t length);

/* A ring in this process. A copy of the numbers, so a directory that changes does no harm. */
typedef struct pb_ring {
    uint8_t *data;
    pb_ring_trailer *trailer;
    uint64_t *dropped;
    uint32_t capacity;
    uint32_t max_length;
} pb_ring;

/* A ring over memory of any kind: capacity bytes of data at a multiple of 8, then the trailer. dropped counts refusals.
   NULL, or what is wrong. Any thread. */
static inline const char *pb_ring_init(pb_ring *ring, void *data, uint64_t capacity, uint64_t *dropped)
{
    if (capacity < PB_RING_MIN_CAPACITY || capacity > INT32_MAX || (capacity & (capacity - 1u)) != 0)
        return "a ring's capacity is not a power of two from 16 on";
    if ((uintptr_t)data % PB_RING_ALIGNMENT != 0)
        return "a ring's data do not lie at a multiple of 8";
    ring->data = (uint8_t *)data;
    ring->trailer = (pb_ring_trailer *)(void *)(ring->data + capacity);
    ring->dropped = dropped;
    ring->capacity = (uint32_t)capacity;
    ring->max_length = ring->capacity / 8u;
    if (ring->max_length < sizeof(pb_ring_record))
        ring->max_length = capacity == PB_RING_MIN_CAPACITY ? 0u : (uint32_t)sizeof(pb_ring_record);
    return NULL;
}

/* Whether a section has room for a head of this size, the data and the trailer. */
static inline int pb_ring_fits(const pb_section *section, size_t head)
{
    return (size_t)(section->elements - section->base) >= head && section->stride == 1u
        && (uint64_t)section->count + sizeof(pb_ring_trailer) <= section->copy_stride;
}

/* The ring of a section of kind PB_KIND_RING. NULL, or what is wrong. Any thread. */
static inline const char *pb_ring_over(pb_ring *ring, const pb_section *section)
{
    if (!pb_ring_fits(section, sizeof(pb_ring_head)))
        return "a ring's head, data and trailer do not fit into its section";
    return pb_ring_init(ring, section->elements, section->count, &((pb_ring_head *)(void *)section->base)->dropped);
}

/* The bytes that a record takes. */
static inline uint32_t pb_ring_align(uint32_t length)
{
    return (length + (uint32_t)PB_RING_ALIGNMENT - 1u) & ~((uint32_t)PB_RING_ALIGNMENT - 1u);
}

/* The index of a position within the data. */
static inline uint32_t pb_ring_index(const pb_ring *ring, uint64_t position)
{
    return (uint32_t)position & (ring->capacity - 1u);
}

/* Whether a position can be one: whatever a broken process stored, no access leaves the data or is misaligned. */
static inline int pb_ring_is_position(uint64_t position)
{
    return position % PB_RING_ALIGNMENT == 0;
}

/* Whether this many bytes are free; as Agrona has it, in 32 bits. */
static inline int pb_ring_has_room(const pb_ring *ring, uint64_t tail, uint64_t head, uint32_t bytes)
{
    return (int64_t)bytes <= (int64_t)ring->capacity - (int32_t)(uint32_t)(tail - head);
}

/* The record at an index. */
static inline pb_ring_record *pb_ring_record_at(const pb_ring *ring, uint32_t index)
{
    return (pb_ring_record *)(void *)(ring->data + index);
}

/* The length of the record at an index. Relaxed: for who looks at the header alone, and not at what it orders. */
static inline int32_t pb_ring_length(const pb_ring *ring, uint32_t index)
{
    return __atomic_load_n(&pb_ring_record_at(ring, index)->length, __ATOMIC_RELAXED);
}

/* Marks a record as claimed. Relaxed: a reader takes nothing from a negative length. */
static inline void pb_ring_mark(const pb_ring *ring, uint32_t index, uint32_t length)
{
    __atomic_store_n(&pb_ring_record_at(ring, index)->length, -(int32_t)length, __ATOMIC_RELAXED);
    pb_ring_death_order();
}

/* Commits a record. Release: pairs with the acquire of pb_ring_next, RingReader.next and Agrona's read. */
static inline void pb_ring_publish(const pb_ring *ring, uint32_t index, int32_t type, uint32_t length)
{
    pb_ring_record_at(ring, index)->type = type;
    __atomic_store_n(&pb_ring_record_at(ring, index)->length, (int32_t)length, __ATOMIC_RELEASE);
}

/* Makes bytes a padding record. */
static inline void pb_ring_pad(const pb_ring *ring, uint32_t index, uint32_t bytes)
{
    pb_ring_mark(ring, index, bytes);
    pb_ring_publish(ring, index, PB_RING_PADDING, bytes);
}

/* Marks the record at a position as not yet written. Plain: the commit of the record before it comes after. */
static inline void pb_ring_clear_header(const pb_ring *ring, uint64_t position)
{
    memset(pb_ring_record_at(ring, pb_ring_index(ring, position)), 0, sizeof(pb_ring_record));
}

/* Stores the tail of the one producer. Release: pairs with the acquire of pb_ring_size. The consumer goes by the records' lengths. */
static inline void pb_ring_set_tail(const pb_ring *ring, uint64_t position)
{
    __atomic_store_n(&ring->trailer->tail, position, __ATOMIC_RELEASE);
}

/* Loads the head. Acquire: pairs with the release of pb_ring_give_back, so that no byte is overwritten before it was read. */
static inline uint64_t pb_ring_head_acquire(const pb_ring *ring)
{
    return __atomic_load_n(&ring->trailer->head, __ATOMIC_ACQUIRE);
}

/* Claims bytes for the one producer: PB_RING_SENT with the record's index, or PB_RING_FULL. OneToOneRingBuffer.claimCapacity.
   The header after the record is cleared before the commit, hence one header more. The cached head and the tail are the
   producer's own: relaxed. */
static inline int pb_ring_claim(const pb_ring *ring, uint32_t bytes, uint32_t *index)
{
    uint64_t tail = __atomic_load_n(&ring->trailer->tail, __ATOMIC_RELAXED);
    uint64_t head = __atomic_load_n(&ring->trailer->head_cache, __ATOMIC_RELAXED);
    uint32_t required = bytes + (uint32_t)sizeof(pb_ring_record), at = pb_ring_index(ring, tail);
    uint32_t to_end = ring->capacity - at;
    int fits;
    if (!pb_ring_is_position(tail))
        return PB_RING_FULL;
    if (!pb_ring_has_room(ring, tail, head, required)) {
        head = pb_ring_head_acquire(ring);
        if (!pb_ring_has_room(ring, tail, head, required))
            return PB_RING_FULL;
        __atomic_store_n(&ring->trailer->head_cache, head, __ATOMIC_RELAXED);
    }
    if (bytes == to_end || required <= to_end) {
        pb_ring_set_tail(ring, tail + bytes);
        pb_ring_clear_header(ring, tail + bytes);
        *index = at;
        return PB_RING_SENT;
    }
    fits = required <= pb_ring_index(ring, head);
    if (!fits) {
        head = pb_ring_head_acquire(ring);
        fits = required <= pb_ring_index(ring, head);
        __atomic_store_n(&ring->trailer->head_cache, head, __ATOMIC_RELAXED);
    }
    /* Where the front is too short, the padding is published all the same. */
    pb_ring_set_tail(ring, tail + to_end + (fits ? bytes : 0u));
    pb_ring_clear_header(ring, 0);
    pb_ring_pad(ring, at, to_end);
    if (!fits)
        return PB_RING_FULL;
    pb_ring_clear_header(ring, bytes);
    *index = 0;
    return PB_RING_SENT;
}

/* Whether a message can be sent at all. */
static inline int pb_ring_is_valid(const pb_ring *ring, int32_t type, uint32_t length)
{
    return type >= 1 && length <= ring->max_length;
}

/* Marks a claimed record; the payload follows the header. */
static inline void *pb_ring_open(const pb_ring *ring, uint32_t index, int32_t type, uint32_t length)
{
    pb_ring_mark(ring, index, length + (uint32_t)sizeof(pb_ring_record));
    pb_ring_record_at(ring, index)->type = type;
    return ring->data + index + sizeof(pb_ring_record);
}

/* Fills and commits a claimed record. */
static inline void pb_ring_fill(const pb_ring *ring, uint32_t index, int32_t type, const void *payload, uint32_t length)
{
    pb_ring_mark(ring, index, length + (uint32_t)sizeof(pb_ring_record));
    if (length != 0)
        memcpy(ring->data + index + sizeof(pb_ring_record), payload, length);
    pb_ring_publish(ring, index, type, length + (uint32_t)sizeof(pb_ring_record));
}

/* Ends the claim whose payload is at this address, with the type it has or as padding: 1, or 0 where nothing is claimed there. */
static inline int pb_ring_end(const pb_ring *ring, const void *payload, int keep)
{
    uintptr_t offset = (uintptr_t)payload - (uintptr_t)ring->data - sizeof(pb_ring_record);
    pb_ring_record *record;
    int32_t length;
    if (offset >= ring->capacity || offset % PB_RING_ALIGNMENT != 0)
        return 0;
    record = pb_ring_record_at(ring, (uint32_t)offset);
    length = pb_ring_length(ring, (uint32_t)offset);
    if (length >= 0)
        return 0;
    pb_ring_publish(ring, (uint32_t)offset, keep ? record->type : PB_RING_PADDING, 0u - (uint32_t)length);
    return 1;
}

/* Counts a refusal, by the one producer. Relaxed: the count says nothing of any other word. */
static inline int pb_ring_refuse(const pb_ring *ring)
{
    __atomic_store_n(ring->dropped, __atomic_load_n(ring->dropped, __ATOMIC_RELAXED) + 1u, __ATOMIC_RELAXED);
    return PB_RING_FULL;
}

/* Appends a message: PB_RING_SENT, PB_RING_FULL or PB_RING_INVALID. By the producer: RingWriter.write, OneToOneRingBuffer.write.
   The commit releases, the load of the head acquires. */
static inline int pb_ring_write(const pb_ring *ring, int32_t type, const void *payload, uint32_t length)
{
    uint32_t index;
    if (!pb_ring_is_valid(ring, type, length))
        return PB_RING_INVALID;
    if (pb_ring_claim(ring, pb_ring_align(length + (uint32_t)sizeof(pb_ring_record)), &index) != PB_RING_SENT)
        return pb_ring_refuse(ring);
    pb_ring_fill(ring, index, type, payload, length);
    return PB_RING_SENT;
}

/* Claims room for a message, to be stored in place with plain stores: PB_RING_SENT with the payload's address, PB_RING_FULL or
   PB_RING_INVALID. The consumer stops before it until pb_ring_commit or pb_ring_abort. By the producer: RingWriter.tryClaim. */
static inline int pb_ring_try_claim(const pb_ring *ring, int32_t type, uint32_t length, void **payload)
{
    uint32_t index;
    if (!pb_ring_is_valid(ring, type, length))
        return PB_RING_INVALID;
    if (pb_ring_claim(ring, pb_ring_align(length + (uint32_t)sizeof(pb_ring_record)), &index) != PB_RING_SENT)
        return pb_ring_refuse(ring);
    *payload = pb_ring_open(ring, index, type, length);
    return PB_RING_SENT;
}

/* Ends a claim, so that the consumer sees the message: 1, or 0 where nothing is claimed there. Release. By the producer:
   RingWriter.commit, OneToOneRingBuffer.commit. */
static inline int pb_ring_commit(const pb_ring *ring, const void *payload)
{
    return pb_ring_end(ring, payload, 1);
}

/* Ends a claim without a message: 1, or 0 where nothing is claimed there. Release. By the producer: RingWriter.abort. */
static inline int pb_ring_abort(const pb_ring *ring, const void *payload)
{
    return pb_ring_end(ring, payload, 0);
}

/* The messages refused so far. Relaxed. Any thread. RingWriter.dropped. */
static inline uint64_t pb_ring_dropped(const pb_ring *ring)
{
    return __atomic_load_n(ring->dropped, __ATOMIC_RELAXED);
}

/* The bytes that records take at one moment, those of claims included. Any thread. RingWriter.size, RingReader.size. */
static inline uint32_t pb_ring_size(const pb_ring *ring)
{
    uint64_t before, tail, after = pb_ring_head_acquire(ring);
    do {
        before = after;
        /* Acquire, both: the second load of the head comes after the tail's, and is no older than what made room for it. */
        tail = __atomic_load_n(&ring->trailer->tail, __ATOMIC_ACQUIRE);
        after = pb_ring_head_acquire(ring);
    } while (before != after);
    if ((int64_t)(tail - after) < 0)
        return 0;
    return tail - after > ring->capacity ? ring->capacity : (uint32_t)(tail - after);
}

/* Pads the claim that a dead predecessor did not commit: its bytes, 0 where there is none, or PB_RING_CORRUPT. Once by each process
   that becomes the producer, before its first message, when the predecessor is proved dead; it looks at every unread record.
   RingWriter.takeOver; Agrona has no such thing. */
static inline int64_t pb_ring_take_over(const pb_ring *ring)
{
    uint64_t tail = __atomic_load_n(&ring->trailer->tail, __ATOMIC_RELAXED), end = pb_ring_head_acquire(ring);
    uint32_t index, to_end, bytes;
    if (!pb_ring_is_position(tail) || !pb_ring_is_position(end) || tail - end > ring->capacity)
        return PB_RING_CORRUPT;
    while (end != tail) {
        int32_t length = pb_ring_length(ring, pb_ring_index(ring, end));
        if (length <= 0)
            break;
        bytes = pb_ring_align((uint32_t)length);
        if (bytes > ring->capacity - pb_ring_index(ring, end) || bytes > tail - end)
            return PB_RING_CORRUPT;
        end += bytes;
    }
    bytes = (uint32_t)(tail - end);
    if (bytes == 0)
        return 0;
    index = pb_ring_index(ring, end);
    to_end = ring->capacity - index;
    /* The predecessor may have died before it did this. */
    pb_ring_clear_header(ring, tail);
    if (bytes > to_end)
        pb_ring_pad(ring, 0, bytes - to_end);
    /* Last: with its release the consumer sees all of the above. */
    pb_ring_pad(ring, index, bytes > to_end ? to_end : bytes);
    return bytes;
}

/* Loads the header of the record at an index: 1, 0 where there is none yet, PB_RING_CORRUPT where it is none that a producer
   writes. Acquire: pairs with pb_ring_publish, RecordWriter.commit and Agrona's commit. The values are copies: what is checked is
   what is used. */
static inline int pb_ring_next(const pb_ring *ring, uint32_t index, int32_t *type, uint32_t *length)
{
    const pb_ring_record *record = pb_ring_record_at(ring, index);
    int32_t found = __atomic_load_n(&record->length, __ATOMIC_ACQUIRE);
    if (found <= 0)
        return 0;
    *length = (uint32_t)found;
    *type = *(const volatile int32_t *)&record->type;
    if (*length < sizeof *record || *length > ring->capacity - index)
        return PB_RING_CORRUPT;
    if (*type != PB_RING_PADDING && (*type < 1 || *length - sizeof *record > ring->max_length))
        return PB_RING_CORRUPT;
    return 1;
}

/* Gives bytes back to the producers. cleared is NULL where the producer clears ahead of itself; else it says how far the data
   are being cleared, before the first byte is. Release: pairs with pb_ring_head_acquire and Agrona's volatile load of the
   head. */
static inline void pb_ring_give_back(const pb_ring *ring, uint64_t *cleared, uint64_t head, uint32_t bytes)
{
    if (bytes == 0)
        return;
    if (cleared != NULL) {
        __atomic_store_n(cleared, head + bytes, __ATOMIC_RELAXED);
        pb_ring_death_order();
        memset(ring->data + pb_ring_index(ring, head), 0, bytes);
    }
    __atomic_store_n(&ring->trailer->head, head + bytes, __ATOMIC_RELEASE);
}

/* Reads for either kind of ring. The head is the consumer's own: relaxed. */
static inline int64_t pb_ring_drain(const pb_ring *ring, uint64_t *cleared, pb_ring_handler handler, void *context,
    uint32_t limit)
{
    uint64_t head = __atomic_load_n(&ring->trailer->head, __ATOMIC_RELAXED);
    uint32_t index = pb_ring_index(ring, head), bytes = 0, messages = 0;
    uint64_t start = head;
    int found = pb_ring_is_position(head) ? 1 : PB_RING_CORRUPT;
    while (found == 1 && messages < limit && bytes < ring->capacity - index) {
        pb_ring_action action = PB_RING_CONTINUE;
        int32_t type;
        uint32_t length;
        found = pb_ring_next(ring, index + bytes, &type, &length);
        if (found != 1)
            break;
        if (type != PB_RING_PADDING) {
            action = handler(context, type, ring->data + index + bytes + sizeof(pb_ring_record),
                length - (uint32_t)sizeof(pb_ring_record));
            if (action == PB_RING_ABORT)
                break;
            messages++;
        }
        bytes += pb_ring_align(length);
        if (action == PB_RING_BREAK)
            break;
        if (action == PB_RING_COMMIT) {
            pb_ring_give_back(ring, cleared, head, bytes);
            head += bytes;
            index += bytes;
            bytes = 0;
        }
    }
    pb_ring_give_back(ring, cleared, head, bytes);
    return found == PB_RING_CORRUPT && head + bytes == start ? PB_RING_CORRUPT : (int64_t)messages;
}

/* Hands at most limit messages to a handler, oldest first, and gives them back to the producer when it returns: how many, or
   PB_RING_CORRUPT. One call does not cross the end of the data: 0 does not mean that the ring is empty. A consumer that is
   killed before sees those of that call again. By the consumer: RingReader.read and controlledRead. */
static inline int64_t pb_ring_read(const pb_ring *ring, pb_ring_handler handler, void *context, uint32_t limit)
{
    return pb_ring_drain(ring, NULL, handler, context, limit);
}


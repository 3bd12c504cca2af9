/* SPDX-License-Identifier: Apache-2.0 */
/* ---- Shared rings: SharedRingWriter, RingReader and SharedRingRecovery in Java, ManyToOneRingBuffer in Agrona. ----
   Many producers, lock-free; one consumer, wait-free, which clears what it has read before it gives it back. */

/* A shared ring in this process, and the lane of the process's role. */
typedef struct pb_shared_ring {
    pb_ring ring;
    pb_shared_ring_head *head;
    pb_ring_lane *lane;
} pb_shared_ring;

/* A shared ring over memory of any kind, for a process of this role. NULL, or what is wrong. Any thread. */
static inline const char *pb_shared_ring_init(pb_shared_ring *shared, pb_shared_ring_head *head, void *data,
    uint64_t capacity, int role)
{
    if (role < 0 || (size_t)role >= sizeof head->lanes / sizeof head->lanes[0])
        return "a shared ring has no lane of this role";
    shared->head = head;
    shared->lane = &head->lanes[role];
    return pb_ring_init(&shared->ring, data, capacity, &shared->lane->dropped);
}

/* The shared ring of a section of kind PB_KIND_SHARED_RING, for a process of this role. NULL, or what is wrong. Any thread. */
static inline const char *pb_shared_ring_over(pb_shared_ring *shared, const pb_section *section, int role)
{
    if (!pb_ring_fits(section, sizeof(pb_shared_ring_head)))
        return "a shared ring's head, data and trailer do not fit into its section";
    return pb_shared_ring_init(shared, (pb_shared_ring_head *)(void *)section->base, section->elements, section->count,
        role);
}

/* Starts the role's lane anew. Once by each process that takes the role, before its first message, when the predecessor is
   proved dead. SharedRingWriter.takeOver. */
static inline void pb_shared_ring_take_over(const pb_shared_ring *shared)
{
    pb_ring_lane_take_over(shared->lane);
}

/* Moves the tail from where it was seen: 1, or 0 where another producer was faster. Release: who loads this tail with acquire sees
   the lane raised. Nothing is taken from the tail, so a relaxed failure. */
static inline int pb_shared_ring_move_tail(const pb_ring *ring, uint64_t tail, uint64_t next)
{
    return __atomic_compare_exchange_n(&ring->trailer->tail, &tail, next, 0, __ATOMIC_RELEASE, __ATOMIC_RELAXED) != 0;
}

/* Keeps a head for the other producers. Release: hands on what was acquired with it, that the bytes before are read and clear. */
static inline uint64_t pb_shared_ring_cache_head(const pb_ring *ring, uint64_t head)
{
    __atomic_store_n(&ring->trailer->head_cache, head, __ATOMIC_RELEASE);
    return head;
}

/* Claims bytes: PB_RING_SENT with the record's index, or PB_RING_FULL. ManyToOneRingBuffer.claimCapacity. */
static inline int pb_shared_ring_claim(const pb_ring *ring, uint32_t bytes, uint32_t *index)
{
    /* Acquire: pairs with pb_shared_ring_cache_head of another producer. */
    uint64_t head = __atomic_load_n(&ring->trailer->head_cache, __ATOMIC_ACQUIRE);
    for (;;) {
        uint64_t tail = __atomic_load_n(&ring->trailer->tail, __ATOMIC_RELAXED);
        uint32_t at = pb_ring_index(ring, tail), to_end = ring->capacity - at;
        int fits;
        if (!pb_ring_is_position(tail))
            return PB_RING_FULL;
        if (!pb_ring_has_room(ring, tail, head, bytes)) {
            head = pb_ring_head_acquire(ring);
            if (!pb_ring_has_room(ring, tail, head, bytes))
                return PB_RING_FULL;
            pb_shared_ring_cache_head(ring, head);
        }
        if (bytes <= to_end) {
            if (!pb_shared_ring_move_tail(ring, tail, tail + bytes))
                continue;
            *index = at;
            return PB_RING_SENT;
        }
        fits = bytes <= pb_ring_index(ring, head);
        if (!fits) {
            head = pb_shared_ring_cache_head(ring, pb_ring_head_acquire(ring));
            fits = bytes <= pb_ring_index(ring, head);
        }
        if (!pb_shared_ring_move_tail(ring, tail, tail + to_end + (fits ? bytes : 0u)))
            continue;
        pb_ring_pad(ring, at, to_end);
        *index = 0;
        return fits ? PB_RING_SENT : PB_RING_FULL;
    }
}

/* Checks, raises the role's lane and claims: PB_RING_SENT with the record's index, PB_RING_FULL or PB_RING_INVALID. */
static inline int pb_shared_ring_enter(const pb_shared_ring *shared, int32_t type, uint32_t length, uint32_t *index)
{
    if (!pb_ring_is_valid(&shared->ring, type, length))
        return PB_RING_INVALID;
    pb_ring_lane_open(shared->lane);
    if (pb_shared_ring_claim(&shared->ring, pb_ring_align(length + (uint32_t)sizeof(pb_ring_record)), index) == PB_RING_SENT)
        return PB_RING_SENT;
    pb_ring_lane_drop(shared->lane, 1);
    pb_ring_lane_leave(shared->lane);
    return PB_RING_FULL;
}

/* Appends a message: PB_RING_SENT, PB_RING_FULL or PB_RING_INVALID. Any thread of the role's process: SharedRingWriter.write,
   ManyToOneRingBuffer.write. The commit releases; the loads of the head and its copy acquire. */
static inline int pb_shared_ring_write(const pb_shared_ring *shared, int32_t type, const void *payload, uint32_t length)
{
    uint32_t index;
    int entered = pb_shared_ring_enter(shared, type, length, &index);
    if (entered != PB_RING_SENT)
        return entered;
    pb_ring_fill(&shared->ring, index, type, payload, length);
    pb_ring_lane_leave(shared->lane);
    return PB_RING_SENT;
}

/* Claims room for a message, to be stored in place: PB_RING_SENT with the payload's address, PB_RING_FULL or PB_RING_INVALID. The
   consumer stops before it until pb_shared_ring_commit or pb_shared_ring_abort. Any thread of the role's process:
   SharedRingWriter.tryClaim. */
static inline int pb_shared_ring_try_claim(const pb_shared_ring *shared, int32_t type, uint32_t length, void **payload)
{
    uint32_t index;
    int entered = pb_shared_ring_enter(shared, type, length, &index);
    if (entered == PB_RING_SENT)
        *payload = pb_ring_open(&shared->ring, index, type, length);
    return entered;
}

/* Ends a claim, so that the consumer sees the message: 1, or 0 where nothing is claimed there. Release. By who claimed:
   SharedRingWriter.commit. */
static inline int pb_shared_ring_commit(const pb_shared_ring *shared, const void *payload)
{
    if (!pb_ring_end(&shared->ring, payload, 1))
        return 0;
    pb_ring_lane_leave(shared->lane);
    return 1;
}

/* Ends a claim without a message: 1, or 0 where nothing is claimed there. Release. By who claimed: SharedRingWriter.abort. */
static inline int pb_shared_ring_abort(const pb_shared_ring *shared, const void *payload)
{
    if (!pb_ring_end(&shared->ring, payload, 0))
        return 0;
    pb_ring_lane_leave(shared->lane);
    return 1;
}

/* The messages of this role refused so far. Relaxed. Any thread. SharedRingWriter.dropped. */
static inline uint64_t pb_shared_ring_dropped(const pb_shared_ring *shared)
{
    return pb_ring_dropped(&shared->ring);
}

/* The bytes that records take at one moment, those of claims included. Any thread. */
static inline uint32_t pb_shared_ring_size(const pb_shared_ring *shared)
{
    return pb_ring_size(&shared->ring);
}

/* Hands at most limit messages to a handler and gives them back to the producers, as pb_ring_read does. By the consumer, which
   began with pb_shared_ring_recover: RingReader.read, ManyToOneRingBuffer.read. */
static inline int64_t pb_shared_ring_read(const pb_shared_ring *shared, pb_ring_handler handler, void *context,
    uint32_t limit)
{
    return pb_ring_drain(&shared->ring, &shared->head->cleared, handler, context, limit);
}

/* A consumer's knowledge of the claim that it waits for. */
typedef pb_ring_proof pb_shared_ring_recovery;

/* Finishes what a killed consumer was clearing, and begins a recovery. Once by each process that becomes the consumer, before its
   first read, when the predecessor is proved dead: RingReader.shared and SharedRingRecovery. */
static inline void pb_shared_ring_recover(const pb_shared_ring *shared, pb_shared_ring_recovery *recovery)
{
    uint64_t head = __atomic_load_n(&shared->ring.trailer->head, __ATOMIC_RELAXED);
    uint64_t end = __atomic_load_n(&shared->head->cleared, __ATOMIC_RELAXED);
    uint64_t most = shared->ring.capacity - pb_ring_index(&shared->ring, head);
    if (pb_ring_is_position(head) && pb_ring_is_position(end) && end - head <= most) {
        pb_ring_give_back(&shared->ring, &shared->head->cleared, head, (uint32_t)(end - head));
        head = end;
    }
    pb_ring_proof_init(recovery, head);
}

/* The bytes up to the next record, or to the tail, where a dead producer did not even store the length: what is free is clear,
   so the first word that is not 0 is a record's length. */
static inline uint32_t pb_shared_ring_gap(const pb_ring *ring, uint32_t index, uint64_t claimed)
{
    uint32_t to_end = ring->capacity - index, bytes = PB_RING_ALIGNMENT;
    uint32_t limit = claimed < to_end ? (uint32_t)claimed : to_end;
    while (bytes < limit && pb_ring_length(ring, index + bytes) == 0)
        bytes += PB_RING_ALIGNMENT;
    return bytes < limit ? bytes : limit;
}

/* Makes the claim at the head a padding record, if it is proved to be a dead producer's: the bytes freed; 0 where nothing is stuck or
   a live role may hold the claim; PB_RING_CORRUPT. dead_roles has the bits (1 << code) of the roles whose process is proved
   dead and has no successor yet. What is proved by exclusion: every role is dead, or was seen with no claim open after the
   claim was made; time plays no part. Call it again, with the reads, until the ring flows. Every producer must use these
   functions or SharedRingWriter: Agrona's class has no lane. By the consumer: SharedRingRecovery.unblock. */
static inline int64_t pb_shared_ring_unblock(const pb_shared_ring *shared, pb_shared_ring_recovery *recovery,
    uint32_t dead_roles)
{
    const pb_ring *ring = &shared->ring;
    uint64_t head = __atomic_load_n(&ring->trailer->head, __ATOMIC_RELAXED);
    uint32_t index = pb_ring_index(ring, head), bytes;
    int32_t length;
    if (!pb_ring_is_position(head))
        return PB_RING_CORRUPT;
    if (pb_ring_length(ring, index) > 0)
        return 0;
    if (!pb_ring_is_abandoned(recovery, shared->head->lanes, &ring->trailer->tail, head, dead_roles))
        return 0;
    /* All of the living that lies before the tail is committed: look once more. */
    length = pb_ring_length(ring, index);
    if (length > 0)
        return 0;
    bytes = length == 0 ? pb_shared_ring_gap(ring, index, recovery->tail - head) : pb_ring_align(0u - (uint32_t)length);
    if (bytes < sizeof(pb_ring_record) || bytes > ring->capacity - index || bytes % PB_RING_ALIGNMENT != 0)
        return PB_RING_CORRUPT;
    pb_ring_pad(ring, index, bytes);
    return bytes;
}


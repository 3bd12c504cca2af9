/* SPDX-License-Identifier: Apache-2.0 */
/* ---- Shared event queue: SharedEventQueue in Java. Many producers, lock-free; one consumer, wait-free. ----
   A producer takes slots by moving the tail, fills them, and stores the position after each into that slot's commit word;
   the consumer goes by the commit words. A slot that was claimed for nothing, by a claim that was aborted or by a producer
   that died, is skipped: its commit word then holds the same number with the highest bit flipped. */

/* One thread's side of a shared event queue in this process, and the lane of the process's role. */
typedef struct pb_shared_event_queue {
    pb_event_queue queue;
    uint64_t *commits;
    pb_ring_lane *lanes;
    pb_ring_lane *lane;
    pb_ring_proof proof;
} pb_shared_event_queue;

/* One thread's side of a queue over memory of any kind, for a process of this role: the slots, and behind the last a commit
   word for each. NULL, or what is wrong. Any thread. */
static inline const char *pb_shared_event_queue_init(pb_shared_event_queue *shared, pb_shared_event_queue_head *head,
    pb_event *slots, uint64_t capacity, int role)
{
    const char *wrong;
    if (role < 0 || (size_t)role >= sizeof head->lanes / sizeof head->lanes[0])
        return "a shared event queue has no lane of this role";
    wrong = pb_event_queue_set(&shared->queue, &head->tail, &head->head, slots, capacity);
    if (wrong != NULL)
        return wrong;
    shared->commits = (uint64_t *)(void *)(slots + capacity);
    shared->queue.commits = shared->commits;
    shared->lanes = head->lanes;
    shared->lane = &head->lanes[role];
    pb_ring_proof_init(&shared->proof, shared->queue.cached_tail);
    return NULL;
}

/* One thread's side of the queue of a section of kind PB_KIND_SHARED_EVENT_QUEUE, for a process of this role. NULL, or what
   is wrong. Any thread. SharedEventQueue.over. */
static inline const char *pb_shared_event_queue_over(pb_shared_event_queue *shared, const pb_section *section, int role)
{
    if ((size_t)(section->elements - section->base) < sizeof(pb_shared_event_queue_head)
        || section->stride != sizeof(pb_event)
        || (uint64_t)section->count * (sizeof(pb_event) + sizeof(uint64_t)) > section->copy_stride)
        return "a shared event queue's head, slots and commit words do not fit into its section";
    return pb_shared_event_queue_init(shared, (pb_shared_event_queue_head *)(void *)section->base,
        (pb_event *)(void *)section->elements, section->count, role);
}

/* Starts the role's lane anew. Once by each process that takes the role, before its first event, when the predecessor is
   proved dead. SharedEventQueue.takeOver. */
static inline void pb_shared_event_queue_take_over(const pb_shared_event_queue *shared)
{
    pb_ring_lane_take_over(shared->lane);
}

/* Takes up to so many slots in a row, from *position on, and counts as refused what there is no room for: how many.
   SharedEventQueue.claim. */
static inline uint32_t pb_shared_event_queue_claim(pb_shared_event_queue *shared, uint32_t most, uint64_t *position)
{
    uint32_t free;
    pb_ring_lane_open(shared->lane);
    *position = __atomic_load_n(shared->queue.tail, __ATOMIC_RELAXED);
    /* Release: who loads this tail with acquire sees the lane raised. A failure only answers the tail: relaxed. */
    do
        free = pb_event_queue_free(&shared->queue, *position, most);
    while (free > 0
        && !__atomic_compare_exchange_n(shared->queue.tail, position, *position + free, 0, __ATOMIC_RELEASE, __ATOMIC_RELAXED));
    if (free < most)
        pb_ring_lane_drop(shared->lane, most - free);
    if (free == 0)
        pb_ring_lane_leave(shared->lane);
    return free;
}

static inline uint64_t *pb_shared_event_queue_commit_word(const pb_shared_event_queue *shared, uint64_t position)
{
    return shared->commits + (position & (shared->queue.capacity - 1u));
}

/* Shows the consumer so many slots that were claimed. Release: pairs with the acquire of pb_event_queue_state and
   SharedEventQueue.stateOf. SharedEventQueue.publish. */
static inline void pb_shared_event_queue_publish(const pb_shared_event_queue *shared, uint64_t position, uint32_t count)
{
    uint64_t at;
    for (at = position; at != position + count; at++)
        __atomic_store_n(pb_shared_event_queue_commit_word(shared, at), pb_event_queue_committed(at), __ATOMIC_RELEASE);
    pb_ring_lane_leave(shared->lane);
}

/* Appends an event: 1, or 0 where the queue is full; the role's drop counter then says one more. By a producer:
   SharedEventQueue.offer. */
static inline int pb_shared_event_queue_offer(pb_shared_event_queue *shared, const pb_event *event)
{
    uint64_t position;
    if (pb_shared_event_queue_claim(shared, 1, &position) == 0)
        return 0;
    pb_event_queue_fill(&shared->queue, position, event);
    pb_shared_event_queue_publish(shared, position, 1);
    return 1;
}

/* Appends the first of so many events, as many as there is room for, with no other producer's between them: how many; the
   role's drop counter says as many more as were not. By a producer: SharedEventQueue.offerBatch. */
static inline uint32_t pb_shared_event_queue_offer_batch(pb_shared_event_queue *shared, const pb_event *events, uint32_t count)
{
    uint64_t position;
    uint32_t taken = pb_shared_event_queue_claim(shared, count, &position), i;
    for (i = 0; i < taken; i++)
        pb_event_queue_fill(&shared->queue, position + i, &events[i]);
    if (taken > 0)
        pb_shared_event_queue_publish(shared, position, taken);
    return taken;
}

/* Claims a slot, to be filled in place: its address, or NULL where the queue is full, which is counted. The consumer stops
   before it until pb_shared_event_queue_commit or pb_shared_event_queue_abort. Several may be open. By a producer:
   SharedEventQueue.tryClaim. */
static inline pb_event *pb_shared_event_queue_try_claim(pb_shared_event_queue *shared)
{
    uint64_t position;
    return pb_shared_event_queue_claim(shared, 1, &position) == 0 ? NULL : pb_event_queue_slot(&shared->queue, position);
}

/* Whether a position is committed or skipped. Relaxed: for who does not look at the event. SharedEventQueue.isEnded. */
static inline int pb_shared_event_queue_is_ended(const pb_shared_event_queue *shared, uint64_t position)
{
    uint64_t word = __atomic_load_n(pb_shared_event_queue_commit_word(shared, position), __ATOMIC_RELAXED);
    return word == pb_event_queue_committed(position) || word == pb_event_queue_skipped(position);
}

/* The position of the open claim in a slot, the last before the tail, which is less than a lap away: 1, or 0 where nothing
   is claimed. Relaxed: this thread's own claim lies between them. SharedEventQueue.claimedAt. */
static inline int pb_shared_event_queue_claimed_at(const pb_shared_event_queue *shared, const pb_event *slot, uint64_t *position)
{
    uint64_t last = __atomic_load_n(shared->queue.tail, __ATOMIC_RELAXED) - 1u;
    uintptr_t bytes = (uintptr_t)slot - (uintptr_t)shared->queue.slots;
    if (bytes % sizeof *slot != 0 || bytes / sizeof *slot >= shared->queue.capacity)
        return 0;
    *position = last - ((last - bytes / sizeof *slot) & (shared->queue.capacity - 1u));
    return (int64_t)(*position - __atomic_load_n(shared->queue.head, __ATOMIC_RELAXED)) >= 0
        && !pb_shared_event_queue_is_ended(shared, *position);
}

/* Ends a claim, so that the consumer sees the event: 1, or 0 where nothing is claimed there. Release. By who claimed:
   SharedEventQueue.commit. */
static inline int pb_shared_event_queue_commit(const pb_shared_event_queue *shared, const pb_event *slot)
{
    uint64_t position;
    if (!pb_shared_event_queue_claimed_at(shared, slot, &position))
        return 0;
    pb_shared_event_queue_publish(shared, position, 1);
    return 1;
}

/* Ends a claim without an event: the consumer skips the slot. 1, or 0 where nothing is claimed there. Release: pairs with
   pb_event_queue_state; what the producer has stored in the slot comes before its next use. By who claimed:
   SharedEventQueue.abort. */
static inline int pb_shared_event_queue_abort(const pb_shared_event_queue *shared, const pb_event *slot)
{
    uint64_t position;
    if (!pb_shared_event_queue_claimed_at(shared, slot, &position))
        return 0;
    __atomic_store_n(
        pb_shared_event_queue_commit_word(shared, position), pb_event_queue_skipped(position), __ATOMIC_RELEASE);
    pb_ring_lane_leave(shared->lane);
    return 1;
}

/* The number of slots. Any thread. */
static inline uint32_t pb_shared_event_queue_capacity(const pb_shared_event_queue *shared)
{
    return shared->queue.capacity;
}

/* How many slots are taken, those of open claims included: as pb_event_queue_size. Any thread. */
static inline uint32_t pb_shared_event_queue_size(const pb_shared_event_queue *shared)
{
    return pb_event_queue_size(&shared->queue);
}

/* Whether no slot is taken. Any thread. */
static inline int pb_shared_event_queue_is_empty(const pb_shared_event_queue *shared)
{
    return pb_event_queue_is_empty(&shared->queue);
}

/* The events that one role could not send because the queue was full; 0 for no role. Any thread. Relaxed.
   SharedEventQueue.dropped. */
static inline uint64_t pb_shared_event_queue_dropped_by(const pb_shared_event_queue *shared, int role)
{
    const int roles = (int)(sizeof((pb_shared_event_queue_head *)0)->lanes / sizeof(pb_ring_lane));
    return role < 0 || role >= roles ? 0 : __atomic_load_n(&shared->lanes[role].dropped, __ATOMIC_RELAXED);
}

/* The events that could not be sent because the queue was full, of all roles. Any thread. SharedEventQueue.dropped. */
static inline uint64_t pb_shared_event_queue_dropped(const pb_shared_event_queue *shared)
{
    uint64_t sum = 0;
    size_t role;
    for (role = 0; role < sizeof((pb_shared_event_queue_head *)0)->lanes / sizeof(pb_ring_lane); role++)
        sum += pb_shared_event_queue_dropped_by(shared, (int)role);
    return sum;
}

/* Hands at most limit events to a handler and gives their slots back, as pb_event_queue_poll does. By the consumer:
   SlotQueue.poll. */
static inline uint32_t pb_shared_event_queue_poll(pb_shared_event_queue *shared, pb_event_handler handler, void *context,
    uint32_t limit)
{
    return pb_event_queue_poll(&shared->queue, handler, context, limit);
}

/* The same for the events that happen before a frame, as pb_event_queue_poll_before does. By the consumer:
   SlotQueue.pollBefore. */
static inline uint32_t pb_shared_event_queue_poll_before(pb_shared_event_queue *shared, int32_t sample_offset,
    pb_event_handler handler, void *context, uint32_t limit)
{
    return pb_event_queue_poll_before(&shared->queue, sample_offset, handler, context, limit);
}

/* The oldest event, or NULL where none can be read. By the consumer: SlotQueue.peekFirst. */
static inline const pb_event *pb_shared_event_queue_peek_first(pb_shared_event_queue *shared)
{
    return pb_event_queue_peek_first(&shared->queue);
}

/* Gives the slot of the event that pb_shared_event_queue_peek_first has just answered back. By the consumer:
   SlotQueue.removeFirst. */
static inline void pb_shared_event_queue_remove_first(const pb_shared_event_queue *shared)
{
    pb_event_queue_remove_first(&shared->queue);
}

/* Frees the slots that dead producers have claimed and not committed, where that is proved: how many, which the next poll
   skips; 0 where nothing is stuck or a live role may hold the claim. dead_roles has the bits (1 << code) of the roles whose
   process is proved dead and has no successor yet. Call it again, with the polls, until the queue flows. By the consumer:
   SharedEventQueue.unblock. */
static inline uint32_t pb_shared_event_queue_unblock(pb_shared_event_queue *shared, uint32_t dead_roles)
{
    uint64_t head = pb_event_queue_head_position(&shared->queue), end, position;
    uint32_t freed = 0;
    if (pb_shared_event_queue_is_ended(shared, head)
        || !pb_ring_is_abandoned(&shared->proof, shared->lanes, shared->queue.tail, head, dead_roles))
        return 0;
    /* All of the living that lies before the tail is committed: look once more. */
    end = shared->proof.tail - head < shared->queue.capacity ? shared->proof.tail : head + shared->queue.capacity;
    for (position = head; position != end; position++)
        if (!pb_shared_event_queue_is_ended(shared, position)) {
            /* Relaxed: for this thread, and for a successor of its process. */
            __atomic_store_n(
                pb_shared_event_queue_commit_word(shared, position), pb_event_queue_skipped(position), __ATOMIC_RELAXED);
            freed++;
        }
    return freed;
}


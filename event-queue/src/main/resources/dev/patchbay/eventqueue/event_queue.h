/* SPDX-License-Identifier: Apache-2.0 */
/* ---- Event queue: EventQueue in Java. One producer, one consumer, wait-free on both sides. ----
   Positions count slots since the start, as unsigned numbers that are only ever subtracted and so may wrap; the slot is the
   position modulo the capacity. An event is published by the tail alone: a producer that is killed leaves its last event
   there whole or not at all, and its successor has nothing to repair. */

/* Takes an event that a consumer polls. It lies in the queue: what is to be kept must be copied. Returns, does not jump or
   throw, and does not call the queue. EventHandler.onEvent in Java. */
typedef void (*pb_event_handler)(void *context, const pb_event *event);

/* One side of a queue in this process, for one thread at a time: where its bytes lie, and what this side last saw of the
   other. A process that is both producer and consumer makes two. A copy of the numbers, so a directory that changes does no
   harm. */
typedef struct pb_event_queue {
    pb_event *slots;
    uint64_t *tail;
    uint64_t *head;
    uint64_t *dropped;
    const uint64_t *commits; /* of a queue with many producers, else NULL */
    const pb_event *open; /* the slot that is claimed, or NULL */
    uint64_t cached_head;
    uint64_t cached_tail;
    uint32_t capacity;
} pb_event_queue;

/* What pb_event_queue_state answers. */
enum {
    PB_EVENT_QUEUE_EMPTY, /* the consumer must wait */
    PB_EVENT_QUEUE_HOLDS, /* an event */
    PB_EVENT_QUEUE_SKIPPED /* claimed, but no event: with many producers only */
};

/* Sets up what both kinds of queue have. As if it were full to its producer and empty to its consumer: each looks at the
   other's position first. Relaxed: nothing is taken from these loads. */
static inline const char *pb_event_queue_set(pb_event_queue *queue, uint64_t *tail, uint64_t *head, pb_event *slots,
    uint64_t capacity)
{
    if (capacity < 1u || capacity > (UINT32_C(1) << 30) || (capacity & (capacity - 1u)) != 0)
        return "an event queue's capacity is not a power of two";
    queue->slots = slots;
    queue->tail = tail;
    queue->head = head;
    queue->dropped = NULL;
    queue->commits = NULL;
    queue->open = NULL;
    queue->capacity = (uint32_t)capacity;
    queue->cached_head = __atomic_load_n(tail, __ATOMIC_RELAXED) - capacity;
    queue->cached_tail = __atomic_load_n(head, __ATOMIC_RELAXED);
    return NULL;
}

/* A side of a queue over memory of any kind. NULL, or what is wrong. Any thread. */
static inline const char *pb_event_queue_init(pb_event_queue *queue, pb_event_queue_head *head, pb_event *slots,
    uint64_t capacity)
{
    const char *wrong = pb_event_queue_set(queue, &head->tail, &head->head, slots, capacity);
    queue->dropped = &head->dropped;
    return wrong;
}

/* A side of the queue of a section of kind PB_KIND_EVENT_QUEUE. NULL, or what is wrong. Any thread. EventQueue.over. */
static inline const char *pb_event_queue_over(pb_event_queue *queue, const pb_section *section)
{
    if ((size_t)(section->elements - section->base) < sizeof(pb_event_queue_head) || section->stride != sizeof(pb_event)
        || (uint64_t)section->count * sizeof(pb_event) > section->copy_stride)
        return "an event queue's head and slots do not fit into its section";
    return pb_event_queue_init(queue, (pb_event_queue_head *)(void *)section->base,
        (pb_event *)(void *)section->elements, section->count);
}

static inline pb_event *pb_event_queue_slot(const pb_event_queue *queue, uint64_t position)
{
    return queue->slots + (position & (queue->capacity - 1u));
}

/* Acquire: pairs with pb_event_queue_advance and SlotQueue.headRelease, so that no slot is overwritten before it was read. */
static inline uint64_t pb_event_queue_head_acquire(const pb_event_queue *queue)
{
    return __atomic_load_n(queue->head, __ATOMIC_ACQUIRE);
}

/* Up to so many free slots from a tail on, of which the producer knows by a head that is as old as will do. */
static inline uint32_t pb_event_queue_free(pb_event_queue *queue, uint64_t tail, uint32_t most)
{
    int64_t free;
    if ((int64_t)(tail - queue->cached_head) > (int64_t)queue->capacity - (int64_t)most)
        queue->cached_head = pb_event_queue_head_acquire(queue);
    free = (int64_t)queue->capacity - (int64_t)(tail - queue->cached_head);
    return free < 0 ? 0u : free < (int64_t)most ? (uint32_t)free : most;
}

/* Takes up to so many slots from the tail on, and counts as refused what there is no room for: how many. The tail and the
   count are the producer's own: relaxed. EventQueue.claim. */
static inline uint32_t pb_event_queue_claim(pb_event_queue *queue, uint32_t most, uint64_t *position)
{
    uint32_t free;
    *position = __atomic_load_n(queue->tail, __ATOMIC_RELAXED);
    free = pb_event_queue_free(queue, *position, most);
    if (free < most)
        __atomic_store_n(queue->dropped, __atomic_load_n(queue->dropped, __ATOMIC_RELAXED) + (most - free), __ATOMIC_RELAXED);
    return free;
}

/* Stores an event in a slot. By memcpy: gcc's ThreadSanitizer does not see an assignment of structs that it expands in place. */
static inline void pb_event_queue_fill(const pb_event_queue *queue, uint64_t position, const pb_event *event)
{
    memcpy(pb_event_queue_slot(queue, position), event, sizeof *event);
}

/* Shows the consumer the slots before a position. Release: pairs with the acquire of pb_event_queue_tail and
   EventQueue.tail. */
static inline void pb_event_queue_publish(const pb_event_queue *queue, uint64_t position)
{
    __atomic_store_n(queue->tail, position, __ATOMIC_RELEASE);
}

/* Appends an event: 1, or 0 where the queue is full; the drop counter then says one more. By the producer:
   EventQueue.offer. */
static inline int pb_event_queue_offer(pb_event_queue *queue, const pb_event *event)
{
    uint64_t position;
    if (pb_event_queue_claim(queue, 1, &position) == 0)
        return 0;
    pb_event_queue_fill(queue, position, event);
    pb_event_queue_publish(queue, position + 1u);
    return 1;
}

/* Appends the first of so many events, as many as there is room for: how many; the drop counter says as many more as were
   not. By the producer: EventQueue.offerBatch. */
static inline uint32_t pb_event_queue_offer_batch(pb_event_queue *queue, const pb_event *events, uint32_t count)
{
    uint64_t position;
    uint32_t taken = pb_event_queue_claim(queue, count, &position), i;
    for (i = 0; i < taken; i++)
        pb_event_queue_fill(queue, position + i, &events[i]);
    if (taken > 0)
        pb_event_queue_publish(queue, position + taken);
    return taken;
}

/* Claims the next slot, to be filled in place: its address, or NULL where the queue is full, which is counted, or a claim
   is still open. No event may be offered until pb_event_queue_commit or pb_event_queue_abort. By the producer:
   EventQueue.tryClaim. */
static inline pb_event *pb_event_queue_try_claim(pb_event_queue *queue)
{
    uint64_t position;
    if (queue->open != NULL || pb_event_queue_claim(queue, 1, &position) == 0)
        return NULL;
    queue->open = pb_event_queue_slot(queue, position);
    return pb_event_queue_slot(queue, position);
}

/* Ends a claim without an event: nothing is published. 1, or 0 where nothing is claimed there. By the producer:
   EventQueue.abort. */
static inline int pb_event_queue_abort(pb_event_queue *queue, const pb_event *slot)
{
    uint64_t tail = __atomic_load_n(queue->tail, __ATOMIC_RELAXED);
    if (slot == NULL || slot != queue->open || slot != pb_event_queue_slot(queue, tail))
        return 0;
    queue->open = NULL;
    return 1;
}

/* Ends a claim, so that the consumer sees the event: 1, or 0 where nothing is claimed there. Release. By the producer:
   EventQueue.commit. */
static inline int pb_event_queue_commit(pb_event_queue *queue, const pb_event *slot)
{
    if (!pb_event_queue_abort(queue, slot))
        return 0;
    pb_event_queue_publish(queue, __atomic_load_n(queue->tail, __ATOMIC_RELAXED) + 1u);
    return 1;
}

/* The number of slots. Any thread. */
static inline uint32_t pb_event_queue_capacity(const pb_event_queue *queue)
{
    return queue->capacity;
}

/* How many slots are taken, between 0 and the capacity. Any thread. The producer sees no fewer than there are and the
   consumer no more; who is neither gets an estimate. Relaxed, both loads: nothing is taken from them. SlotQueue.size. */
static inline uint32_t pb_event_queue_size(const pb_event_queue *queue)
{
    uint64_t head = __atomic_load_n(queue->head, __ATOMIC_RELAXED);
    int64_t size = (int64_t)(__atomic_load_n(queue->tail, __ATOMIC_RELAXED) - head);
    return size < 0 ? 0u : size < (int64_t)queue->capacity ? (uint32_t)size : queue->capacity;
}

/* Whether no slot is taken. Any thread. SlotQueue.isEmpty. */
static inline int pb_event_queue_is_empty(const pb_event_queue *queue)
{
    return pb_event_queue_size(queue) == 0;
}

/* The events that were refused so far because the queue was full. Any thread. Relaxed: the count says nothing of any other
   word. EventQueue.dropped. */
static inline uint64_t pb_event_queue_dropped(const pb_event_queue *queue)
{
    return __atomic_load_n(queue->dropped, __ATOMIC_RELAXED);
}

/* The position after the last event. Any thread. Acquire: pairs with the release of pb_event_queue_publish and
   EventQueue.publish, so the events before it can be read. EventQueue.tail. */
static inline uint64_t pb_event_queue_tail(const pb_event_queue *queue)
{
    return __atomic_load_n(queue->tail, __ATOMIC_ACQUIRE);
}

/* The position of the next event to read: relaxed, the consumer alone moves it. By the consumer: EventQueue.head. */
static inline uint64_t pb_event_queue_head_position(const pb_event_queue *queue)
{
    return __atomic_load_n(queue->head, __ATOMIC_RELAXED);
}

/* The event at a position from head to before tail, for plain loads, until pb_event_queue_advance goes past it. By the
   consumer: EventQueue.peek. */
static inline const pb_event *pb_event_queue_peek(const pb_event_queue *queue, uint64_t position)
{
    return pb_event_queue_slot(queue, position);
}

/* Gives the slots before a position back to the producer. Release: pairs with pb_event_queue_head_acquire and
   SlotQueue.headAcquire. By the consumer: EventQueue.advance. */
static inline void pb_event_queue_advance(const pb_event_queue *queue, uint64_t position)
{
    __atomic_store_n(queue->head, position, __ATOMIC_RELEASE);
}

/* Before the consumer looks at states: learns of so many events from a position on, if there are as many.
   EventQueue.refresh. */
static inline void pb_event_queue_refresh(pb_event_queue *queue, uint64_t from, uint32_t most)
{
    if (queue->commits == NULL && (int64_t)(queue->cached_tail - from) < (int64_t)most)
        queue->cached_tail = pb_event_queue_tail(queue);
}

/* What the commit word of a queue with many producers says once the event at a position may be read. */
static inline uint64_t pb_event_queue_committed(uint64_t position)
{
    return position + 1u;
}

/* What it says where there is none to be read. No other position has this number, be it committed or skipped. */
static inline uint64_t pb_event_queue_skipped(uint64_t position)
{
    return pb_event_queue_committed(position) ^ UINT64_C(1) << 63;
}

/* What is at a position: by the tail as far as the consumer knows it, or by the position's commit word. Acquire: pairs with
   pb_shared_event_queue_publish and SharedEventQueue.publish, so that an event is whole. SlotQueue.stateOf. */
static inline int pb_event_queue_state(const pb_event_queue *queue, uint64_t position)
{
    uint64_t word;
    if (queue->commits == NULL)
        return (int64_t)(queue->cached_tail - position) > 0 ? PB_EVENT_QUEUE_HOLDS : PB_EVENT_QUEUE_EMPTY;
    word = __atomic_load_n(queue->commits + (position & (queue->capacity - 1u)), __ATOMIC_ACQUIRE);
    if (word == pb_event_queue_committed(position))
        return PB_EVENT_QUEUE_HOLDS;
    return word == pb_event_queue_skipped(position) ? PB_EVENT_QUEUE_SKIPPED : PB_EVENT_QUEUE_EMPTY;
}

/* Hands events to a handler, at most as many as the queue has slots, and then gives their slots back. SlotQueue.drain. */
static inline uint32_t pb_event_queue_drain(pb_event_queue *queue, int64_t before, pb_event_handler handler, void *context,
    uint32_t limit)
{
    uint32_t most = limit < queue->capacity ? limit : queue->capacity, events = 0;
    uint64_t head = pb_event_queue_head_position(queue), position = head;
    pb_event_queue_refresh(queue, head, most);
    while (events < most) {
        int state = pb_event_queue_state(queue, position);
        const pb_event *event = pb_event_queue_slot(queue, position);
        if (state == PB_EVENT_QUEUE_EMPTY)
            break;
        if (state == PB_EVENT_QUEUE_HOLDS) {
            if (event->sample_offset >= before)
                break;
            handler(context, event);
            events++;
        }
        position++;
    }
    if (position != head)
        pb_event_queue_advance(queue, position);
    return events;
}

/* Hands at most limit events to a handler, oldest first, and gives their slots back when it returns: how many; fewer than
   the limit only where no more are there. A consumer that is killed before has given nothing back: its successor gets the
   events of that call, and no others, once more. By the consumer: SlotQueue.poll. */
static inline uint32_t pb_event_queue_poll(pb_event_queue *queue, pb_event_handler handler, void *context, uint32_t limit)
{
    return pb_event_queue_drain(queue, INT64_MAX, handler, context, limit);
}

/* The same for the events that happen before a frame: it stops at the first that does not, even if earlier ones follow. By
   the consumer: SlotQueue.pollBefore. */
static inline uint32_t pb_event_queue_poll_before(pb_event_queue *queue, int32_t sample_offset, pb_event_handler handler,
    void *context, uint32_t limit)
{
    return pb_event_queue_drain(queue, sample_offset, handler, context, limit);
}

/* The oldest event, or NULL where there is none; it stays until pb_event_queue_remove_first or a poll. By the consumer:
   SlotQueue.peekFirst. */
static inline const pb_event *pb_event_queue_peek_first(pb_event_queue *queue)
{
    uint64_t head = pb_event_queue_head_position(queue), position = head;
    int state;
    pb_event_queue_refresh(queue, head, 1);
    for (state = pb_event_queue_state(queue, position); state == PB_EVENT_QUEUE_SKIPPED;)
        state = pb_event_queue_state(queue, ++position);
    if (position != head)
        pb_event_queue_advance(queue, position);
    return state == PB_EVENT_QUEUE_HOLDS ? pb_event_queue_slot(queue, position) : NULL;
}

/* Gives the slot of the event that pb_event_queue_peek_first has just answered back; does nothing where it was NULL. By the
   consumer: SlotQueue.removeFirst. */
static inline void pb_event_queue_remove_first(const pb_event_queue *queue)
{
    uint64_t head = pb_event_queue_head_position(queue);
    if (pb_event_queue_state(queue, head) == PB_EVENT_QUEUE_HOLDS)
        pb_event_queue_advance(queue, head + 1u);
}


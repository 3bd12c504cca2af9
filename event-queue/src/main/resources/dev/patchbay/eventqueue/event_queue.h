/* SPDX-License-Identifier: Apache-2.0 */
/* ---- Event queue: EventQueue in Java. One producer, one consumer, wait-free. ---- */

/* Appends an event: EventQueue.offer in Java. 1, or 0 where the queue is full; the drop counter then says one more. By the
   producer alone, one thread. */
static inline int pb_event_queue_offer(const pb_section *queue, const pb_event *event)
{
    pb_event_queue_head *head = (pb_event_queue_head *)(void *)queue->base;
    uint64_t tail = __atomic_load_n(&head->tail, __ATOMIC_RELAXED);
    /* Acquire: pairs with the release of pb_event_queue_advance and EventQueue.advance, so a slot is not overwritten before it
       was read. */
    if (tail - __atomic_load_n(&head->head, __ATOMIC_ACQUIRE) >= queue->count) {
        __atomic_store_n(&head->dropped, __atomic_load_n(&head->dropped, __ATOMIC_RELAXED) + 1u, __ATOMIC_RELEASE);
        return 0;
    }
    memcpy(pb_section_element(queue, (uint32_t)(tail & (queue->count - 1u))), event, sizeof *event);
    /* Release: pairs with the acquire of pb_event_queue_tail and EventQueue.tail. */
    __atomic_store_n(&head->tail, tail + 1u, __ATOMIC_RELEASE);
    return 1;
}

/* The position after the last event: EventQueue.tail in Java. Any thread. Acquire: pairs with the release of
   pb_event_queue_offer and EventQueue.offer, so the events before it can be read. */
static inline uint64_t pb_event_queue_tail(const pb_section *queue)
{
    return __atomic_load_n(&((const pb_event_queue_head *)(const void *)queue->base)->tail, __ATOMIC_ACQUIRE);
}

/* The position of the next event to read: EventQueue.head in Java. Any thread; the consumer alone moves it. Acquire: pairs with
   the release of pb_event_queue_advance and EventQueue.advance. */
static inline uint64_t pb_event_queue_head_position(const pb_section *queue)
{
    return __atomic_load_n(&((const pb_event_queue_head *)(const void *)queue->base)->head, __ATOMIC_ACQUIRE);
}

/* The event at a position from head to before tail, for plain loads: EventQueue.peek in Java. By the consumer alone, until
   pb_event_queue_advance goes past it. */
static inline const pb_event *pb_event_queue_peek(const pb_section *queue, uint64_t position)
{
    return (const pb_event *)pb_section_element(queue, (uint32_t)(position & (queue->count - 1u)));
}

/* Gives the slots before a position back to the producer: EventQueue.advance in Java. By the consumer alone. */
static inline void pb_event_queue_advance(const pb_section *queue, uint64_t position)
{
    /* Release: pairs with the acquire of pb_event_queue_offer and EventQueue.offer. */
    __atomic_store_n(&((pb_event_queue_head *)(void *)queue->base)->head, position, __ATOMIC_RELEASE);
}

/* The events that were refused so far because the queue was full: EventQueue.dropped in Java. Any thread. Acquire: pairs with the
   release of the producer's count. */
static inline uint64_t pb_event_queue_dropped(const pb_section *queue)
{
    return __atomic_load_n(&((const pb_event_queue_head *)(const void *)queue->base)->dropped, __ATOMIC_ACQUIRE);
}


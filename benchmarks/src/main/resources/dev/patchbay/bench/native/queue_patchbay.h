/* SPDX-License-Identifier: Apache-2.0 */
/* Patchbay: pb_event_queue_offer, pb_event_queue_offer_batch, and pb_event_queue_poll, which hands out the slots in place. */
#define BENCH_HAS_BACK 1
#define BENCH_SENDERS 1

typedef struct bench_queue {
    pb_event_queue producer;
    BENCH_ALIGNED pb_event_queue consumer;
} bench_queue;

static void bench_queue_open(bench_queue *queue, const pb_region *region, const char *path, int back)
{
    (void)path;
    if (region == NULL) {
        pb_event_queue_head *head = (pb_event_queue_head *)bench_memory(sizeof *head);
        pb_event *slots = (pb_event *)bench_memory(BENCH_CAPACITY * sizeof *slots);
        if (pb_event_queue_init(&queue->producer, head, slots, BENCH_CAPACITY) != NULL
            || pb_event_queue_init(&queue->consumer, head, slots, BENCH_CAPACITY) != NULL)
            bench_fail("no queue could be made");
    } else {
        pb_section section;
        if (!(back ? PB_FIND(region, PB_BENCH_BACK, &section) : PB_FIND(region, PB_BENCH_THERE, &section))
            || pb_event_queue_over(&queue->producer, &section) != NULL || pb_event_queue_over(&queue->consumer, &section) != NULL)
            bench_fail("the region has no queue");
    }
}

static inline int bench_queue_send(bench_queue *queue, int sender, const pb_event *event)
{
    (void)sender;
    return pb_event_queue_offer(&queue->producer, event);
}

static inline unsigned bench_queue_send_batch(bench_queue *queue, int sender, const pb_event *events, unsigned count)
{
    (void)sender;
    return pb_event_queue_offer_batch(&queue->producer, events, count);
}

static inline void bench_take(void *checker, const pb_event *event)
{
    bench_check((bench_checker *)checker, event);
}

static inline unsigned bench_queue_receive(bench_queue *queue, bench_checker *checker, unsigned limit)
{
    return pb_event_queue_poll(&queue->consumer, bench_take, checker, limit);
}

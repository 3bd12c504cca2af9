/* SPDX-License-Identifier: Apache-2.0 */
/* Patchbay: pb_shared_event_queue_offer, _offer_batch, and _poll, which hands out the slots in place. */
#define BENCH_HAS_BACK 0
#define BENCH_SENDERS 2

typedef struct bench_many {
    BENCH_ALIGNED pb_shared_event_queue queue;
} bench_many;

typedef struct bench_queue {
    bench_many sides[BENCH_SENDERS + 1];
} bench_queue;

static void bench_queue_open(bench_queue *queue, const pb_region *region, const char *path, int back)
{
    pb_shared_event_queue_head *head = (pb_shared_event_queue_head *)bench_memory(sizeof *head);
    pb_event *slots = (pb_event *)bench_memory(BENCH_CAPACITY * (sizeof *slots + sizeof(uint64_t)));
    int role;
    (void)path;
    (void)back;
    if (region != NULL)
        bench_fail("this queue is measured in one process");
    for (role = 0; role <= BENCH_SENDERS; role++)
        if (pb_shared_event_queue_init(&queue->sides[role].queue, head, slots, BENCH_CAPACITY, role) != NULL)
            bench_fail("no queue could be made");
}

static inline int bench_queue_send(bench_queue *queue, int sender, const pb_event *event)
{
    return pb_shared_event_queue_offer(&queue->sides[sender].queue, event);
}

static inline unsigned bench_queue_send_batch(bench_queue *queue, int sender, const pb_event *events, unsigned count)
{
    return pb_shared_event_queue_offer_batch(&queue->sides[sender].queue, events, count);
}

static inline void bench_take(void *checker, const pb_event *event)
{
    bench_check((bench_checker *)checker, event);
}

static inline unsigned bench_queue_receive(bench_queue *queue, bench_checker *checker, unsigned limit)
{
    return pb_shared_event_queue_poll(&queue->sides[BENCH_SENDERS].queue, bench_take, checker, limit);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The least that can carry a message from one processor to another: one cache line with the event and its number. It holds one message and
   overwrites it: for round trips only. CacheLine in Java. */
#define BENCH_HAS_BACK 1
#define BENCH_SENDERS 1

typedef struct bench_line {
    int64_t sequence;
    pb_event event;
} bench_line;

typedef struct bench_queue {
    bench_line *line;
} bench_queue;

static void bench_queue_open(bench_queue *queue, const pb_region *region, const char *path, int back)
{
    (void)path;
    (void)back;
    if (region != NULL)
        bench_fail("this queue is measured in one process");
    queue->line = (bench_line *)bench_memory(sizeof *queue->line);
}

static inline int bench_queue_send(bench_queue *queue, int sender, const pb_event *event)
{
    (void)sender;
    queue->line->event = *event;
    __atomic_store_n(&queue->line->sequence, (int64_t)event->value + 1, __ATOMIC_RELEASE);
    return 1;
}

static inline unsigned bench_queue_send_batch(bench_queue *queue, int sender, const pb_event *events, unsigned count)
{
    (void)count;
    return (unsigned)bench_queue_send(queue, sender, events);
}

static inline unsigned bench_queue_receive(bench_queue *queue, bench_checker *checker, unsigned limit)
{
    (void)limit;
    if (__atomic_load_n(&queue->line->sequence, __ATOMIC_ACQUIRE) == checker->received)
        return 0;
    bench_check(checker, &queue->line->event);
    return 1;
}

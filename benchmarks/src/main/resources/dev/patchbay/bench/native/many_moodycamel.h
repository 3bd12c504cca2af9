/* SPDX-License-Identifier: Apache-2.0 */
/* moodycamel::ConcurrentQueue with a token for each producer and for the consumer, as its author recommends: try_enqueue, which never
   allocates, try_enqueue_bulk, try_dequeue and try_dequeue_bulk. Room for a capacity for each producer, in whole blocks. */
#include <concurrentqueue/concurrentqueue.h>
#define BENCH_HAS_BACK 0
#define BENCH_SENDERS 2

typedef moodycamel::ConcurrentQueue<pb_event> bench_concurrent;

struct bench_queue {
    bench_concurrent *queue;
    moodycamel::ProducerToken *producers[BENCH_SENDERS];
    moodycamel::ConsumerToken *consumer;
};

static void bench_queue_open(bench_queue *queue, const pb_region *region, const char *, int)
{
    if (region != NULL)
        bench_fail("this queue cannot lie in shared memory");
    queue->queue = new bench_concurrent(BENCH_CAPACITY, BENCH_SENDERS, 0);
    for (auto &producer : queue->producers)
        producer = new moodycamel::ProducerToken(*queue->queue);
    queue->consumer = new moodycamel::ConsumerToken(*queue->queue);
}

static inline int bench_queue_send(bench_queue *queue, int sender, const pb_event *event)
{
    return queue->queue->try_enqueue(*queue->producers[sender], *event);
}

static inline unsigned bench_queue_send_batch(bench_queue *queue, int sender, const pb_event *events, unsigned count)
{
    return queue->queue->try_enqueue_bulk(*queue->producers[sender], events, count) ? count : 0;
}

static inline unsigned bench_queue_receive(bench_queue *queue, bench_checker *checker, unsigned limit)
{
    pb_event events[BENCH_BATCH];
    unsigned received, i;
    if (limit == 1)
        received = queue->queue->try_dequeue(*queue->consumer, events[0]) ? 1 : 0;
    else
        received = static_cast<unsigned>(queue->queue->try_dequeue_bulk(*queue->consumer, events, limit));
    for (i = 0; i < received; i++)
        bench_check(checker, &events[i]);
    return received;
}

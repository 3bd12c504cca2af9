/* SPDX-License-Identifier: Apache-2.0 */
/* moodycamel::ReaderWriterQueue: try_enqueue, which never allocates, and try_dequeue. It has no batches. */
#include <readerwriterqueue/readerwriterqueue.h>
#define BENCH_HAS_BACK 1
#define BENCH_SENDERS 1

struct bench_queue {
    moodycamel::ReaderWriterQueue<pb_event> *queue;
};

static void bench_queue_open(bench_queue *queue, const pb_region *region, const char *, int)
{
    if (region != NULL)
        bench_fail("this queue cannot lie in shared memory");
    queue->queue = new moodycamel::ReaderWriterQueue<pb_event>(BENCH_CAPACITY);
}

static inline int bench_queue_send(bench_queue *queue, int, const pb_event *event)
{
    return queue->queue->try_enqueue(*event);
}

static inline unsigned bench_queue_send_batch(bench_queue *queue, int, const pb_event *events, unsigned count)
{
    unsigned sent = 0;
    while (sent < count && queue->queue->try_enqueue(events[sent]))
        sent++;
    return sent;
}

static inline unsigned bench_queue_receive(bench_queue *queue, bench_checker *checker, unsigned limit)
{
    pb_event event;
    unsigned received = 0;
    while (received < limit && queue->queue->try_dequeue(event)) {
        bench_check(checker, &event);
        received++;
    }
    return received;
}

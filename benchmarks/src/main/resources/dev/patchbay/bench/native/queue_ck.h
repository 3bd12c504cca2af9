/* SPDX-License-Identifier: Apache-2.0 */
/* ck_ring of Concurrency Kit, with values in the ring: ck_ring_enqueue_spsc and ck_ring_dequeue_spsc of CK_RING_PROTOTYPE. It has no
   batches, and one slot stays empty. */
#include <ck_ring.h>
#define BENCH_HAS_BACK 1
#define BENCH_SENDERS 1

CK_RING_PROTOTYPE(event, pb_event)

typedef struct bench_queue {
    ck_ring_t *ring;
    pb_event *slots;
} bench_queue;

static void bench_queue_open(bench_queue *queue, const pb_region *region, const char *path, int back)
{
    (void)path;
    (void)back;
    if (region != NULL)
        bench_fail("this queue is measured in one process");
    queue->ring = (ck_ring_t *)bench_memory(sizeof *queue->ring);
    queue->slots = (pb_event *)bench_memory(BENCH_CAPACITY * sizeof *queue->slots);
    ck_ring_init(queue->ring, BENCH_CAPACITY);
}

static inline int bench_queue_send(bench_queue *queue, int sender, const pb_event *event)
{
    (void)sender;
    return ck_ring_enqueue_spsc_event(queue->ring, queue->slots, (pb_event *)event);
}

static inline unsigned bench_queue_send_batch(bench_queue *queue, int sender, const pb_event *events, unsigned count)
{
    unsigned sent = 0;
    while (sent < count && bench_queue_send(queue, sender, &events[sent]))
        sent++;
    return sent;
}

static inline unsigned bench_queue_receive(bench_queue *queue, bench_checker *checker, unsigned limit)
{
    pb_event event;
    unsigned received = 0;
    while (received < limit && ck_ring_dequeue_spsc_event(queue->ring, queue->slots, &event)) {
        bench_check(checker, &event);
        received++;
    }
    return received;
}

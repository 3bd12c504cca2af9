/* SPDX-License-Identifier: Apache-2.0 */
/* jack_ringbuffer of JACK: write and read where the space for whole events is there. The size is a power of two, of which one byte stays
   empty, so it is twice as large as the others'. */
#include <jack/ringbuffer.h>
#define BENCH_HAS_BACK 1
#define BENCH_SENDERS 1

typedef struct bench_queue {
    jack_ringbuffer_t *ring;
} bench_queue;

static void bench_queue_open(bench_queue *queue, const pb_region *region, const char *path, int back)
{
    (void)path;
    (void)back;
    if (region != NULL)
        bench_fail("this queue is measured in one process");
    queue->ring = jack_ringbuffer_create(2 * BENCH_CAPACITY * sizeof(pb_event));
    if (queue->ring == NULL)
        bench_fail("no ring could be made");
}

static inline unsigned bench_queue_send_batch(bench_queue *queue, int sender, const pb_event *events, unsigned count)
{
    size_t room = jack_ringbuffer_write_space(queue->ring) / sizeof(pb_event);
    size_t most = room < count ? room : count;
    (void)sender;
    if (most > 0)
        jack_ringbuffer_write(queue->ring, (const char *)events, most * sizeof(pb_event));
    return (unsigned)most;
}

static inline int bench_queue_send(bench_queue *queue, int sender, const pb_event *event)
{
    return (int)bench_queue_send_batch(queue, sender, event, 1);
}

static inline unsigned bench_queue_receive(bench_queue *queue, bench_checker *checker, unsigned limit)
{
    pb_event events[BENCH_BATCH];
    size_t there = jack_ringbuffer_read_space(queue->ring) / sizeof(pb_event);
    size_t most = there < limit ? there : limit, i;
    if (most == 0)
        return 0;
    jack_ringbuffer_read(queue->ring, (char *)events, most * sizeof(pb_event));
    for (i = 0; i < most; i++)
        bench_check(checker, &events[i]);
    return (unsigned)most;
}

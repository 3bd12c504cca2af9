/* SPDX-License-Identifier: Apache-2.0 */
/* The generated header's ring of records, whose bytes are those of Agrona's OneToOneRingBuffer: pb_ring_try_claim, pb_ring_commit and
   pb_ring_read. Between processes. */
#define BENCH_HAS_BACK 1
#define BENCH_SENDERS 1

typedef struct bench_queue {
    pb_ring ring;
} bench_queue;

static void bench_queue_open(bench_queue *queue, const pb_region *region, const char *path, int back)
{
    pb_section section;
    (void)path;
    if (region == NULL)
        bench_fail("this ring is measured between processes");
    if (!(back ? PB_FIND(region, PB_BENCH_RING_BACK, &section) : PB_FIND(region, PB_BENCH_RING_THERE, &section))
        || pb_ring_over(&queue->ring, &section) != NULL)
        bench_fail("the region has no ring");
}

static inline int bench_queue_send(bench_queue *queue, int sender, const pb_event *event)
{
    void *payload;
    (void)sender;
    if (pb_ring_try_claim(&queue->ring, 1, sizeof *event, &payload) != PB_RING_SENT)
        return 0;
    memcpy(payload, event, sizeof *event);
    pb_ring_commit(&queue->ring, payload);
    return 1;
}

static inline unsigned bench_queue_send_batch(bench_queue *queue, int sender, const pb_event *events, unsigned count)
{
    unsigned sent = 0;
    while (sent < count && bench_queue_send(queue, sender, &events[sent]))
        sent++;
    return sent;
}

static inline pb_ring_action bench_take(void *checker, int32_t type, const uint8_t *payload, uint32_t length)
{
    (void)type;
    (void)length;
    bench_check((bench_checker *)checker, (const pb_event *)(const void *)payload);
    return PB_RING_CONTINUE;
}

static inline unsigned bench_queue_receive(bench_queue *queue, bench_checker *checker, unsigned limit)
{
    int64_t read = pb_ring_read(&queue->ring, bench_take, checker, limit);
    if (read < 0)
        bench_fail("what lies in the ring is no record");
    return (unsigned)read;
}

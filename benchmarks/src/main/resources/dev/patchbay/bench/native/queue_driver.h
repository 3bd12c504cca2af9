/* SPDX-License-Identifier: Apache-2.0 */
/* Drives the queue of the contender that was included before: Sending, Receiving, Pinging, Echoing and ForkMain in Java. */

/* The contender has defined:
     bench_queue                                                       its type, for all sides, aligned
     void bench_queue_open(bench_queue *, const pb_region *, const char *path, int back)   region and path are NULL in one process
     int bench_queue_send(bench_queue *, int sender, const pb_event *) 1, or 0 where it is full
     unsigned bench_queue_send_batch(bench_queue *, int sender, const pb_event *, unsigned count)
     unsigned bench_queue_receive(bench_queue *, bench_checker *, unsigned limit)
     BENCH_HAS_BACK                                                    1 where it can answer
     BENCH_SENDERS                                                     how many may send */

typedef struct bench_side {
    bench_queue *queue;
    bench_queue *back;
    bench_control control;
    bench_arguments arguments;
    int sender;
    int is_batch;
    int senders;
    int is_crowded;
} bench_side;

static inline void bench_idle(const bench_side *side)
{
    if (side->is_crowded)
        sched_yield();
    else
        bench_pause();
}

static void bench_send(const bench_side *side)
{
    int64_t next = 0, refused = 0;
    while (bench_get(&side->control, BENCH_STOP, 0) == 0) {
        int64_t end = next + 1024;
        while (next < end) {
            unsigned sent;
            if (side->is_batch) {
                pb_event events[BENCH_BATCH];
                unsigned i;
                for (i = 0; i < BENCH_BATCH; i++)
                    bench_fill(&events[i], side->sender, next + (int64_t)i);
                sent = bench_queue_send_batch(side->queue, side->sender, events, BENCH_BATCH);
            } else {
                pb_event event;
                bench_fill(&event, side->sender, next);
                sent = (unsigned)bench_queue_send(side->queue, side->sender, &event);
            }
            next += sent;
            if (sent == 0) {
                if (refused++ == 0)
                    bench_set(&side->control, BENCH_FILLED, side->sender, 1);
                bench_idle(side);
                if (bench_get(&side->control, BENCH_STOP, 0) != 0)
                    break;
            }
        }
    }
    bench_set(&side->control, BENCH_REFUSED, side->sender, refused);
    bench_set(&side->control, BENCH_SENT, side->sender, next + 1);
}

static int64_t bench_sum(const bench_side *side, int word)
{
    int64_t sum = 0;
    int sender;
    for (sender = 0; sender < side->senders; sender++)
        sum += bench_get(&side->control, word, sender);
    return sum;
}

static int bench_have_ended(const bench_side *side)
{
    int sender;
    for (sender = 0; sender < side->senders; sender++)
        if (bench_get(&side->control, BENCH_SENT, sender) == 0)
            return 0;
    return 1;
}

static inline void bench_poll(const bench_side *side, bench_checker *checker, unsigned limit)
{
    int i;
    for (i = 0; i < 512; i++)
        if (bench_queue_receive(side->queue, checker, limit) == 0)
            bench_idle(side);
}

static void bench_receive(const bench_side *side)
{
    bench_checker checker;
    bench_receipt receipt;
    const unsigned limit = side->is_batch ? BENCH_BATCH : 1u;
    int64_t begin = bench_nanos(), before, start, end, last;
    int sender;
    memset(&checker, 0, sizeof checker);
    memset(&receipt, 0, sizeof receipt);
    checker.senders = side->senders;
    /* Until every sender has found the queue full: it fills in each measurement. */
    for (sender = 0; sender < side->senders; sender++)
        while (bench_get(&side->control, BENCH_FILLED, sender) == 0) {
            if (bench_nanos() - begin > BENCH_PATIENCE)
                bench_fail("the queue does not fill");
            sched_yield();
        }
    begin = bench_nanos();
    while (bench_nanos() - begin < side->arguments.warm)
        bench_poll(side, &checker, limit);
    before = checker.received;
    start = bench_nanos();
    do {
        bench_poll(side, &checker, limit);
        end = bench_nanos();
        /* On a machine that lets no sender run for so long, longer. */
    } while (end - start < side->arguments.measure || (checker.received == before && end - start < BENCH_PATIENCE / 10));
    receipt.value = 1000.0 * (double)(checker.received - before) / (double)(end - start);
    bench_set(&side->control, BENCH_STOP, 0, 1);
    /* What was lost does not come, so there is an end to the wait. */
    last = bench_nanos();
    while (!bench_have_ended(side) || checker.received < bench_sum(side, BENCH_SENT) - side->senders) {
        if (bench_queue_receive(side->queue, &checker, limit) > 0)
            last = bench_nanos();
        else if (bench_nanos() - last > (bench_have_ended(side) ? BENCH_PATIENCE / 10 : BENCH_PATIENCE))
            break;
        else
            sched_yield();
    }
    /* Something that comes twice would come now. */
    bench_queue_receive(side->queue, &checker, limit);
    receipt.sent = bench_sum(side, BENCH_SENT) - side->senders;
    receipt.received = checker.received;
    receipt.sum = checker.sum;
    receipt.faults = checker.faults;
    receipt.refused = bench_sum(side, BENCH_REFUSED);
    receipt.producers = side->senders;
    bench_print(&receipt);
}

/* From one message to the next; the control words of the echoing side are those of sender 1. */
#define BENCH_PERIOD 10000
#define BENCH_ECHO 1

#if BENCH_HAS_BACK
static void bench_exchange(const bench_side *side, bench_checker *checker, int64_t number)
{
    pb_event event;
    int64_t waiting = 0;
    uint64_t looks;
    bench_fill(&event, 0, number);
    if (!bench_queue_send(side->queue, 0, &event))
        bench_fail("an empty queue refused a message");
    for (looks = 1; bench_queue_receive(side->back, checker, 1) == 0; looks++)
        if (looks % (1u << 20) == 0) {
            waiting = waiting == 0 ? bench_nanos() : waiting;
            if (bench_nanos() - waiting > BENCH_PATIENCE)
                bench_fail("message %" PRId64 " does not come back", number);
        }
}

static int bench_compare(const void *one, const void *other)
{
    int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
    return (a > b) - (a < b);
}

static void bench_ping(const bench_side *side)
{
    const int64_t pings = (side->arguments.warm + side->arguments.measure) / BENCH_PERIOD;
    const int64_t warm = side->arguments.warm / BENCH_PERIOD, measured = pings - warm;
    int64_t *times = (int64_t *)bench_memory((size_t)measured * sizeof *times), start, i;
    bench_checker checker;
    bench_receipt receipt;
    memset(&checker, 0, sizeof checker);
    memset(&receipt, 0, sizeof receipt);
    checker.senders = 1;
    /* The other side may still start. */
    bench_exchange(side, &checker, 0);
    start = bench_nanos();
    for (i = 1; i <= pings; i++) {
        int64_t intended = start + i * BENCH_PERIOD, nanos;
        while (bench_nanos() < intended)
            ;
        bench_exchange(side, &checker, i);
        nanos = bench_nanos() - intended;
        if (i > warm)
            times[i - warm - 1] = nanos;
    }
    bench_set(&side->control, BENCH_STOP, 0, 1);
    start = bench_nanos();
    while (bench_get(&side->control, BENCH_SENT, BENCH_ECHO) == 0) {
        if (bench_nanos() - start > BENCH_PATIENCE)
            bench_fail("the echoing side does not end");
        sched_yield();
    }
    qsort(times, (size_t)measured, sizeof *times, bench_compare);
    receipt.value = (double)times[measured / 2];
    receipt.sent = pings + 1;
    receipt.received = checker.received;
    receipt.sum = checker.sum;
    receipt.faults = checker.faults + bench_get(&side->control, BENCH_REFUSED, BENCH_ECHO);
    receipt.refused = -1;
    receipt.producers = 1;
    snprintf(receipt.details, sizeof receipt.details, "\"p99\":%" PRId64 ",\"p99.9\":%" PRId64 ",\"max\":%" PRId64,
        times[measured * 99 / 100], times[measured * 999 / 1000], times[measured - 1]);
    bench_print(&receipt);
}

static void bench_echo(const bench_side *side)
{
    bench_checker checker;
    memset(&checker, 0, sizeof checker);
    checker.senders = 1;
    while (bench_get(&side->control, BENCH_STOP, 0) == 0) {
        int i;
        for (i = 0; i < 1024; i++)
            if (bench_queue_receive(side->queue, &checker, 1) > 0) {
                pb_event event;
                bench_fill(&event, 0, checker.received - 1);
                if (!bench_queue_send(side->back, 0, &event))
                    bench_fail("an empty queue refused an echo");
            }
    }
    bench_set(&side->control, BENCH_REFUSED, BENCH_ECHO, checker.faults);
    bench_set(&side->control, BENCH_SENT, BENCH_ECHO, checker.received + 1);
}

static void *bench_echoing(void *side)
{
    bench_pin(((const bench_side *)side)->arguments.second);
    bench_echo((const bench_side *)side);
    return NULL;
}
#endif

static void *bench_sending(void *side)
{
    const bench_side *own = (const bench_side *)side;
    int processor = own->arguments.first, i;
    /* A processor of its own where there are enough: the first, or one that is neither the first nor the receiver's. */
    if (!own->is_crowded)
        for (i = 0; i < own->sender; i++)
            do
                processor++;
            while (processor == own->arguments.second);
    bench_pin(processor);
    bench_send(own);
    return NULL;
}

static void bench_start(pthread_t *thread, void *(*task)(void *), bench_side *side)
{
    if (pthread_create(thread, NULL, task, side) != 0)
        bench_fail("a thread could not be started");
}

/* All in one process. */
static void bench_alone(bench_side *side)
{
    pthread_t threads[BENCH_SENDERS];
    bench_side senders[BENCH_SENDERS];
    int i;
    side->control.words = (int64_t *)bench_memory(64 * BENCH_CONTROL_STRIDE * sizeof(int64_t));
    bench_queue_open(side->queue, NULL, NULL, 0);
#if BENCH_HAS_BACK
    if (strcmp(side->arguments.what, "latency") == 0) {
        bench_queue_open(side->back, NULL, NULL, 1);
        senders[0] = *side;
        bench_start(&threads[0], bench_echoing, &senders[0]);
        bench_pin(side->arguments.first);
        bench_ping(side);
        pthread_join(threads[0], NULL);
        return;
    }
#endif
    side->senders = BENCH_SENDERS;
    side->is_crowded = sysconf(_SC_NPROCESSORS_ONLN) <= BENCH_SENDERS;
    side->is_batch = strstr(side->arguments.what, "batch") != NULL;
    for (i = 0; i < BENCH_SENDERS; i++) {
        senders[i] = *side;
        senders[i].sender = i;
        bench_start(&threads[i], bench_sending, &senders[i]);
    }
    bench_pin(side->arguments.second);
    bench_receive(side);
    for (i = 0; i < BENCH_SENDERS; i++)
        pthread_join(threads[i], NULL);
}

/* One of two processes. */
static void bench_between(bench_side *side)
{
    pb_region region;
    pb_section control;
    const char *what = side->arguments.what;
    int sends = strncmp(what, "send", 4) == 0, pings = strcmp(what, "ping") == 0;
    bench_attach(&region, side->arguments.region);
    if (!PB_FIND(&region, PB_BENCH_CONTROL, &control))
        bench_fail("the region has no control words");
    side->control.words = (int64_t *)pb_section_element(&control, 0);
    bench_queue_open(side->queue, &region, side->arguments.region, 0);
    side->senders = 1;
    side->is_batch = strstr(what, "batch") != NULL;
    bench_pin(sends || pings ? side->arguments.first : side->arguments.second);
    if (sends) {
        bench_send(side);
    } else if (strncmp(what, "receive", 7) == 0) {
        bench_receive(side);
    } else {
#if BENCH_HAS_BACK
        bench_queue_open(side->back, &region, side->arguments.region, 1);
        if (pings)
            bench_ping(side);
        else
            bench_echo(side);
#else
        bench_fail("this queue has no way back");
#endif
    }
}

int main(int count, char **words)
{
    bench_side side;
    memset(&side, 0, sizeof side);
    side.arguments = bench_parse(count, words);
    side.queue = (bench_queue *)bench_memory(sizeof(bench_queue));
    side.back = (bench_queue *)bench_memory(sizeof(bench_queue));
    if (side.arguments.region == NULL)
        bench_alone(&side);
    else
        bench_between(&side);
    return 0;
}

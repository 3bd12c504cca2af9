/* SPDX-License-Identifier: Apache-2.0 */
/* boost::lockfree::spsc_queue with a capacity known to the compiler: push and pop, in batches push of an array and consume_all, which hands
   out the elements in place. Between processes it lies in a file that Boost.Interprocess maps. */
#include <boost/interprocess/managed_mapped_file.hpp>
#include <boost/lockfree/spsc_queue.hpp>
#include <new>
#include <string>
#define BENCH_HAS_BACK 1
#define BENCH_SENDERS 1

typedef boost::lockfree::spsc_queue<pb_event, boost::lockfree::capacity<BENCH_CAPACITY>> bench_boost;

struct bench_queue {
    bench_boost *queue;
};

static void bench_queue_open(bench_queue *queue, const pb_region *region, const char *path, int back)
{
    if (region == NULL) {
        queue->queue = new (bench_memory(sizeof(bench_boost))) bench_boost;
    } else {
        namespace interprocess = boost::interprocess;
        /* Stays mapped until the process ends. */
        auto *file = new interprocess::managed_mapped_file(
            interprocess::open_or_create, (std::string(path) + ".boost").c_str(), 1u << 20);
        queue->queue = file->find_or_construct<bench_boost>(back ? "back" : "there")();
    }
}

static inline int bench_queue_send(bench_queue *queue, int, const pb_event *event)
{
    return queue->queue->push(*event);
}

static inline unsigned bench_queue_send_batch(bench_queue *queue, int, const pb_event *events, unsigned count)
{
    return static_cast<unsigned>(queue->queue->push(events, count));
}

static inline unsigned bench_queue_receive(bench_queue *queue, bench_checker *checker, unsigned limit)
{
    if (limit == 1) {
        pb_event event;
        if (!queue->queue->pop(event))
            return 0;
        bench_check(checker, &event);
        return 1;
    }
    return static_cast<unsigned>(queue->queue->consume_all([checker](const pb_event &event) { bench_check(checker, &event); }));
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The engine's loop in C over the generated header: for each block the steps that BlockRenderer takes in Java, in its order, and a module
   that halves. */
#include "blocks_bridge.h"

typedef struct block_engine {
    block_bridge at;
    pb_section from_host, from_control, control_event_slots, output_levels, voice_levels, counters, render_times;
    pb_event_queue control_events;
    pb_meter_writer outputs, voices;
    pb_meter_sums output_sums[16], voice_sums[256];
    float values[256];
    int64_t events;
} block_engine;

static void take(void *context, const pb_event *event)
{
    block_engine *engine = (block_engine *)context;
    engine->events += pb_event_is_valid(event) != 0;
}

static void merge(block_engine *engine, const pb_section *changes)
{
    uint32_t i;
    if (!pb_triple_refresh(changes))
        return;
    for (i = 0; i < changes->count && i < 256; i++)
        engine->values[i] = ((const pb_parameter_change *)pb_triple_reader(changes))[i].value;
}

static void render(block_engine *engine, uint32_t number)
{
    const int64_t start = bench_nanos();
    pb_audio_slot *slot = block_slot(&engine->at, number);
    const float *channels[BLOCK_CHANNELS];
    pb_transport transport;
    block_sound in, out;
    int64_t nanos;
    uint32_t c;
    pb_snapshot_read(&engine->at.transport, &transport, 4);
    merge(engine, &engine->from_host);
    merge(engine, &engine->from_control);
    for (c = 0; c < BLOCK_CHANNELS; c++)
        memcpy(in.channel[c], block_channel(&engine->at, number, c), sizeof in.channel[c]);
    memset(&out, 0, sizeof out);
    pb_event_queue_poll(&engine->control_events, take, engine, engine->control_event_slots.count);
    pb_event_queue_poll(&engine->at.host_events, take, engine,
        (uint32_t)(slot->events_end - pb_event_queue_head_position(&engine->at.host_events)));
    block_halve(&in, &out);
    for (c = 0; c < BLOCK_CHANNELS; c++) {
        memcpy(block_channel(&engine->at, number, BLOCK_CHANNELS + c), out.channel[c], sizeof out.channel[c]);
        channels[c] = out.channel[c];
    }
    pb_meter_writer_add_block(&engine->outputs, channels, BLOCK_CHANNELS, 0, BLOCK_FRAMES);
    pb_meter_writer_advance(&engine->voices, BLOCK_FRAMES);
    nanos = bench_nanos() - start;
    pb_counter_add(&engine->counters, PB_STANDARD_RT_COUNTERS_BLOCKS, 1);
    pb_counter_max(&engine->counters, PB_STANDARD_RT_COUNTERS_RENDER_MAX_NANOS, nanos);
    pb_histogram_record(&engine->render_times, nanos);
    slot->render_nanos = (uint64_t)nanos;
}

static void open_engine(block_engine *engine, const char *path)
{
    const pb_region *region = &engine->at.region;
    block_connect(&engine->at, path);
    if (!PB_FIND(region, PB_STANDARD_PARAMETERS_FROM_HOST, &engine->from_host)
        || !PB_FIND(region, PB_STANDARD_PARAMETERS_FROM_CONTROL, &engine->from_control)
        || !PB_FIND(region, PB_STANDARD_CONTROL_EVENTS, &engine->control_event_slots)
        || !PB_FIND(region, PB_STANDARD_OUTPUT_LEVELS, &engine->output_levels)
        || !PB_FIND(region, PB_STANDARD_VOICE_LEVELS, &engine->voice_levels)
        || !PB_FIND(region, PB_STANDARD_RT_COUNTERS, &engine->counters)
        || !PB_FIND(region, PB_STANDARD_RENDER_HISTOGRAM, &engine->render_times)
        || pb_event_queue_over(&engine->control_events, &engine->control_event_slots) != NULL
        || engine->output_levels.count > 16 || engine->voice_levels.count > 256)
        bench_fail("the region %s cannot be served", path);
    pb_meter_writer_init(&engine->outputs, &engine->output_levels, engine->output_sums, BLOCK_RATE);
    pb_meter_writer_init(&engine->voices, &engine->voice_levels, engine->voice_sums, BLOCK_RATE);
}

static void await_request(const block_engine *engine, uint32_t done, int sleeps)
{
    pb_audio_head *head = engine->at.head;
    const int64_t end = bench_nanos() + BENCH_PATIENCE;
    uint32_t looks = 0;
    while (__atomic_load_n(&head->request, __ATOMIC_ACQUIRE) == done) {
        if ((sleeps || (++looks & 0xFFFFu) == 0) && bench_nanos() > end)
            bench_fail("nobody asks any more");
        if (!sleeps) {
            bench_pause();
            continue;
        }
        if (pb_doorbell_may_wait(&head->request, done, &head->rt_asleep)) {
            const struct timespec until = block_time(end);
            pb_futex_wait_until(&head->request, done, &until);
        }
        pb_doorbell_awake(&head->rt_asleep);
    }
}

int main(int count, char **words)
{
    static block_engine engine;
    const bench_arguments arguments = bench_parse(count, words);
    const int sleeps = block_sleeps(&arguments);
    pb_role *role;
    uint32_t done;
    int running = 1;
    if (arguments.region == NULL)
        bench_fail("no region");
    bench_pin(arguments.second);
    open_engine(&engine, arguments.region);
    role = (pb_role *)pb_section_element(&engine.at.roles, PB_STANDARD_ROLE_RT);
    done = engine.at.number;
    pb_doorbell_ring(&engine.at.head->done, done, &engine.at.head->bridge_asleep);
    pb_role_cell_state(role, PB_ROLE_STATE_ATTACHED);
    while (running) {
        pb_audio_slot *slot;
        await_request(&engine, done, sleeps);
        slot = block_slot(&engine.at, ++done);
        if (slot->kind == PB_REQUEST_PROCESS)
            render(&engine, done);
        running = slot->kind != PB_REQUEST_QUIT;
        slot->status = 0;
        slot->tail_frames = 0;
        slot->latency_frames = 0;
        if (pb_doorbell_ring(&engine.at.head->done, done, &engine.at.head->bridge_asleep))
            pb_futex_wake(&engine.at.head->done);
    }
    return 0;
}

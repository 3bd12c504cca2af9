/* SPDX-License-Identifier: Apache-2.0 */
/* The bridge's side of the audio section, as BlockExchange in the bridge has it: numbered requests in two slots. */
#ifndef BLOCKS_BRIDGE_H
#define BLOCKS_BRIDGE_H
#include "blocks.h"

typedef struct block_bridge {
    pb_region region;
    pb_section audio, roles, host_event_slots, audio_thread, transport;
    pb_event_queue host_events;
    pb_audio_head *head;
    uint32_t number;
    int sleeps;
} block_bridge;

static inline pb_audio_slot *block_slot(const block_bridge *bridge, uint32_t number)
{
    return (pb_audio_slot *)pb_section_element(&bridge->audio, number & 1u);
}

static inline float *block_channel(const block_bridge *bridge, uint32_t number, uint32_t channel)
{
    return (float *)(void *)((uint8_t *)block_slot(bridge, number) + bridge->head->samples_offset
        + (size_t)channel * bridge->head->channel_stride);
}

static inline void block_connect(block_bridge *bridge, const char *path)
{
    memset(bridge, 0, sizeof *bridge);
    bench_attach(&bridge->region, path);
    if (!PB_FIND(&bridge->region, PB_STANDARD_AUDIO, &bridge->audio)
        || !PB_FIND(&bridge->region, PB_STANDARD_ROLES, &bridge->roles)
        || !PB_FIND(&bridge->region, PB_STANDARD_HOST_EVENTS, &bridge->host_event_slots)
        || !PB_FIND(&bridge->region, PB_STANDARD_AUDIO_THREAD, &bridge->audio_thread)
        || !PB_FIND(&bridge->region, PB_STANDARD_TRANSPORT, &bridge->transport)
        || pb_event_queue_over(&bridge->host_events, &bridge->host_event_slots) != NULL)
        bench_fail("the region %s lacks a section: %s", path, bridge->region.error);
    bridge->head = (pb_audio_head *)(void *)bridge->audio.base;
    bridge->number = bridge->head->request;
}

static inline uint32_t block_done(const block_bridge *bridge)
{
    return __atomic_load_n(&bridge->head->done, __ATOMIC_ACQUIRE);
}

/* Waits for the answer to the last request: by looking alone, or asleep. */
static inline void block_await(const block_bridge *bridge)
{
    const int64_t end = bench_nanos() + BENCH_PATIENCE;
    uint32_t seen, looks = 0;
    while ((seen = block_done(bridge)) != bridge->number) {
        if ((bridge->sleeps || (++looks & 0xFFFFu) == 0) && bench_nanos() > end)
            bench_fail("the engine has not answered request %" PRIu32, bridge->number);
        if (!bridge->sleeps) {
            bench_pause();
            continue;
        }
        if (pb_doorbell_may_wait(&bridge->head->done, seen, &bridge->head->bridge_asleep)) {
            const struct timespec until = block_time(end);
            pb_futex_wait_until(&bridge->head->done, seen, &until);
        }
        pb_doorbell_awake(&bridge->head->bridge_asleep);
    }
}

/* Fills the slot of the next request, rings for it and waits. */
static inline void block_ask(block_bridge *bridge, int32_t kind, int32_t frames, int32_t flags)
{
    const uint32_t number = ++bridge->number;
    pb_audio_slot *slot = block_slot(bridge, number);
    slot->kind = kind;
    slot->frames = frames;
    slot->flags = flags;
    slot->sample_rate = BLOCK_RATE;
    slot->events_end = pb_event_queue_tail(&bridge->host_events);
    if (pb_doorbell_ring(&bridge->head->request, number, &bridge->head->rt_asleep))
        pb_futex_wake(&bridge->head->request);
    block_await(bridge);
    if (block_slot(bridge, number)->status != 0)
        bench_fail("the engine refused request %" PRIu32 " of kind %" PRId32 ": %s", number, kind,
            ((const pb_role *)pb_section_element(&bridge->roles, PB_STANDARD_ROLE_RT))->message);
}

/* Waits until an engine has come, and starts its module. */
static inline void block_activate(block_bridge *bridge)
{
    const pb_role *engine = (const pb_role *)pb_section_element(&bridge->roles, PB_STANDARD_ROLE_RT);
    const int64_t end = bench_nanos() + BENCH_PATIENCE;
    const struct timespec moment = {0, 200000};
    while (pb_role_cell_state_of(engine) < PB_ROLE_STATE_ATTACHED) {
        if (bench_nanos() > end)
            bench_fail("no engine has come");
        nanosleep(&moment, NULL);
    }
    bridge->number = block_done(bridge);
    /* As offline: what is measured is warmed up by what is measured. */
    block_ask(bridge, PB_REQUEST_ACTIVATE, BLOCK_FRAMES, PB_SLOT_FLAG_OFFLINE);
}

static inline void block_quit(block_bridge *bridge)
{
    block_ask(bridge, PB_REQUEST_DEACTIVATE, 0, 0);
    block_ask(bridge, PB_REQUEST_QUIT, 0, 0);
}

/* A block there and back. */
static inline void block_exchange(block_bridge *bridge, const block_sound *in, block_sound *out)
{
    uint32_t c;
    for (c = 0; c < BLOCK_CHANNELS; c++)
        memcpy(block_channel(bridge, bridge->number + 1, c), in->channel[c], sizeof in->channel[c]);
    block_ask(bridge, PB_REQUEST_PROCESS, BLOCK_FRAMES, 0);
    for (c = 0; c < BLOCK_CHANNELS; c++)
        memcpy(out->channel[c], block_channel(bridge, bridge->number, BLOCK_CHANNELS + c), sizeof out->channel[c]);
}
#endif

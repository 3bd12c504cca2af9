/* SPDX-License-Identifier: Apache-2.0 */
/* Names every function of the generated header once, so that a strict compiler sees each of them used. */
#ifndef PB_TEST_SHARED_H
#define PB_TEST_SHARED_H

#include <patchbay/standard.h>
#include <patchbay/standard.h>

/* The functions that the declaration has for its sections, one of each sort. */
static inline int use_declared(const pb_region *region, pb_section *section, pb_transport *transport)
{
    pb_standard_transport_write(section, transport);
    pb_standard_parameters_set_release(section, 0, pb_standard_parameters_get_acquire(section, 0));
    pb_int32_set_release(&pb_standard_roles_edit(section, PB_STANDARD_ROLE_RT)->state,
        pb_int32_get_acquire(&pb_standard_roles_at(section, PB_STANDARD_ROLE_RT)->state));
    *pb_standard_parameters_from_host_writer(section) = *pb_standard_parameters_from_host_reader(section);
    return pb_standard_transport_find(region, section) + pb_standard_transport_read(section, transport, 1)
        + (pb_standard_plugin_at(section, 0) != NULL);
}

static inline void take_event(void *context, const pb_event *event)
{
    *(pb_event *)context = *event;
}

static inline void use_event_queue(const pb_section *section, int run)
{
    pb_event_queue queue;
    pb_event event;
    pb_event *slot;
    if (pb_event_queue_over(&queue, section) != NULL)
        return;
    memset(&event, 0, sizeof event);
    pb_event_queue_offer_batch(&queue, &event, (uint32_t)pb_event_queue_offer(&queue, &event));
    slot = pb_event_queue_try_claim(&queue);
    if (slot != NULL && !(run != 0 ? pb_event_queue_commit(&queue, slot) : pb_event_queue_abort(&queue, slot)))
        return;
    pb_event_queue_advance(&queue, pb_event_queue_tail(&queue) + pb_event_queue_head_position(&queue));
    event = *pb_event_queue_peek(&queue, pb_event_queue_dropped(&queue));
    pb_event_queue_poll(&queue, take_event, &event, pb_event_queue_capacity(&queue));
    pb_event_queue_poll_before(&queue, 64, take_event, &event, pb_event_queue_size(&queue));
    if (!pb_event_queue_is_empty(&queue) && pb_event_queue_peek_first(&queue) != NULL)
        pb_event_queue_remove_first(&queue);
}

static inline void use_messages(const pb_section *queue_section, const pb_section *ring_section)
{
    pb_event_queue queue;
    pb_ring ring;
    pb_sysex_reader reader;
    pb_event event;
    uint32_t length;
    if (pb_event_queue_over(&queue, queue_section) != NULL || pb_ring_over(&ring, ring_section) != NULL)
        return;
    pb_event_parameter(&event, 0, 1, pb_event_plain_expression(pb_event_queue_peek(&queue, 0)));
    pb_sysex_reader_init(&reader, &ring);
    if (pb_event_is_valid(&event) && pb_sysex_take(&reader, &event, &length) != NULL)
        pb_sysex_offer(&queue, &ring, 0, &event, length);
    pb_sysex_release(&reader);
}

static inline void use_shared_event_queue(const pb_section *section, int run)
{
    pb_shared_event_queue queue;
    pb_event event;
    pb_event *slot;
    if (pb_shared_event_queue_over(&queue, section, run) != NULL)
        return;
    pb_shared_event_queue_take_over(&queue);
    memset(&event, 0, sizeof event);
    pb_shared_event_queue_offer_batch(&queue, &event, (uint32_t)pb_shared_event_queue_offer(&queue, &event));
    slot = pb_shared_event_queue_try_claim(&queue);
    if (slot != NULL && !(run != 0 ? pb_shared_event_queue_commit(&queue, slot) : pb_shared_event_queue_abort(&queue, slot)))
        return;
    pb_shared_event_queue_unblock(&queue, (uint32_t)pb_shared_event_queue_dropped(&queue));
    pb_shared_event_queue_poll(&queue, take_event, &event, pb_shared_event_queue_capacity(&queue));
    pb_shared_event_queue_poll_before(&queue, 64, take_event, &event, pb_shared_event_queue_size(&queue));
    if (!pb_shared_event_queue_is_empty(&queue) && pb_shared_event_queue_peek_first(&queue) != NULL)
        pb_shared_event_queue_remove_first(&queue);
}

static inline int use_all(int run)
{
    pb_region region;
    pb_section section;
    pb_transport transport;
    float cell = 0.0f;
    uint32_t word = 0, asleep = 0;
    uint64_t sequence = 0, epoch = 0;
    unsigned char bytes[8] = {0};
    if (run == 0)
        return (int)pb_histogram_bucket(100) + (int)PB_STANDARD_BRIDGE_COUNTERS_COUNT;
    memset(&region, 0, sizeof region);
    memset(&transport, 0, sizeof transport);
    if (pb_region_attach(&region, run) == 0 || PB_FIND(&region, PB_STANDARD_AUDIO, &section) == 0)
        return (int)pb_refusal_text(&region.refusal, (char *)bytes, sizeof bytes) + pb_region_attach_read_only(&region, run);
    pb_float_set_release(&cell, pb_float_get_acquire(&cell));
    pb_counter_add(&section, 0, pb_counter_get_acquire(&section, 0));
    pb_counter_max(&section, 0, 1);
    pb_histogram_record(&section, 1);
    pb_dirty_set(&section, (uint32_t)pb_dirty_drain(&section, 0));
    pb_parameter_changes_publish(&section, (const pb_parameter_change *)pb_triple_reader(&section));
    pb_snapshot_write(&section, bytes);
    use_event_queue(&section, run);
    use_messages(&section, &section);
    use_shared_event_queue(&section, run);
    pb_doorbell_awake(&asleep);
    run = use_declared(&region, &section, &transport);
    run += pb_triple_refresh(&section) + pb_snapshot_read(&section, bytes, 1)
        + pb_blob_write(&section, bytes, sizeof bytes, epoch) + (int)pb_blob_read(&section, bytes, &sequence, &epoch)
        + pb_doorbell_ring(&word, 1, &asleep) + pb_doorbell_may_wait(&word, 1, &asleep);
    pb_region_detach(&region);
    return run;
}

#endif

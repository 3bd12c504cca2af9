/* SPDX-License-Identifier: Apache-2.0 */
/* The C side of InteropTest: writes into a region what Java reads, and prints what Java wrote. */
#include "standard.h"
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static pb_region region;

static pb_section find(const char *name, uint64_t hash)
{
    pb_section section;
    memset(&section, 0, sizeof section);
    if (!pb_region_find(&region, name, hash, &section)) {
        printf("no section %s\n", name);
        exit(1);
    }
    return section;
}
#define FIND(SECTION) find(PB_STANDARD_##SECTION##_NAME, PB_STANDARD_##SECTION##_HASH)

static pb_event_queue over(pb_section section)
{
    pb_event_queue queue;
    if (pb_event_queue_over(&queue, &section) != NULL)
        exit(6);
    return queue;
}

static pb_event event(int32_t n)
{
    pb_event e;
    e.sample_offset = n;
    e.type = (uint16_t)(n & 0xFFFF);
    e.channel = (int16_t)(n & 0x7FFF);
    e.note_id = ~n;
    e.index = n ^ 0x55555555;
    e.value = n * 0.5;
    e.detail = -n;
    return e;
}

static void write_all(void)
{
    pb_section floats = FIND(PARAMETERS), counters = FIND(BRIDGE_COUNTERS), bits = FIND(DIRTY_FROM_RT);
    pb_section times = FIND(ROUND_TRIP_HISTOGRAM), snapshot = FIND(TRANSPORT), blob = FIND(STATE_TO_CONTROL);
    pb_section triple = FIND(PARAMETERS_FROM_HOST);
    pb_event_queue queue = over(FIND(HOST_EVENTS));
    pb_parameter_change *changes = (pb_parameter_change *)calloc(triple.count, sizeof *changes);
    pb_transport transport;
    char text[13] = "state from C";
    int32_t n;
    pb_float_set_release((float *)pb_section_element(&floats, 5), 0.625f);
    pb_counter_add(&counters, PB_STANDARD_BRIDGE_COUNTERS_BLOCKS, 40);
    pb_counter_add(&counters, PB_STANDARD_BRIDGE_COUNTERS_BLOCKS, 2);
    pb_counter_max(&counters, PB_STANDARD_BRIDGE_COUNTERS_ROUND_TRIP_MAX_NANOS, 99);
    pb_counter_max(&counters, PB_STANDARD_BRIDGE_COUNTERS_ROUND_TRIP_MAX_NANOS, 98);
    pb_dirty_set(&bits, 3);
    pb_dirty_set(&bits, 200);
    pb_histogram_record(&times, 1000000);
    pb_histogram_record(&times, -1);
    pb_histogram_record(&times, INT64_MAX);
    memset(&transport, 0, sizeof transport);
    transport.position_samples = 123456789012;
    transport.tempo = 133.5;
    transport.playing = 1;
    pb_snapshot_write(&snapshot, &transport);
    if (!pb_blob_write(&blob, "older", 5, 6) || !pb_blob_write(&blob, text, 12, 7)
        || pb_blob_write(&blob, text, (uint64_t)blob.count + 1, 8))
        exit(2);
    changes[1].value = 0.125f;
    changes[1].transaction = 1;
    pb_parameter_changes_publish(&triple, changes);
    changes[255].value = 0.25f;
    changes[255].transaction = 2;
    pb_parameter_changes_publish(&triple, changes);
    for (n = 0; n < (int32_t)queue.capacity; n++) {
        pb_event e = event(n);
        if (!pb_event_queue_offer(&queue, &e))
            exit(3);
    }
    {
        pb_event refused = event(-1);
        if (pb_event_queue_offer(&queue, &refused))
            exit(4);
    }
    free(changes);
}

static void print(void *context, const pb_event *e)
{
    (void)context;
    printf("event %d %d %d %d %d %.17g %.17g\n", e->sample_offset, e->type, e->channel, e->note_id, e->index,
        e->value, e->detail);
}

static void read_all(void)
{
    pb_section floats = FIND(PARAMETERS), counters = FIND(RT_COUNTERS), bits = FIND(DIRTY_FROM_RT);
    pb_section snapshot = FIND(TRANSPORT), blob = FIND(STATE_FROM_CONTROL);
    pb_section triple = FIND(PARAMETERS_FROM_CONTROL);
    pb_event_queue queue = over(FIND(NOTIFICATIONS));
    pb_transport transport;
    uint64_t sequence = 0, epoch = 0;
    uint8_t *bytes = (uint8_t *)calloc(blob.count, 1);
    int64_t length;
    const pb_parameter_change *changes;
    printf("float %.9g\n", (double)pb_float_get_acquire((const float *)pb_section_element(&floats, 5)));
    printf("counter %" PRId64 "\n", pb_counter_get_acquire(&counters, PB_STANDARD_RT_COUNTERS_EVENTS));
    printf("dirty %" PRIx64, pb_dirty_drain(&bits, 0));
    printf(" %" PRIx64 " %" PRIx64 "\n", pb_dirty_drain(&bits, 3), pb_dirty_drain(&bits, 0));
    printf("snapshot %d", pb_snapshot_read(&snapshot, &transport, 1));
    printf(" %" PRId64 " %.17g %d\n", transport.position_samples, transport.tempo, transport.playing);
    length = pb_blob_read(&blob, bytes, &sequence, &epoch);
    printf("blob %" PRId64 " %" PRIu64 " %" PRIu64 " %.*s\n", length, sequence, epoch, (int)length, (const char *)bytes);
    printf("triple %d", pb_triple_refresh(&triple));
    changes = (const pb_parameter_change *)pb_triple_reader(&triple);
    printf(" %.9g %u %.9g %u %d\n", (double)changes[1].value, changes[1].transaction, (double)changes[255].value,
        changes[255].transaction, pb_triple_refresh(&triple));
    pb_event_queue_poll(&queue, print, NULL, UINT32_MAX);
    free(bytes);
}

/* Offers this many events to the queue from the host, waiting where it is full. */
static void produce(int32_t count)
{
    pb_event_queue queue = over(FIND(HOST_EVENTS));
    int32_t n = 0;
    while (n < count) {
        pb_event e = event(n);
        n += pb_event_queue_offer(&queue, &e);
    }
}

static void check(void *context, const pb_event *e)
{
    int32_t *n = (int32_t *)context;
    pb_event expected = event((*n)++);
    if (memcmp(e, &expected, sizeof expected) != 0) {
        printf("event %d is torn or out of order\n", *n - 1);
        exit(5);
    }
}

/* Takes this many events from the queue to control and checks each. */
static void consume(int32_t count)
{
    pb_event_queue queue = over(FIND(NOTIFICATIONS));
    int32_t n = 0;
    while (n < count)
        pb_event_queue_poll(&queue, check, &n, 100);
}

int main(int argc, char **argv)
{
    const char *what = argc > 2 ? argv[2] : "";
    int count = argc > 3 ? atoi(argv[3]) : 0;
    int64_t value;
    if (strcmp(what, "buckets") == 0) {
        while (scanf("%" SCNd64, &value) == 1)
            printf("%u\n", pb_histogram_bucket(value));
        return 0;
    }
    if (argc < 3 || !pb_region_attach(&region, open(argv[1], O_RDWR))) {
        puts(region.error != NULL ? region.error : "REGION write|read|produce|consume|buckets [COUNT]");
        return 1;
    }
    if (strcmp(what, "write") == 0)
        write_all();
    else if (strcmp(what, "read") == 0)
        read_all();
    else if (strcmp(what, "produce") == 0)
        produce(count);
    else if (strcmp(what, "consume") == 0)
        consume(count);
    pb_region_detach(&region);
    return 0;
}

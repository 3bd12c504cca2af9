/* SPDX-License-Identifier: Apache-2.0 */
/* Reads what Java wrote into the region "lab" and writes for Java, by the declaration's own functions: no offset, no cast. */
#include "lab.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#if defined(__cplusplus)
#pragma GCC diagnostic ignored "-Wold-style-cast"
#endif

/* Ends with the number of the line where something is not as expected. */
#define EXPECT(condition)                                                                                                \
    do {                                                                                                                 \
        if (!(condition))                                                                                                \
            return __LINE__ % 256;                                                                                       \
    } while (0)

static int read_structs(const pb_region *region)
{
    pb_section floor, sensors;
    const pb_lab_point *corner;
    const pb_lab_sensor *sensor;
    EXPECT(pb_lab_floor_plan_find(region, &floor) && pb_lab_sensors_find(region, &sensors));
    corner = pb_lab_floor_plan_at(&floor, 2);
    EXPECT(corner != NULL && pb_lab_floor_plan_at(&floor, 4) == NULL);
    sensor = pb_lab_sensors_at(&sensors, 1);
    EXPECT(sensor != NULL && pb_lab_sensors_at(&sensors, 3) == NULL && pb_lab_sensors_edit(&sensors, 3) == NULL);
    printf("corner %g %g %g\n", corner->x, corner->y, (double)corner->certainty);
    printf("sensor %.17g %d %u\n", pb_double_get_acquire(&sensor->value), pb_int16_get_acquire(&sensor->samples[4]),
        pb_uint8_get_acquire(&sensor->quality));
    return 0;
}

static int write_structs(const pb_region *region)
{
    pb_section sensors;
    pb_lab_sensor *sensor;
    EXPECT(pb_lab_sensors_find(region, &sensors));
    sensor = pb_lab_sensors_edit(&sensors, 2);
    EXPECT(sensor != NULL);
    pb_int8_set_release(&sensor->channel, -7);
    pb_float_set_release(&sensor->trail[2].certainty, 0.75f);
    pb_uint64_set_release(&sensor->reading, UINT64_C(0xFEDCBA9876543210));
    return 0;
}

/* One array of each type: loads what Java stored into the first, stores one more into the last, and nothing beyond. */
#define ARRAY(name, type, format, wide)                                                                                  \
    do {                                                                                                                 \
        pb_section array;                                                                                                \
        type first;                                                                                                      \
        EXPECT(pb_lab_##name##_values_find(region, &array));                                                             \
        first = pb_lab_##name##_values_get_acquire(&array, 0);                                                           \
        printf(#name " " format "\n", (wide)first);                                                                      \
        pb_lab_##name##_values_set_release(&array, 2, (type)(first + (type)1));                                          \
        pb_lab_##name##_values_set_release(&array, 3, (type)1);                                                          \
        EXPECT(!(pb_lab_##name##_values_get_acquire(&array, 3) > 0));                                                    \
    } while (0)

static int arrays(const pb_region *region)
{
    ARRAY(int8, int8_t, "%d", int);
    ARRAY(uint8, uint8_t, "%u", unsigned);
    ARRAY(int16, int16_t, "%d", int);
    ARRAY(uint16, uint16_t, "%u", unsigned);
    ARRAY(int32, int32_t, "%d", int);
    ARRAY(uint32, uint32_t, "%u", unsigned);
    ARRAY(int64, int64_t, "%lld", long long);
    ARRAY(uint64, uint64_t, "%llu", unsigned long long);
    ARRAY(float, float, "%g", double);
    ARRAY(double, double, "%g", double);
    return 0;
}

static int snapshot(const pb_region *region)
{
    pb_section latest;
    pb_lab_reading reading;
    EXPECT(pb_lab_latest_find(region, &latest) && pb_lab_latest_read(&latest, &reading, 3));
    printf("latest %lld %g\n", (long long)reading.nanos, reading.place.y);
    reading.nanos++;
    reading.place.y = -2.5;
    pb_lab_latest_write(&latest, &reading);
    return 0;
}

static int triple(const pb_region *region)
{
    pb_section targets;
    pb_lab_point *mine;
    EXPECT(pb_lab_targets_find(region, &targets) && targets.count == PB_LAB_TARGETS_COUNT);
    EXPECT(!pb_triple_refresh(&targets));
    mine = pb_lab_targets_writer(&targets);
    mine[6].x = 6.5;
    mine[6].certainty = 1.0f;
    pb_triple_publish(&targets);
    EXPECT(pb_triple_refresh(&targets));
    printf("target %g\n", pb_lab_targets_reader(&targets)[6].x);
    pb_lab_targets_writer(&targets)[0].y = 0.5;
    pb_triple_publish(&targets);
    return 0;
}

static int counters(const pb_region *region)
{
    pb_section counted;
    EXPECT(pb_lab_device_counters_find(region, &counted));
    pb_counter_add(&counted, PB_LAB_DEVICE_COUNTERS_FAILURES, 3);
    pb_counter_max(&counted, PB_LAB_DEVICE_COUNTERS_FAILURES, 2);
    pb_counter_add(&counted, 1000000000u, 1);
    EXPECT(pb_counter_get_acquire(&counted, 2) == 0);
    printf("readings %lld\n", (long long)pb_counter_get_acquire(&counted, PB_LAB_DEVICE_COUNTERS_READINGS));
    return 0;
}

int main(int argc, char **argv)
{
    pb_region region;
    pb_section sensors;
    int status;
    if (argc < 2 || !pb_region_attach(&region, open(argv[1], O_RDWR)))
        return 2;
    if (argc > 2) {
        /* OFFSET VALUE ...: what a broken process changes in the directory after the region was found good. */
        int i;
        for (i = 2; i + 1 < argc; i += 2) {
            uint32_t value = (uint32_t)strtoul(argv[i + 1], NULL, 10);
            memcpy(region.base + strtoul(argv[i], NULL, 10), &value, sizeof value);
        }
        puts(pb_lab_sensors_find(&region, &sensors) ? "found" : "not found");
        return 0;
    }
    status = read_structs(&region);
    if (status == 0)
        status = write_structs(&region);
    if (status == 0)
        status = arrays(&region);
    if (status == 0)
        status = snapshot(&region);
    if (status == 0)
        status = triple(&region);
    if (status == 0)
        status = counters(&region);
    pb_region_detach(&region);
    return status;
}

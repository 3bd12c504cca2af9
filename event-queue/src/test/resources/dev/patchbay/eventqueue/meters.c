/* SPDX-License-Identifier: Apache-2.0 */
/* The C side of MeterInteropTest: meters what its input says, or tells what Java has metered. */
#include "standard.h"
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static pb_section section;

/* Each line of the input is a writer's life, a block, a level or an amount of time. */
static void meter(void)
{
    static float left[4096], right[4096];
    const float *const channels[2] = {left, right};
    pb_meter_sums sums[2];
    pb_meter_writer writer;
    uint32_t count, bits, i;
    char what;
    while (scanf(" %c", &what) == 1) {
        double rate;
        switch (what) {
        case 's':
            if (scanf("%lf", &rate) == 1)
                pb_meter_writer_init(&writer, &section, sums, rate);
            break;
        case 'b':
            if (scanf("%" SCNu32, &count) != 1 || count > 4000)
                exit(2);
            for (i = 0; i < 2 * count; i++) {
                if (scanf("%" SCNx32, &bits) != 1)
                    exit(3);
                memcpy(&(i < count ? left : right)[i % count + 7], &bits, sizeof bits);
            }
            pb_meter_writer_add_block(&writer, channels, 2, 7, count);
            break;
        case 'l':
            if (scanf("%" SCNu32 "%" SCNx32, &count, &bits) == 2) {
                float level;
                memcpy(&level, &bits, sizeof level);
                pb_meter_writer_set_level(&writer, count, level);
            }
            break;
        case 't':
            if (scanf("%" SCNu32, &count) == 1)
                pb_meter_writer_advance(&writer, count);
            break;
        default:
            exit(4);
        }
    }
}

/* Each number in the input is a last window seen: tells what came since. */
static void tell(void)
{
    pb_meter_reading readings[2];
    pb_meter_reader reader;
    uint64_t seen;
    uint32_t i;
    pb_meter_reader_init(&reader, &section, readings);
    while (scanf("%" SCNu64, &seen) == 1) {
        uint32_t taken;
        reader.seen = seen;
        taken = pb_meter_reader_poll(&reader);
        printf("%u %" PRIu64 " %" PRIu64 " %.17g\n", taken, reader.missed, reader.seen,
            pb_meter_reader_window_seconds(&reader));
        for (i = 0; i < 2; i++) {
            const double peak = readings[i].peak;
            printf(" %.17g %.17g %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 "\n", peak,
                readings[i].mean_square, readings[i].clips, readings[i].total_clips, readings[i].not_finite,
                readings[i].total_not_finite);
        }
    }
}

int main(int argc, char **argv)
{
    pb_region region;
    const int writes = argc > 2 && strcmp(argv[2], "write") == 0;
    if (argc < 3
        || !(writes ? pb_region_attach(&region, open(argv[1], O_RDWR))
                    : pb_region_attach_read_only(&region, open(argv[1], O_RDONLY)))
        || !pb_standard_output_levels_find(&region, &section) || section.count != 2)
        return 1;
    if (writes)
        meter();
    else
        tell();
    pb_region_detach(&region);
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* control: relaxed pb_meter_writer_close */
/* Two meters with two readers: what is gathered are whole windows of the numbers that were not seen yet, a window that is gone is
   counted as missed, counts do not fall behind the windows, and who sees a window's number sees what was stored before it. */
#include <math.h>

#define METERS 2
#define METERS_FRAMES 4
#define METERS_DATA (uint64_t)PB_STRESS_DATA_COUNT

static pb_section meters;
static uint64_t meters_closed;

/* The peak of a window: above full scale, and small enough that its square by three quarters is exact as a float. */
static float meters_peak(uint64_t number)
{
    return (float)(2u + number % 2000u);
}

/* One sample of each window is not a number. */
static void *meters_writer(void *unused)
{
    pb_meter_sums sums[METERS];
    pb_meter_writer writer;
    (void)unused;
    pb_meter_writer_init(&writer, &meters, sums, PB_METER_WINDOWS_PER_SECOND * METERS_FRAMES);
    while (goes_on()) {
        uint64_t number = writer.newest + 1u;
        float peak = meters_peak(number);
        float left[METERS_FRAMES], right[METERS_FRAMES];
        const float *channels[METERS];
        uint32_t i;
        for (i = 0; i < METERS_FRAMES; i++)
            left[i] = right[i] = i % 2u == 0 ? peak : -peak;
        left[number % METERS_FRAMES] = NAN;
        right[(number + 1u) % METERS_FRAMES] = NAN;
        channels[0] = left;
        channels[1] = right;
        if (number < METERS_DATA)
            plain[number] = (int64_t)number;
        /* In two parts, so that a window is not always a block. */
        pb_meter_writer_add_block(&writer, channels, METERS, 0, 1);
        pb_meter_writer_add_block(&writer, channels, METERS, 1, METERS_FRAMES - 1);
        EXPECT(writer.newest == number, "a window is closed when its frames are there");
        meters_closed = number;
        if (number % 8u == 0)
            rest();
    }
    return NULL;
}

/* What a meter's windows behind one up to another make together, all of them gathered. */
static void meters_expect(const pb_meter_reading *reading, uint64_t after, uint64_t newest)
{
    double sum = 0;
    float peak = 0;
    uint64_t n;
    for (n = after + 1u; n <= newest; n++) {
        const float of = meters_peak(n);
        peak = of > peak ? of : peak;
        sum += (double)of * (double)of * (METERS_FRAMES - 1) / METERS_FRAMES;
    }
    EXPECT(!(reading->peak < peak) && !(reading->peak > peak), "the peak is the largest of the windows");
    sum = reading->mean_square - sum / (double)(newest - after);
    EXPECT(!(sum < 0) && !(sum > 0), "the mean square is that of the windows");
}

static void meters_poll(pb_meter_reader *reader)
{
    uint64_t before = reader->seen;
    int64_t clips[METERS];
    uint32_t meter, gathered;
    for (meter = 0; meter < METERS; meter++)
        clips[meter] = reader->readings[meter].total_clips;
    gathered = pb_meter_reader_poll(reader);
    EXPECT(reader->seen >= before && reader->seen - before == gathered + reader->missed, "each window is gathered or missed");
    if (reader->seen > 0 && reader->seen < METERS_DATA)
        EXPECT(plain[reader->seen] == (int64_t)reader->seen, "what was stored before a window was closed is seen");
    for (meter = 0; meter < METERS; meter++) {
        const pb_meter_reading *reading = &reader->readings[meter];
        EXPECT(reading->total_clips >= (int64_t)reader->seen * (METERS_FRAMES - 1), "clips are counted before the window's end");
        EXPECT(reading->total_clips % (METERS_FRAMES - 1) == 0, "a window's clips come at once");
        EXPECT(reading->clips == reading->total_clips - clips[meter], "clips are those since the last time");
        EXPECT(reading->total_not_finite >= (int64_t)reader->seen, "so is what is not finite");
        if (gathered > 0 && reader->missed == 0)
            meters_expect(reading, before, reader->seen);
    }
    if (gathered == 0)
        rest();
}

static void *meters_reader(void *unused)
{
    pb_meter_reading readings[METERS];
    pb_meter_reader reader;
    (void)unused;
    pb_meter_reader_init(&reader, &meters, readings);
    while (goes_on())
        meters_poll(&reader);
    return NULL;
}

/* Comes so seldom that windows are gone, and some are written anew while it looks. */
static void *meters_late_reader(void *unused)
{
    pb_meter_reading readings[METERS];
    pb_meter_reader reader;
    (void)unused;
    pb_meter_reader_init(&reader, &meters, readings);
    while (goes_on()) {
        meters_poll(&reader);
        sleep_millis(1);
    }
    return NULL;
}

static void scenario_meters(void)
{
    const actor actors[] = {meters_writer, meters_reader, meters_late_reader};
    pb_meter_reading readings[METERS];
    pb_meter_reader reader;
    uint32_t meter;
    meters = OPEN(LEVELS);
    TOGETHER(actors);
    pb_meter_reader_init(&reader, &meters, readings);
    EXPECT(reader.seen == meters_closed, "the last window stays");
    for (meter = 0; meter < METERS; meter++) {
        EXPECT(readings[meter].total_clips == (int64_t)meters_closed * (METERS_FRAMES - 1), "each clip is counted once");
        EXPECT(readings[meter].total_not_finite == (int64_t)meters_closed, "each sample that is not finite is counted once");
    }
    done((long)meters_closed);
}

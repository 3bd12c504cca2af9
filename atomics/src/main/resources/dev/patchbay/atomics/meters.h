/* SPDX-License-Identifier: Apache-2.0 */
/* ---- Meters: MeterWriter and MeterReader in Java. One writer, wait-free; any readers, bounded, for whom a read-only mapping
   suffices. The writer closes a window of all meters every so many frames and numbers it; a reader gathers the windows since the
   last one that it has seen. What is measured: the peak is the largest absolute value, 1 at full scale, never NaN and never -0; the
   mean square is the sum of the squares by the frames of the window, and the RMS its root; each sample above full scale is a clip;
   NaN and infinities are counted as not finite, are 0 for peak and mean square, and an infinity is a clip as well. ---- */

/* What the open window of a meter holds so far: private to the writer. */
typedef struct pb_meter_sums {
    double squares;
    int64_t clips;
    int64_t not_finite;
    float peak;
    float level;
} pb_meter_sums;

/* A writer; in its process's own memory, as is the array that sums points to. */
typedef struct pb_meter_writer {
    pb_section section;
    pb_meter_sums *sums;
    uint64_t newest;
    uint32_t window_frames;
    uint32_t frames;
} pb_meter_writer;

/* What a reader has gathered of a meter. */
typedef struct pb_meter_reading {
    double mean_square;     /* of the windows gathered, 0 or more, finite; its root is the RMS */
    int64_t clips;          /* samples beyond full scale since the poll before, in windows gathered or missed */
    int64_t not_finite;     /* samples that were NaN or infinite, likewise */
    int64_t total_clips;    /* since the region was made */
    int64_t total_not_finite;
    float peak;             /* the largest absolute value in the windows gathered, 0 or more, finite */
} pb_meter_reading;

/* A reader; in its process's own memory, as is the array that readings points to. */
typedef struct pb_meter_reader {
    pb_section section;
    pb_meter_reading *readings;
    uint64_t seen;   /* the number of the last window that was seen; 0 for none */
    uint64_t missed; /* windows that the last poll has missed: later ones had taken their places */
} pb_meter_reader;

/* The word that says of which window a value is: MeterDescriptor.word in Java. */
static inline uint64_t pb_meter_word(uint64_t number, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return number << 32 | bits;
}

/* The value in such a word: MeterDescriptor.value in Java. */
static inline float pb_meter_value(uint64_t word)
{
    uint32_t bits = (uint32_t)word;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* The absolute value of a float that is finite; 0 for any other. */
static inline float pb_meter_magnitude(float value)
{
    float magnitude = value < 0 ? 0.0f - value : value + 0.0f;
    /* Not true of NaN either. */
    return magnitude <= 3.40282347e+38f ? magnitude : 0.0f;
}

/* Starts a writer over a section that was found, for this sample rate in Hz; a window has 10 ms, and at least one frame. sums has
   section->count elements. Goes on after the newest window in memory, so a successor needs no more than this. By the writer alone,
   not in audio code. Relaxed: who knows that the predecessor has ended knows all that it stored. MeterWriter.over in Java. */
static inline void pb_meter_writer_init(
    pb_meter_writer *writer, const pb_section *section, pb_meter_sums *sums, double sample_rate)
{
    pb_meter_head *head = (pb_meter_head *)(void *)section->base;
    const double rounded = sample_rate / PB_METER_WINDOWS_PER_SECOND + 0.5;
    const float rate = sample_rate < 3.4e38 ? (float)sample_rate : 3.4e38f;
    memset(writer, 0, sizeof *writer);
    memset(sums, 0, section->count * sizeof *sums);
    writer->section = *section;
    writer->sums = sums;
    writer->window_frames = !(rounded >= 1) ? 1u : rounded < INT32_MAX ? (uint32_t)rounded : (uint32_t)INT32_MAX;
    writer->newest = __atomic_load_n(&head->newest, __ATOMIC_RELAXED);
    __atomic_store_n(&head->clock, pb_meter_word(writer->window_frames, rate), __ATOMIC_RELAXED);
}

/* Closes the window of all meters: MeterWriter.close in Java. The release of its number pairs with the acquire of
   pb_meter_reader_poll and MeterReader.poll; it orders the relaxed stores before it. */
static inline void pb_meter_writer_close(pb_meter_writer *writer)
{
    const uint64_t number = writer->newest + 1u;
    uint32_t i;
    for (i = 0; i < writer->section.count; i++) {
        pb_meter *meter = (pb_meter *)pb_section_element(&writer->section, i);
        pb_meter_window *window = &meter->windows[number % PB_METER_WINDOWS];
        pb_meter_sums *sums = &writer->sums[i];
        const float peak = sums->peak > sums->level ? sums->peak : sums->level;
        const double mean = sums->squares / writer->window_frames;
        const float mean_square = mean < 3.40282347e+38 ? (float)mean : 3.40282347e+38f;
        __atomic_store_n(&window->peak, pb_meter_word(number, peak), __ATOMIC_RELAXED);
        __atomic_store_n(&window->mean_square, pb_meter_word(number, mean_square), __ATOMIC_RELAXED);
        __atomic_store_n(
            &meter->clips, __atomic_load_n(&meter->clips, __ATOMIC_RELAXED) + sums->clips, __ATOMIC_RELAXED);
        __atomic_store_n(&meter->not_finite, __atomic_load_n(&meter->not_finite, __ATOMIC_RELAXED) + sums->not_finite,
            __ATOMIC_RELAXED);
        sums->peak = 0;
        sums->squares = 0;
        sums->clips = 0;
        sums->not_finite = 0;
    }
    writer->newest = number;
    __atomic_store_n(&((pb_meter_head *)(void *)writer->section.base)->newest, number, __ATOMIC_RELEASE);
}

/* Lets time pass, at most to the end of the window. */
static inline void pb_meter_writer_pass(pb_meter_writer *writer, uint32_t frames)
{
    writer->frames += frames;
    if (writer->frames == writer->window_frames) {
        pb_meter_writer_close(writer);
        writer->frames = 0;
    }
}

/* Takes samples of one meter into the open window. Four sums, added as Java adds them. */
static inline void pb_meter_weigh(pb_meter_sums *sums, const float *samples, uint32_t frames)
{
    double squares[4] = {0, 0, 0, 0};
    float peak = sums->peak;
    int64_t clips = 0, not_finite = 0;
    uint32_t i;
    for (i = 0; i < frames; i++) {
        const float magnitude = pb_meter_magnitude(samples[i]);
        peak = magnitude > peak ? magnitude : peak;
        clips += (samples[i] > 1.0f) | (samples[i] < -1.0f);
        /* Infinity less itself is NaN, and NaN is not even equal to itself. */
        not_finite += !(samples[i] - samples[i] == 0.0f);
    }
    for (i = 0; i < frames; i++) {
        const double magnitude = (double)pb_meter_magnitude(samples[i]);
        squares[i < frames / 4u * 4u ? i % 4u : 0] += magnitude * magnitude;
    }
    sums->peak = peak;
    sums->squares += squares[0] + squares[1] + (squares[2] + squares[3]);
    sums->clips += clips;
    sums->not_finite += not_finite;
}

/* Feeds a block, channel n to meter n from a sample on, and lets its time pass for all meters: MeterWriter.addBlock in Java. It
   may be shorter or longer than a window; channels beyond the last meter are not metered. By the writer alone; wait-free. */
static inline void pb_meter_writer_add_block(
    pb_meter_writer *writer, const float *const *channels, uint32_t channel_count, uint32_t from, uint32_t frames)
{
    const uint32_t fed = channel_count < writer->section.count ? channel_count : writer->section.count;
    while (frames > 0) {
        const uint32_t left = writer->window_frames - writer->frames;
        const uint32_t n = frames < left ? frames : left;
        uint32_t meter;
        for (meter = 0; meter < fed; meter++)
            pb_meter_weigh(&writer->sums[meter], channels[meter] + from, n);
        pb_meter_writer_pass(writer, n);
        from += n;
        frames -= n;
    }
}

/* Sets the level of a meter that is not fed with samples, or does nothing beyond the last: MeterWriter.setLevel in Java. It holds
   until it is set again; NaN and infinities are counted as not finite and set 0. By the writer alone; wait-free. */
static inline void pb_meter_writer_set_level(pb_meter_writer *writer, uint32_t meter, float level)
{
    pb_meter_sums *sums;
    float magnitude;
    if (meter >= writer->section.count)
        return;
    sums = &writer->sums[meter];
    magnitude = pb_meter_magnitude(level);
    sums->not_finite += !(level - level == 0.0f);
    if (writer->frames > 0 && sums->level > sums->peak)
        sums->peak = sums->level;
    if (magnitude > sums->peak)
        sums->peak = magnitude;
    sums->level = magnitude;
}

/* Lets time pass without samples: MeterWriter.advance in Java. By the writer alone; wait-free. */
static inline void pb_meter_writer_advance(pb_meter_writer *writer, uint32_t frames)
{
    while (frames > 0) {
        const uint32_t left = writer->window_frames - writer->frames;
        const uint32_t n = frames < left ? frames : left;
        pb_meter_writer_pass(writer, n);
        frames -= n;
    }
}

/* Takes a meter's counts. Behind the acquire of a window's number they hold at least what its window held. */
static inline void pb_meter_reader_count(pb_meter_reader *reader, uint32_t meter)
{
    const pb_meter *of = (const pb_meter *)pb_section_element(&reader->section, meter);
    pb_meter_reading *reading = &reader->readings[meter];
    const int64_t clips = __atomic_load_n(&of->clips, __ATOMIC_RELAXED);
    const int64_t not_finite = __atomic_load_n(&of->not_finite, __ATOMIC_RELAXED);
    /* Unsigned: whatever a broken writer has stored, the difference is defined. */
    reading->clips = (int64_t)((uint64_t)clips - (uint64_t)reading->total_clips);
    reading->not_finite = (int64_t)((uint64_t)not_finite - (uint64_t)reading->total_not_finite);
    reading->total_clips = clips;
    reading->total_not_finite = not_finite;
}

/* Starts a reader over a section that was found, as one that has seen the newest window; seen may be set to another number
   afterwards. readings has section->count elements. Any thread. Acquires the number, which pairs with the release in
   pb_meter_writer_close and MeterWriter.close. MeterReader.over in Java. */
static inline void pb_meter_reader_init(pb_meter_reader *reader, const pb_section *section, pb_meter_reading *readings)
{
    uint32_t i;
    memset(reader, 0, sizeof *reader);
    memset(readings, 0, section->count * sizeof *readings);
    reader->section = *section;
    reader->readings = readings;
    reader->seen = __atomic_load_n(&((const pb_meter_head *)(const void *)section->base)->newest, __ATOMIC_ACQUIRE);
    for (i = 0; i < section->count; i++) {
        pb_meter_reader_count(reader, i);
        readings[i].clips = 0;
        readings[i].not_finite = 0;
    }
}

/* Gathers so many windows of a meter behind one, and gives how many of them are gone. */
static inline uint32_t pb_meter_reader_gather(pb_meter_reader *reader, uint32_t meter, uint64_t after, uint32_t there)
{
    const pb_meter *of = (const pb_meter *)pb_section_element(&reader->section, meter);
    pb_meter_reading *reading = &reader->readings[meter];
    double sum = 0;
    uint32_t i, taken = 0;
    reading->peak = 0;
    for (i = 1; i <= there; i++) {
        const uint64_t number = after + i;
        const pb_meter_window *window = &of->windows[number % PB_METER_WINDOWS];
        /* Relaxed: the acquire of the newest number makes sure that the word is not of an older window, and the number in it
           that it is of no newer. */
        const uint64_t peak = __atomic_load_n(&window->peak, __ATOMIC_RELAXED);
        const uint64_t mean_square = __atomic_load_n(&window->mean_square, __ATOMIC_RELAXED);
        if (peak >> 32 == (uint32_t)number && mean_square >> 32 == (uint32_t)number) {
            if (pb_meter_value(peak) > reading->peak)
                reading->peak = pb_meter_value(peak);
            sum += (double)pb_meter_value(mean_square);
            taken++;
        }
    }
    reading->mean_square = taken == 0 ? 0 : sum / taken;
    return there - taken;
}

/* Gathers all windows since the last one seen: MeterReader.poll in Java. How many were gathered whole, of all meters; missed says
   how many were not. Bounded; one thread for each reader; a read-only mapping suffices. Acquires the newest number, which pairs
   with the release in pb_meter_writer_close and MeterWriter.close. */
static inline uint32_t pb_meter_reader_poll(pb_meter_reader *reader)
{
    const pb_meter_head *head = (const pb_meter_head *)(const void *)reader->section.base;
    const uint64_t newest = __atomic_load_n(&head->newest, __ATOMIC_ACQUIRE);
    /* Numbers never go back; where a broken writer's do, the reader starts anew with them. */
    const uint64_t closed = newest - reader->seen > INT64_MAX ? 0 : newest - reader->seen;
    const uint32_t there = closed < PB_METER_WINDOWS ? (uint32_t)closed : PB_METER_WINDOWS;
    uint32_t meter, most = 0;
    for (meter = 0; meter < reader->section.count; meter++) {
        const uint32_t gone = pb_meter_reader_gather(reader, meter, newest - there, there);
        most = gone > most ? gone : most;
        pb_meter_reader_count(reader, meter);
    }
    reader->missed = closed - there + most;
    reader->seen = newest;
    return there - most;
}

/* How long a window is in seconds, as the present writer says; 0 where none has started. MeterReader.windowSeconds in Java. */
static inline double pb_meter_reader_window_seconds(const pb_meter_reader *reader)
{
    const uint64_t clock
        = __atomic_load_n(&((const pb_meter_head *)(const void *)reader->section.base)->clock, __ATOMIC_RELAXED);
    const double rate = (double)pb_meter_value(clock);
    return rate > 0 ? (double)(clock >> 32) / rate : 0;
}


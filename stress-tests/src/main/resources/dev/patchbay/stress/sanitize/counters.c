/* SPDX-License-Identifier: Apache-2.0 */
/* control: relaxed PB_CELL */
/* Counters and a histogram by one writer: who sees a count sees what was stored before it was counted. */

#define COUNTERS_DATA (long)PB_STRESS_DATA_COUNT

static pb_section counters, histogram;
static long counters_written;

static void *counters_writer(void *unused)
{
    long n;
    (void)unused;
    for (n = 1; goes_on(); n++) {
        if (n < COUNTERS_DATA)
            plain[n] = n;
        pb_counter_max(&counters, 1, n);
        pb_histogram_record(&histogram, n % 4096);
        pb_counter_add(&counters, 0, 1);
        counters_written = n;
        if (n >= COUNTERS_DATA)
            rest();
    }
    return NULL;
}

static void *counters_reader(void *unused)
{
    int64_t last = 0;
    (void)unused;
    while (goes_on()) {
        int64_t count = pb_counter_get_acquire(&counters, 0);
        EXPECT(count >= last, "a counter does not go back");
        EXPECT(pb_counter_get_acquire(&counters, 1) >= count, "what was stored before is seen");
        if (count != last && count < COUNTERS_DATA)
            EXPECT(plain[count] == count, "what was stored before is seen");
        last = count;
    }
    return NULL;
}

static void scenario_counters(void)
{
    const actor actors[] = {counters_writer, counters_reader, counters_reader};
    int64_t recorded = 0;
    uint32_t i;
    counters = OPEN(COUNTS);
    histogram = OPEN(TIMES);
    TOGETHER(actors);
    for (i = 0; i < histogram.count; i++)
        recorded += pb_counter_get_acquire(&histogram, i);
    EXPECT(recorded == counters_written, "each value is in one bucket");
    EXPECT(pb_counter_get_acquire(&counters, 0) == counters_written, "each is counted once");
    done(counters_written);
}

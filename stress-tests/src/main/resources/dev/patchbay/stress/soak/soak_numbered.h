/* SPDX-License-Identifier: Apache-2.0 */
/* The primitives that number what they publish: NumberedSender and NumberedReader in Java. */

static pb_section news, levels, changes;
static pb_meter_writer meter_writer;
static pb_meter_sums meter_sums[SOAK_METERS_COUNT];
static pb_meter_reader meter_reader;
static pb_meter_reading readings[SOAK_METERS_COUNT];
static pb_parameter_change changed[SOAK_PARAMETERS];
static pb_broadcast_reader news_reader;
static int64_t last_news, applied;

static void numbered_find(void)
{
    find("news", PB_FIND(&region, PB_SOAK_NEWS, &news));
    find("levels", PB_FIND(&region, PB_SOAK_LEVELS, &levels));
    find("changes", PB_FIND(&region, PB_SOAK_CHANGES, &changes));
}

/* The newest of the transactions that a predecessor published: in a copy that is not the writer's own. ParameterChangesWriter. */
static int64_t recover_changes(void)
{
    const pb_parameter_change *own = pb_soak_changes_writer(&changes);
    uint32_t newest = 0, copy, i;
    memset(changed, 0, sizeof changed);
    for (copy = 0; copy < 3; copy++) {
        const pb_parameter_change *found = (const pb_parameter_change *)pb_triple_copy(&changes, copy);
        for (i = 0; found != own && i < SOAK_PARAMETERS; i++)
            if (found[i].transaction > changed[i].transaction) {
                changed[i] = found[i];
                newest = found[i].transaction > newest ? found[i].transaction : newest;
            }
    }
    return newest;
}

static int64_t found_sent(int lane)
{
    switch (lane) {
    case SOAK_NEWS:
        return (int64_t)pb_broadcast_tail(&news);
    case SOAK_METERS:
        pb_meter_writer_init(&meter_writer, &levels, meter_sums, SOAK_METER_RATE);
        return (int64_t)meter_writer.newest;
    default:
        return recover_changes();
    }
}

static int send_meters(int64_t number)
{
    float samples[SOAK_METERS_COUNT];
    const float *channels[SOAK_METERS_COUNT];
    int i;
    for (i = 0; i < SOAK_METERS_COUNT; i++) {
        samples[i] = i % 2 == 0 ? level_of(number, i) : -level_of(number, i);
        channels[i] = &samples[i];
    }
    pb_meter_writer_add_block(&meter_writer, channels, SOAK_METERS_COUNT, 0, 1);
    return 1;
}

static int send_changes(int64_t number)
{
    int i;
    for (i = 0; i < SOAK_PARAMETERS; i++)
        if (set_by(number, i) == number) {
            changed[i].value = level_of(number, i);
            changed[i].transaction = (uint32_t)number;
        }
    pb_parameter_changes_publish(&changes, changed);
    return 1;
}

static int send_numbered(int lane, int role, int64_t number)
{
    pb_soak_block block;
    switch (lane) {
    case SOAK_NEWS:
        fill_block(&block, role, number, 0);
        pb_broadcast_write(&news, &block);
        return 1;
    case SOAK_METERS:
        return send_meters(number);
    default:
        return send_changes(number);
    }
}

static int64_t newest_change(void)
{
    const pb_parameter_change *copy = pb_soak_changes_reader(&changes);
    int64_t newest = 0;
    int i;
    for (i = 0; i < SOAK_PARAMETERS; i++)
        if (copy[i].transaction > newest)
            newest = copy[i].transaction;
    return newest;
}

static int64_t checked_of(int lane) { return get(&journal, lane * SOAK_RECEIVEDS + SOAK_CHECKED); }

static void begin_numbered(void)
{
    int64_t seen = checked_of(SOAK_NEWS);
    if (rand() % 2) {
        pb_broadcast_seek_oldest(&news, &news_reader);
    } else {
        pb_broadcast_seek_newest(&news, &news_reader);
        if ((int64_t)news_reader.position + 1 < seen)
            fail("NEWS: the newest is %lld after %lld", (long long)news_reader.position + 1, (long long)seen);
    }
    last_news = (int64_t)news_reader.position;
    pb_meter_reader_init(&meter_reader, &levels, readings);
    if ((int64_t)meter_reader.seen < checked_of(SOAK_METERS))
        fail("METERS: the newest is %lld after %lld", (long long)meter_reader.seen, (long long)checked_of(SOAK_METERS));
    applied = newest_change();
    if (applied < checked_of(SOAK_CHANGES))
        fail("CHANGES: a successor of the reader finds %lld applied, after %lld", (long long)applied,
            (long long)checked_of(SOAK_CHANGES));
    /* Applied by the predecessor, as it may not have come to note. */
    set(&journal, SOAK_CHANGES * SOAK_RECEIVEDS + SOAK_CHECKED, applied);
}

/* All that comes, and all that is told as lost, add up to the numbers. */
static void read_news(uint32_t limit)
{
    uint32_t i;
    for (i = 0; i < limit; i++) {
        pb_soak_block block;
        pb_broadcast_result result = pb_broadcast_read(&news, &news_reader, &block);
        if (result == PB_BROADCAST_NOTHING)
            return;
        if (result == PB_BROADCAST_OVERRUN) {
            last_news += (int64_t)news_reader.lost;
            add(SOAK_NEWS, SOAK_MISSED, (int64_t)news_reader.lost);
        } else {
            int64_t number = (int64_t)block.words[0];
            whole(SOAK_NEWS, &block, number, 0);
            if (number != ++last_news)
                fail("NEWS: message %lld came where %lld was due", (long long)number, (long long)last_news);
            if (number > checked_of(SOAK_NEWS))
                set(&journal, SOAK_NEWS * SOAK_RECEIVEDS + SOAK_CHECKED, number);
        }
    }
}

/* Where all of the last windows were gathered, what they hold is known; else, only of whom. */
static void check_meter(int meter, int64_t after, int64_t newest, int is_all)
{
    const pb_meter_reading *reading = &readings[meter];
    double sum = 0, mean;
    float peak = 0;
    int is_one = reading->peak == 0, is_whole;
    int64_t number;
    for (number = after + 1; number <= newest; number++) {
        float level = level_of(number, meter);
        peak = level > peak ? level : peak;
        is_one |= reading->peak == level;
        sum += (double)(float)((double)level * (double)level);
    }
    mean = newest == after ? 0 : sum / (double)(newest - after);
    is_whole = is_all ? reading->peak == peak && reading->mean_square == mean : is_one;
    if (!is_whole || reading->total_clips != 0 || reading->total_not_finite != 0)
        torn(SOAK_METERS, newest);
}

/* So many of the windows behind a number were missed at their end: the writer must have come round to them, a full lap ahead. The number
   may be seen late. */
static void check_overwritten(int64_t after, int64_t gone)
{
    const pb_meter_head *head = (const pb_meter_head *)(const void *)levels.base;
    int tries;
    for (tries = 0; tries < TRIES; tries++)
        if ((int64_t)__atomic_load_n(&head->newest, __ATOMIC_ACQUIRE) + 1 >= after + gone + PB_METER_WINDOWS)
            return;
    fail("METERS: %lld windows after %lld were missed that nothing had overwritten", (long long)gone, (long long)after);
}

static void read_meters(void)
{
    int64_t seen = (int64_t)meter_reader.seen, gathered = pb_meter_reader_poll(&meter_reader);
    int64_t newest = (int64_t)meter_reader.seen, there;
    int i;
    if (newest < seen || gathered + (int64_t)meter_reader.missed != newest - seen)
        fail("METERS: %lld windows and %lld missed are not those from %lld to %lld", (long long)gathered,
            (long long)meter_reader.missed, (long long)seen, (long long)newest);
    add(SOAK_METERS, SOAK_MISSED, (int64_t)meter_reader.missed);
    there = newest - seen < PB_METER_WINDOWS ? newest - seen : PB_METER_WINDOWS;
    if (gathered < there)
        check_overwritten(newest - there, there - gathered);
    for (i = 0; i < SOAK_METERS_COUNT; i++)
        check_meter(i, newest - there, newest, gathered == there);
    set(&journal, SOAK_METERS * SOAK_RECEIVEDS + SOAK_CHECKED, newest);
}

/* All of the transactions up to one, whichever copies were passed over. */
static void read_changes(void)
{
    const pb_parameter_change *copy;
    int64_t newest;
    int i;
    if (!pb_triple_refresh(&changes))
        return;
    copy = pb_soak_changes_reader(&changes);
    newest = newest_change();
    if (newest < applied)
        fail("CHANGES: went back from %lld to %lld", (long long)applied, (long long)newest);
    for (i = 0; i < SOAK_PARAMETERS; i++) {
        int64_t set_last = set_by(newest, i);
        if (copy[i].transaction != (uint32_t)set_last || (set_last > 0 && copy[i].value != level_of(set_last, i)))
            torn(SOAK_CHANGES, newest);
    }
    applied = newest;
    set(&journal, SOAK_CHANGES * SOAK_RECEIVEDS + SOAK_CHECKED, newest);
}

static void numbered_read(uint32_t limit)
{
    read_news(limit);
    read_meters();
    read_changes();
}

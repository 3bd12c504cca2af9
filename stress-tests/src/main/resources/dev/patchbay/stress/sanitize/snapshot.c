/* SPDX-License-Identifier: Apache-2.0 */
/* control: plain pb_sequenced_store */
/* A snapshot with two readers: each copy is whole and not older than the one before. */

static pb_section snapshot;
static long snapshot_written;

static void *snapshot_writer(void *unused)
{
    long n;
    (void)unused;
    for (n = 1; goes_on(); n++) {
        pb_stress_pair pair;
        pair.first = n;
        pair.second = -n;
        pb_stress_state_write(&snapshot, &pair);
        snapshot_written = n;
        if (n % 16 == 0)
            rest();
    }
    return NULL;
}

static void *snapshot_reader(void *unused)
{
    int64_t last = 0;
    (void)unused;
    while (goes_on()) {
        pb_stress_pair pair;
        if (pb_stress_state_read(&snapshot, &pair, 100)) {
            EXPECT(pair.first == -pair.second, "a copy is whole");
            EXPECT(pair.first >= last, "copies do not go back");
            last = pair.first;
        }
    }
    return NULL;
}

static void scenario_snapshot(void)
{
    const actor actors[] = {snapshot_writer, snapshot_reader, snapshot_reader};
    pb_stress_pair pair;
    snapshot = OPEN(STATE);
    TOGETHER(actors);
    EXPECT(pb_stress_state_read(&snapshot, &pair, 1) && pair.first == snapshot_written, "the last one stays");
    done(snapshot_written);
}

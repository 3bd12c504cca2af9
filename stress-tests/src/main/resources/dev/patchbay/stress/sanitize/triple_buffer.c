/* SPDX-License-Identifier: Apache-2.0 */
/* control: relaxed pb_triple_replace */
/* A triple buffer of plain pairs: each copy is whole and newer, and in the end the newest is there. */

static pb_section triple;
static int64_t triple_written, triple_last;

static void *triple_writer(void *unused)
{
    int64_t n;
    (void)unused;
    for (n = 1; goes_on(); n++) {
        pb_stress_pair *pairs = pb_stress_triple_writer(&triple);
        uint32_t i;
        for (i = 0; i < triple.count; i++) {
            pairs[i].first = n;
            pairs[i].second = -n;
        }
        pb_triple_publish(&triple);
        triple_written = n;
    }
    return NULL;
}

static void triple_refresh(void)
{
    const pb_stress_pair *pairs;
    uint32_t i;
    if (!pb_triple_refresh(&triple)) {
        rest();
        return;
    }
    pairs = pb_stress_triple_reader(&triple);
    for (i = 0; i < triple.count; i++)
        EXPECT(pairs[i].first == pairs[0].first && pairs[i].second == -pairs[0].first, "a copy is whole");
    EXPECT(pairs[0].first > triple_last, "a fresh copy is newer");
    triple_last = pairs[0].first;
}

static void *triple_reader(void *unused)
{
    (void)unused;
    while (goes_on())
        triple_refresh();
    return NULL;
}

static void scenario_triple_buffer(void)
{
    const actor actors[] = {triple_writer, triple_reader};
    triple = OPEN(TRIPLE);
    TOGETHER(actors);
    triple_refresh();
    EXPECT(triple_last == triple_written, "the newest wins");
    done((long)triple_written);
}

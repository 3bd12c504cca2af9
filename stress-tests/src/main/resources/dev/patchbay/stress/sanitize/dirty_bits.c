/* SPDX-License-Identifier: Apache-2.0 */
/* control: relaxed pb_dirty_set */
/* Dirty bits of two setters, in one word and in two: who takes a bit sees the plain data that it speaks of. A cell for each bit
   hands them back. */

#define DIRTY_BITS 70

static pb_section dirty_bits, dirty_taken;
static long dirty_drained;

static void dirty_setter(uint32_t own)
{
    int32_t n;
    for (n = 1; goes_on(); n++) {
        uint32_t bit;
        for (bit = own; bit < DIRTY_BITS; bit += 2) {
            int32_t *taken = (int32_t *)pb_section_element(&dirty_taken, bit);
            while (pb_int32_get_acquire(taken) != n - 1) {
                if (!goes_on())
                    return;
                rest();
            }
            plain[bit] = n;
            pb_dirty_set(&dirty_bits, bit);
        }
    }
}

static void *dirty_even(void *unused)
{
    (void)unused;
    dirty_setter(0);
    return NULL;
}

static void *dirty_odd(void *unused)
{
    (void)unused;
    dirty_setter(1);
    return NULL;
}

static void dirty_take(void *context, uint32_t bit)
{
    int32_t *taken = (int32_t *)pb_section_element(&dirty_taken, bit);
    (void)context;
    EXPECT(bit < DIRTY_BITS, "no bit is set but these");
    EXPECT(plain[bit] == pb_int32_get_plain(taken) + 1, "each bit is taken once, after its data");
    pb_int32_set_release(taken, (int32_t)plain[bit]);
    dirty_drained++;
}

static void *dirty_drainer(void *unused)
{
    (void)unused;
    while (goes_on()) {
        pb_dirty_drain_each(&dirty_bits, dirty_take, NULL);
        rest();
    }
    return NULL;
}

static void scenario_dirty_bits(void)
{
    const actor actors[] = {dirty_even, dirty_odd, dirty_drainer};
    uint32_t bit;
    dirty_bits = OPEN(CHANGED);
    dirty_taken = OPEN(TAKEN);
    pb_dirty_set(&dirty_bits, dirty_bits.count * 64u);
    EXPECT(pb_dirty_drain(&dirty_bits, dirty_bits.count) == 0, "there is nothing beyond the last word");
    TOGETHER(actors);
    pb_dirty_drain_each(&dirty_bits, dirty_take, NULL);
    for (bit = 0; bit < DIRTY_BITS; bit++)
        EXPECT(plain[bit] == pb_int32_get_plain((int32_t *)pb_section_element(&dirty_taken, bit)), "no change is lost");
    done(dirty_drained);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* control: relaxed PB_CELL */
/* Voice states: who sees a state sees the level that was stored before it. Voice 1 hands the level back. */

static pb_section voices;
static long voices_seen;

static void *voices_synth(void *unused)
{
    int32_t n;
    (void)unused;
    for (n = 1;; n++) {
        int32_t state = pb_voice_states_pack(PB_VOICE_ATTACK, n % 2, n, n, n, n);
        *plain = n;
        pb_voice_states_set_release(&voices, 0, state);
        while (pb_voice_states_get_acquire(&voices, 1) != state) {
            if (!goes_on())
                return NULL;
            rest();
        }
    }
}

static void *voices_display(void *unused)
{
    int32_t last = 0;
    (void)unused;
    while (goes_on()) {
        int32_t state = pb_voice_states_get_acquire(&voices, 0);
        if (state == last) {
            rest();
            continue;
        }
        last = state;
        voices_seen++;
        EXPECT(pb_voice_states_generation_of(state) == (*plain & PB_VOICE_GENERATION_MASK), "a state comes after its level");
        EXPECT(pb_voice_states_key_of(state) == (*plain & PB_VOICE_KEY_MASK)
                && pb_voice_states_channel_of(state) == (*plain & PB_VOICE_CHANNEL_MASK)
                && pb_voice_states_velocity_of(state) == (*plain & PB_VOICE_VELOCITY_MASK)
                && pb_voice_states_is_held(state) == *plain % 2 && pb_voice_states_stage_of(state) == PB_VOICE_ATTACK,
            "a state is of one note");
        pb_voice_states_set_release(&voices, 1, state);
    }
    return NULL;
}

static void scenario_voice_states(void)
{
    const actor actors[] = {voices_synth, voices_display};
    voices = OPEN(VOICES);
    pb_voice_states_set_release(&voices, voices.count, 1);
    EXPECT(pb_voice_states_get_acquire(&voices, voices.count) == 0, "there is nothing beyond the last voice");
    TOGETHER(actors);
    done(voices_seen);
}

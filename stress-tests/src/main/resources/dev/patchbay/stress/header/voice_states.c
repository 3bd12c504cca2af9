/* SPDX-License-Identifier: Apache-2.0 */
#include "model.h"

/* The level is at a[0]. */
#define LEVEL ((int32_t *)model_at(a[0]))

static int32_t note(int32_t n)
{
    return pb_voice_states_pack(n, 1, n, 60 + n, 100 + n, n);
}
OPERATION(play)
{
    pb_section voices = model_section();
    (void)self;
    pb_int32_set_opaque(LEVEL, (int32_t)a[1]);
    pb_voice_states_set_release(&voices, 1, note((int32_t)a[1]));
    pb_voice_states_set_release(&voices, voices.count, note((int32_t)a[1]));
    return 0;
}
OPERATION(free)
{
    pb_section voices = model_section();
    UNUSED;
    pb_voice_states_set_release(&voices, 1, pb_voice_states_pack(PB_VOICE_FREE, 1, 1, 1, 1, 1));
    return pb_voice_states_get_acquire(&voices, 1);
}

/* The number of the note. */
OPERATION(look)
{
    pb_section voices = model_section();
    int32_t state = pb_voice_states_get_acquire(&voices, 1), n = pb_voice_states_generation_of(state);
    UNUSED;
    model_expect(state == (n == 0 ? 0 : note(n)), "a state is of one note");
    model_expect(n == 0
            || (pb_voice_states_is_held(state) && pb_voice_states_stage_of(state) == n
                && pb_voice_states_channel_of(state) == n && pb_voice_states_key_of(state) == 60 + n
                && pb_voice_states_velocity_of(state) == 100 + n),
        "a state says what was packed");
    model_expect(pb_voice_states_get_acquire(&voices, voices.count) == 0, "beyond the last is 0");
    return n;
}
OPERATION(level)
{
    (void)self;
    return pb_int32_get_opaque(LEVEL);
}

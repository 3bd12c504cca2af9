/* SPDX-License-Identifier: Apache-2.0 */
/* ---- Voice states: VoiceStates in Java. One packed word a voice, 0 for a free one; one writer, any readers; wait-free. ---- */

/* Packs a state: VoiceStates.pack in Java. Of each number the low bits count; 0 where the stage is PB_VOICE_FREE. No memory is
   touched. */
static inline int32_t pb_voice_states_pack(
    int32_t stage, int held, int32_t channel, int32_t key, int32_t velocity, int32_t generation)
{
    if (((uint32_t)stage & PB_VOICE_STAGE_MASK) == PB_VOICE_FREE)
        return 0;
    return (int32_t)(((uint32_t)stage & PB_VOICE_STAGE_MASK) << PB_VOICE_STAGE_SHIFT
        | (held != 0 ? 1u : 0u) << PB_VOICE_HELD_SHIFT
        | ((uint32_t)channel & PB_VOICE_CHANNEL_MASK) << PB_VOICE_CHANNEL_SHIFT
        | ((uint32_t)key & PB_VOICE_KEY_MASK) << PB_VOICE_KEY_SHIFT
        | ((uint32_t)velocity & PB_VOICE_VELOCITY_MASK) << PB_VOICE_VELOCITY_SHIFT
        | ((uint32_t)generation & PB_VOICE_GENERATION_MASK) << PB_VOICE_GENERATION_SHIFT);
}

/* What a state says: VoiceStates.isHeld, stageOf and so on in Java. No memory is touched. */
static inline int pb_voice_states_is_held(int32_t state)
{
    return ((uint32_t)state >> PB_VOICE_HELD_SHIFT & 1u) != 0;
}

static inline int32_t pb_voice_states_stage_of(int32_t state)
{
    return (int32_t)((uint32_t)state >> PB_VOICE_STAGE_SHIFT & PB_VOICE_STAGE_MASK);
}

static inline int32_t pb_voice_states_channel_of(int32_t state)
{
    return (int32_t)((uint32_t)state >> PB_VOICE_CHANNEL_SHIFT & PB_VOICE_CHANNEL_MASK);
}

static inline int32_t pb_voice_states_key_of(int32_t state)
{
    return (int32_t)((uint32_t)state >> PB_VOICE_KEY_SHIFT & PB_VOICE_KEY_MASK);
}

static inline int32_t pb_voice_states_velocity_of(int32_t state)
{
    return (int32_t)((uint32_t)state >> PB_VOICE_VELOCITY_SHIFT & PB_VOICE_VELOCITY_MASK);
}

static inline int32_t pb_voice_states_generation_of(int32_t state)
{
    return (int32_t)((uint32_t)state >> PB_VOICE_GENERATION_SHIFT & PB_VOICE_GENERATION_MASK);
}

/* Stores a voice's state with release; does nothing beyond the last. By the writer alone. Pairs with pb_voice_states_get_acquire
   and VoiceStates.getAcquire. */
static inline void pb_voice_states_set_release(const pb_section *voices, uint32_t voice, int32_t state)
{
    if (voice < voices->count)
        pb_int32_set_release((int32_t *)pb_section_element(voices, voice), state);
}

/* Loads a voice's state with acquire; 0 beyond the last. Any thread. Pairs with pb_voice_states_set_release and
   VoiceStates.setRelease. */
static inline int32_t pb_voice_states_get_acquire(const pb_section *voices, uint32_t voice)
{
    return voice < voices->count ? pb_int32_get_acquire((const int32_t *)pb_section_element(voices, voice)) : 0;
}


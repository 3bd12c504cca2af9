// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.VoiceStateDescriptor;
import org.agrona.concurrent.AtomicBuffer;

/**
 * What each voice does, for those who show it: one packed word a voice, see {@link VoiceStateDescriptor}. One writer, any readers.
 * Since the word is read in one piece, its key is that of its stage; and the generation tells a new note of the same key from one that
 * goes on. In C the functions of the same names begin with {@code pb_voice_states_}. Real-time safe.
 */
public final class VoiceStates {
    private final IntCells cells;

    /**
     * States from a byte offset, a multiple of 4, on.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param offset bytes from the start of the buffer to the state of voice 0
     * @param count how many voices
     */
    public VoiceStates(final AtomicBuffer buffer, final int offset, final int count) {
        this.cells = new IntCells(buffer, offset, count);
    }

    /**
     * {@return the states of a section}
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param section the directory's entry of a section of voice states
     */
    public static VoiceStates over(final AtomicBuffer buffer, final SectionEntry section) {
        return new VoiceStates(buffer, section.elementOffset(0), section.count());
    }

    /** {@return the number of voices} */
    public int count() {
        return cells.count();
    }

    /**
     * Stores a voice's state with release: who sees it sees what was stored before. By the writer only. Pairs with
     * {@link #getAcquire}.
     *
     * @param voice 0 to below {@link #count()}
     * @param state a packed word; 0 for a free voice
     */
    public void setRelease(final int voice, final int state) {
        cells.setRelease(voice, state);
    }

    /**
     * Loads a voice's state with acquire. Any thread. Pairs with {@link #setRelease}.
     *
     * @param voice 0 to below {@link #count()}
     * @return a packed word; 0 for a free voice
     */
    public int getAcquire(final int voice) {
        return cells.getAcquire(voice);
    }

    /**
     * Packs a state; of each number the low bits count. No memory is touched.
     *
     * @param stage one of the stages of {@link VoiceStateDescriptor}, or up to 15 as the module defines
     * @param held whether the note's key is down
     * @param channel 0 to 15
     * @param key 0 to 127
     * @param velocity 0 to 127
     * @param generation how many notes the voice has begun; counted modulo 512
     * @return the word; 0, whatever the rest, where the stage is {@link VoiceStateDescriptor#FREE}
     */
    public static int pack(
            final int stage,
            final boolean held,
            final int channel,
            final int key,
            final int velocity,
            final int generation) {
        if ((stage & VoiceStateDescriptor.STAGE_MASK) == VoiceStateDescriptor.FREE) {
            return 0;
        }
        return (stage & VoiceStateDescriptor.STAGE_MASK) << VoiceStateDescriptor.STAGE_SHIFT
                | (held ? 1 : 0) << VoiceStateDescriptor.HELD_SHIFT
                | (channel & VoiceStateDescriptor.CHANNEL_MASK)
                        << VoiceStateDescriptor.CHANNEL_SHIFT
                | (key & VoiceStateDescriptor.KEY_MASK) << VoiceStateDescriptor.KEY_SHIFT
                | (velocity & VoiceStateDescriptor.VELOCITY_MASK)
                        << VoiceStateDescriptor.VELOCITY_SHIFT
                | (generation & VoiceStateDescriptor.GENERATION_MASK)
                        << VoiceStateDescriptor.GENERATION_SHIFT;
    }

    /**
     * {@return whether the note's key is down}
     *
     * @param state a packed word
     */
    public static boolean isHeld(final int state) {
        return (state >>> VoiceStateDescriptor.HELD_SHIFT & 1) != 0;
    }

    /**
     * {@return the stage, 0 for a free voice}
     *
     * @param state a packed word
     */
    public static int stageOf(final int state) {
        return state >>> VoiceStateDescriptor.STAGE_SHIFT & VoiceStateDescriptor.STAGE_MASK;
    }

    /**
     * {@return the channel, 0 to 15}
     *
     * @param state a packed word
     */
    public static int channelOf(final int state) {
        return state >>> VoiceStateDescriptor.CHANNEL_SHIFT & VoiceStateDescriptor.CHANNEL_MASK;
    }

    /**
     * {@return the key, 0 to 127}
     *
     * @param state a packed word
     */
    public static int keyOf(final int state) {
        return state >>> VoiceStateDescriptor.KEY_SHIFT & VoiceStateDescriptor.KEY_MASK;
    }

    /**
     * {@return the velocity, 0 to 127}
     *
     * @param state a packed word
     */
    public static int velocityOf(final int state) {
        return state >>> VoiceStateDescriptor.VELOCITY_SHIFT & VoiceStateDescriptor.VELOCITY_MASK;
    }

    /**
     * {@return how many notes the voice has begun, modulo 512}
     *
     * @param state a packed word
     */
    public static int generationOf(final int state) {
        return state >>> VoiceStateDescriptor.GENERATION_SHIFT
                & VoiceStateDescriptor.GENERATION_MASK;
    }
}

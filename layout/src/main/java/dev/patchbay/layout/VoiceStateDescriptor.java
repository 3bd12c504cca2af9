// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The bits of a voice's state, one word of 32 bits, so that it is read in one piece. 0 is a free voice; stage 0 means free whatever
 * the other bits are.
 *
 * <pre>
 *  31           23 22           16 15            9 8       5   4   3       0
 * +---------------+---------------+---------------+---------+------+---------+
 * |  generation   |   velocity    |      key      | channel | held |  stage  |
 * +---------------+---------------+---------------+---------+------+---------+
 * </pre>
 */
public final class VoiceStateDescriptor {
    /** Where the stage begins; it has 4 bits: one of the constants of this class, or 6 to 15 as the module defines. */
    public static final int STAGE_SHIFT = 0;

    /** The bits of a stage, shifted down. */
    public static final int STAGE_MASK = 0xF;

    /** The bit that says that the note's key is down. */
    public static final int HELD_SHIFT = 4;

    /** Where the channel begins, 0 to 15; it has 4 bits. */
    public static final int CHANNEL_SHIFT = 5;

    /** The bits of a channel, shifted down. */
    public static final int CHANNEL_MASK = 0xF;

    /** Where the key begins, 0 to 127, 60 for middle C; it has 7 bits. */
    public static final int KEY_SHIFT = 9;

    /** The bits of a key, shifted down. */
    public static final int KEY_MASK = 0x7F;

    /** Where the velocity begins, 0 to 127; it has 7 bits. */
    public static final int VELOCITY_SHIFT = 16;

    /** The bits of a velocity, shifted down. */
    public static final int VELOCITY_MASK = 0x7F;

    /** Where the generation begins: how many notes this voice has begun, modulo 512; it has 9 bits. */
    public static final int GENERATION_SHIFT = 23;

    /** The bits of a generation, shifted down. */
    public static final int GENERATION_MASK = 0x1FF;

    /** The voice is free. */
    public static final int FREE = 0;

    /** The note rises. */
    public static final int ATTACK = 1;

    /** The note falls to its sustain level. */
    public static final int DECAY = 2;

    /** The note is at its sustain level. */
    public static final int SUSTAIN = 3;

    /** The note ends, since neither key nor pedal holds it. */
    public static final int RELEASE = 4;

    /** The note ends at once but without a click: its voice was taken, or it was choked. */
    public static final int FADE = 5;

    private VoiceStateDescriptor() {}

    /** {@return the numbers by name, for the header} */
    public static Map<String, Integer> constants() {
        final Map<String, Integer> c = new LinkedHashMap<>();
        c.put("stage_shift", STAGE_SHIFT);
        c.put("stage_mask", STAGE_MASK);
        c.put("held_shift", HELD_SHIFT);
        c.put("channel_shift", CHANNEL_SHIFT);
        c.put("channel_mask", CHANNEL_MASK);
        c.put("key_shift", KEY_SHIFT);
        c.put("key_mask", KEY_MASK);
        c.put("velocity_shift", VELOCITY_SHIFT);
        c.put("velocity_mask", VELOCITY_MASK);
        c.put("generation_shift", GENERATION_SHIFT);
        c.put("generation_mask", GENERATION_MASK);
        c.put("free", FREE);
        c.put("attack", ATTACK);
        c.put("decay", DECAY);
        c.put("sustain", SUSTAIN);
        c.put("release", RELEASE);
        c.put("fade", FADE);
        return c;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import java.util.SplittableRandom;

/**
 * Which notes a rehearsal plays. Most are within an octave of one channel for a while, as a player's are: notes of any key and
 * channel would be released, choked and bent while they do not sound, and what a module does with one that sounds would stay cold.
 */
final class RehearsalNotes {
    private static final int CHANNELS = 16;
    private static final int KEYS = 128;
    private static final int OCTAVE = 12;

    /** One note in so many is anywhere. */
    private static final int STRAY = 8;

    private static final int IDS = 32;

    private final SplittableRandom random;
    private int mainChannel;
    private int lowest = 60;

    RehearsalNotes(final SplittableRandom random) {
        this.random = random;
    }

    /** Goes to another octave and channel. */
    void move() {
        mainChannel = random.nextInt(CHANNELS);
        lowest = random.nextInt(KEYS - OCTAVE);
    }

    int channel() {
        return stray() ? random.nextInt(CHANNELS) : mainChannel;
    }

    int key() {
        return stray() ? random.nextInt(KEYS) : lowest + random.nextInt(OCTAVE);
    }

    /** A host's name for a note; some hosts have none. */
    int id() {
        return random.nextBoolean() ? -1 : random.nextInt(IDS);
    }

    private boolean stray() {
        return random.nextInt(STRAY) == 0;
    }
}

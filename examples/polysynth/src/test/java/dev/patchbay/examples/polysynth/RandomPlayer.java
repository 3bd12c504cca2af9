// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth;

import dev.patchbay.eventqueue.EventType;
import java.util.Random;

/** Plays anything at all: notes, controllers and parameters at random frames. The same seed plays the same. */
public final class RandomPlayer {
    private static final int[] CONTROLLERS = {1, 7, 11, 64, 120, 121, 123};

    private final Random random;

    /** A player that is known by its seed. */
    public RandomPlayer(final long seed) {
        random = new Random(seed);
    }

    /** Lets so many things happen within so many frames. */
    public void schedule(final SynthHarness harness, final int frames, final int count) {
        for (int i = 0; i < count; i++) {
            final int what = random.nextInt(100);
            final int frame = random.nextInt(frames);
            final int channel = random.nextInt(4);
            final int key = random.nextInt(128);
            final int id = random.nextInt(4) == 0 ? random.nextInt(50) : -1;
            final double value = random.nextDouble();
            if (what < 45) {
                later(
                        harness,
                        frame,
                        EventType.NOTE_ON,
                        channel,
                        id,
                        key,
                        value,
                        random.nextInt(200) - 100);
            } else if (what < 60) {
                later(harness, frame, EventType.NOTE_OFF, channel, id, key, value, 0);
            } else if (what < 62) {
                later(harness, frame, EventType.NOTE_CHOKE, channel, id, key, value, 0);
            } else if (what < 65) {
                later(harness, frame, EventType.POLY_PRESSURE, channel, id, key, value, 0);
            } else if (what < 68) {
                later(harness, frame, EventType.CHANNEL_PRESSURE, channel, -1, 0, value, 0);
            } else if (what < 75) {
                later(harness, frame, EventType.PITCH_BEND, channel, -1, 0, value * 2 - 1, 0);
            } else if (what < 84) {
                final int number = CONTROLLERS[random.nextInt(CONTROLLERS.length)];
                later(harness, frame, EventType.CONTROLLER, channel, -1, number, value, 0);
            } else if (what < 85) {
                later(harness, frame, EventType.ALL_NOTES_OFF, channel, -1, 0, 0, 0);
            } else {
                final int index = random.nextInt(PolySynthParameters.COUNT);
                final double extreme = random.nextBoolean() ? value : Math.round(value);
                harness.at(frame, () -> harness.setNormalized(index, extreme));
            }
        }
    }

    private static void later(
            final SynthHarness harness,
            final int frame,
            final int type,
            final int channel,
            final int id,
            final int index,
            final double value,
            final double detail) {
        harness.at(frame, () -> harness.event(type, channel, id, index, value, detail));
    }
}

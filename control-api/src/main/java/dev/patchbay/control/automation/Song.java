// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.automation;

import dev.patchbay.atomics.FloatField;
import dev.patchbay.atomics.IntegerField;
import dev.patchbay.atomics.SnapshotReader;
import dev.patchbay.atomics.StructCopy;
import dev.patchbay.layout.AutomationBase;
import dev.patchbay.layout.StandardStructs;

/** The host's song as control needs to know it. What times a hand's moves have is told by the engine, to the frame. */
final class Song {
    private static final double SECONDS_PER_MINUTE = 60;
    private static final double USUAL_TEMPO = 120;
    private static final int TRIES = 100;

    private final SnapshotReader reader;
    private final StructCopy copy = new StructCopy(StandardStructs.TRANSPORT);
    private final IntegerField playing = copy.integer("playing");
    private final FloatField tempo = copy.floating("tempo");
    private boolean plays;
    private double quartersPerMinute = USUAL_TEMPO;

    Song(final SnapshotReader reader) {
        this.reader = reader;
    }

    void refresh() {
        // Where the host writes all the time, what was known before is as good as any.
        if (reader.read(copy, TRIES)) {
            plays = playing.get() != 0;
            quartersPerMinute = tempo.get() > 0 ? tempo.get() : USUAL_TEMPO;
        }
    }

    boolean isPlaying() {
        return plays;
    }

    /** Some seconds as a lane counts. */
    double length(final double seconds, final AutomationBase base) {
        return base == AutomationBase.SECONDS
                ? seconds
                : seconds * quartersPerMinute / SECONDS_PER_MINUTE;
    }
}

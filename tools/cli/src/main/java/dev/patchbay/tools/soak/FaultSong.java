// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.soak;

import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.nio.file.Path;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;

/** Chords that are held for almost four seconds, and a short note each half second: always sound, and mostly held notes. */
final class FaultSong {
    /** From one chord to the next, at 120 quarters a minute. */
    static final int CHORD_SECONDS = 4;

    /** Notes of a chord. */
    static final int CHORD_NOTES = 8;

    static final int SECONDS = 900;

    private static final int TICKS_PER_SECOND = 960;
    private static final int LOWEST = 40;
    private static final int SHORT_KEY = 84;
    private static final int VELOCITY = 80;

    private FaultSong() {}

    static void write(final Path file) {
        try {
            final Sequence sequence = new Sequence(Sequence.PPQ, TICKS_PER_SECOND / 2);
            final Track track = sequence.createTrack();
            for (int second = 0; second < SECONDS; second++) {
                final long tick = (long) second * TICKS_PER_SECOND;
                if (second % CHORD_SECONDS == 0) {
                    for (int i = 0; i < CHORD_NOTES; i++) {
                        final long length = CHORD_SECONDS * TICKS_PER_SECOND * 15L / 16;
                        note(track, LOWEST + 3 * i, tick, length);
                    }
                }
                note(track, SHORT_KEY, tick, TICKS_PER_SECOND / 4);
                note(track, SHORT_KEY, tick + TICKS_PER_SECOND / 2, TICKS_PER_SECOND / 4);
            }
            MidiSystem.write(sequence, 0, file.toFile());
        } catch (final InvalidMidiDataException e) {
            throw new IllegalStateException("These notes can be played.", e);
        } catch (final IOException e) {
            throw new ToolException("The song cannot be written: " + e + ".", e);
        }
    }

    private static void note(final Track track, final int key, final long from, final long length)
            throws InvalidMidiDataException {
        track.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_ON, 0, key, VELOCITY), from));
        track.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_OFF, 0, key, 0), from + length));
    }
}

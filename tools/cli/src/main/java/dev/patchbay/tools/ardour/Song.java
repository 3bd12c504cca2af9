// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.ardour;

import java.io.IOException;
import java.nio.file.Path;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;

/** Some notes, one at a time and together, at 120 beats a minute, which Ardour and a MIDI file have unless told otherwise. */
final class Song {
    static final int QUARTERS = 8;

    /** Until the last note has faded in most plug-ins. */
    static final double SECONDS = 6;

    private static final int TICKS = 480;

    /** Start and length in quarters, key and velocity. */
    private static final double[][] NOTES = {
        {1, 1, 60, 100}, {2, 1.5, 64, 80}, {2, 1.5, 67, 90}, {4.25, 2, 72, 127}, {6, 1, 48, 64}
    };

    private Song() {}

    /** Writes it as a Standard MIDI File of format 0. */
    static Path write(final Path file) throws IOException {
        try {
            final Sequence sequence = new Sequence(Sequence.PPQ, TICKS);
            final Track track = sequence.createTrack();
            for (final double[] note : NOTES) {
                final int key = (int) note[2];
                add(track, ShortMessage.NOTE_ON, key, (int) note[3], note[0]);
                add(track, ShortMessage.NOTE_OFF, key, 64, note[0] + note[1]);
            }
            MidiSystem.write(sequence, 0, file.toFile());
            return file;
        } catch (final InvalidMidiDataException e) {
            throw new IllegalStateException("the notes of the song are none", e);
        }
    }

    private static void add(
            final Track track,
            final int command,
            final int key,
            final int velocity,
            final double at)
            throws InvalidMidiDataException {
        track.add(
                new MidiEvent(new ShortMessage(command, 0, key, velocity), Math.round(at * TICKS)));
    }
}

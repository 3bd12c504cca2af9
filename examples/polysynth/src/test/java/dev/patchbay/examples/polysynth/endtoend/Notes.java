// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;

/** A Standard MIDI File, note by note. One quarter note is 480 ticks. */
final class Notes {
    static final int TICKS_PER_QUARTER = 480;

    private final Sequence sequence;
    private final Track track;

    Notes(final int microsPerQuarter) throws InvalidMidiDataException {
        sequence = new Sequence(Sequence.PPQ, TICKS_PER_QUARTER);
        track = sequence.createTrack();
        final byte[] tempo = {
            (byte) (microsPerQuarter >> 16), (byte) (microsPerQuarter >> 8), (byte) microsPerQuarter
        };
        track.add(new javax.sound.midi.MidiEvent(new MetaMessage(0x51, tempo, tempo.length), 0));
    }

    Notes note(final int key, final long fromTick, final long toTick)
            throws InvalidMidiDataException {
        message(ShortMessage.NOTE_ON, key, 100, fromTick);
        message(ShortMessage.NOTE_OFF, key, 0, toTick);
        return this;
    }

    Notes controller(final int number, final int value, final long tick)
            throws InvalidMidiDataException {
        message(ShortMessage.CONTROL_CHANGE, number, value, tick);
        return this;
    }

    private void message(final int command, final int data1, final int data2, final long tick)
            throws InvalidMidiDataException {
        track.add(new javax.sound.midi.MidiEvent(new ShortMessage(command, 0, data1, data2), tick));
    }

    Path write(final Path file) throws IOException {
        MidiSystem.write(sequence, 0, file.toFile());
        return file;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.soak;

import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.nio.file.Path;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.Track;

/** A MIDI file played again and again. */
final class LoopedMidi {
    private static final int END_OF_TRACK = 0x2F;
    private static final int FORMAT = 1;
    private static final int MOST_LOOPS = 10_000;

    private LoopedMidi() {}

    /**
     * Writes a file that lasts at least so long, of a file as often as it takes.
     *
     * @throws ToolException if the file cannot be read, or is too short to be played so long
     */
    static void write(final Path source, final double seconds, final Path target) {
        try {
            final Sequence once = MidiSystem.getSequence(source.toFile());
            final double length = once.getMicrosecondLength() / 1e6;
            final int loops = (int) Math.min(MOST_LOOPS + 1.0, Math.ceil(seconds / length));
            if (!(length > 0) || loops > MOST_LOOPS) {
                throw new ToolException(
                        source
                                + " lasts "
                                + length
                                + " s, expected at least "
                                + seconds / MOST_LOOPS
                                + " s, to be played for "
                                + seconds
                                + " s.");
            }
            final Sequence all = new Sequence(once.getDivisionType(), once.getResolution());
            for (final Track from : once.getTracks()) {
                copy(from, all.createTrack(), loops, once.getTickLength());
            }
            MidiSystem.write(all, FORMAT, target.toFile());
        } catch (final InvalidMidiDataException | IOException e) {
            throw new ToolException(
                    "The MIDI file " + source + " cannot be looped: " + e.getMessage() + ".", e);
        }
    }

    private static void copy(final Track from, final Track to, final int loops, final long ticks) {
        for (int loop = 0; loop < loops; loop++) {
            for (int i = 0; i < from.size(); i++) {
                final MidiEvent event = from.get(i);
                final MidiMessage message = event.getMessage();
                if (!(message instanceof MetaMessage meta && meta.getType() == END_OF_TRACK)) {
                    to.add(new MidiEvent(message, event.getTick() + loop * ticks));
                }
            }
        }
    }
}

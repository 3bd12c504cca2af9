// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiSystem;

/** How long a MIDI file lasts: for the progress bar only, the host judges files by itself. */
final class MidiLength {
    /** What the host renders after the end of the file. */
    private static final double TAIL_SECONDS = 2;

    private MidiLength() {}

    /** The seconds that the host will render, or none where the file cannot be read here. */
    static OptionalDouble renderSeconds(final Path file) {
        try {
            return OptionalDouble.of(
                    MidiSystem.getSequence(file.toFile()).getMicrosecondLength() / 1e6
                            + TAIL_SECONDS);
        } catch (final InvalidMidiDataException | IOException | RuntimeException e) {
            return OptionalDouble.empty();
        }
    }
}

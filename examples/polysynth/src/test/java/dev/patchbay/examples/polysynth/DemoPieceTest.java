// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.junit.jupiter.api.Test;

class DemoPieceTest {
    private static final int RATE = 48_000;

    @Test
    void theFileIsWhatTheProgramWrites() throws Exception {
        assertArrayEquals(
                Files.readAllBytes(Path.of("demo.mid")),
                DemoPiece.bytes(),
                "demo.mid is not what DemoPiece writes: run its main with the file's path");
    }

    @Test
    void itUsesPedalWheelExpressionAndBendAndEndsEachNote() throws Exception {
        final Sequence piece = MidiSystem.getSequence(new ByteArrayInputStream(DemoPiece.bytes()));
        final Set<String> used = new HashSet<>();
        final Set<Integer> sounding = new HashSet<>();
        for (final Track track : piece.getTracks()) {
            for (int i = 0; i < track.size(); i++) {
                if (track.get(i).getMessage() instanceof ShortMessage) {
                    final ShortMessage message = (ShortMessage) track.get(i).getMessage();
                    final int note = message.getChannel() << 7 | message.getData1();
                    switch (message.getCommand()) {
                        case ShortMessage.NOTE_ON ->
                                assertTrue(sounding.add(note), "a note in a note");
                        case ShortMessage.NOTE_OFF -> assertTrue(sounding.remove(note));
                        case ShortMessage.PITCH_BEND -> used.add("bend");
                        default -> used.add("controller " + message.getData1());
                    }
                }
            }
        }
        assertEquals(Set.of(), sounding);
        assertEquals(
                Set.of("bend", "controller 1", "controller 7", "controller 11", "controller 64"),
                used);
    }

    @Test
    void itSoundsAtAHealthyLevelAndEndsInSilence() throws Exception {
        final Sequence piece = MidiSystem.getSequence(new ByteArrayInputStream(DemoPiece.bytes()));
        final SynthHarness harness = new SynthHarness(RATE);
        MidiRender.schedule(piece, harness, RATE);
        final float[][] out = harness.render(32 * RATE);
        for (final float[] x : out) {
            final double peak = Measure.decibels(Measure.peak(x, 0, x.length));
            final double rms = Measure.decibels(Measure.rms(x, 0, 22 * RATE));
            assertTrue(peak > -9 && peak < -1, "peak " + peak + " dBFS");
            assertTrue(rms > -24.5 && rms < -14, "RMS " + rms + " dBFS");
            final double seconds = (double) Measure.endOfSound(x) / RATE;
            assertTrue(seconds > 22 && seconds < 30, "ends after " + seconds + " s");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is heard, through the real host, bridge and processes. */
class MusicIT {
    private static final int RATE = 48_000;

    @TempDir private Path folder;

    @Test
    void playsA4At440HertzWithinOneCent() throws Exception {
        final Path midi = new Notes(500_000).note(69, 0, 4 * 480).write(folder.resolve("a4.mid"));
        final HostRun run = HostRun.start(folder, "--midi", midi.toString()).succeed();
        final double hertz = Pitch.of(run.samples()[0], RATE / 2, RATE, 440);
        final double cents = 1200 * Math.log(hertz / 440) / Math.log(2);
        assertTrue(Math.abs(cents) < 1, "A4 is " + hertz + " Hz, " + cents + " cents off");
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 256, 1000})
    void startsEachNoteAtTheSampleOfItsTick(final int block) throws Exception {
        // 500 123 µs a quarter: ticks fall between samples, so rounding counts.
        final int micros = 500_123;
        final long tick = 333;
        final Path midi =
                new Notes(micros).note(60, tick, tick + 100).write(folder.resolve("onset.mid"));
        final HostRun run =
                HostRun.start(folder, "--midi", midi.toString(), "--block", Integer.toString(block))
                        .succeed();
        final long expected =
                Math.round((double) tick * micros / Notes.TICKS_PER_QUARTER * RATE / 1e6);
        for (final float[] channel : run.samples()) {
            assertEquals(expected, firstSound(channel));
        }
    }

    @Test
    void isSilentAfterTheRelease() throws Exception {
        final Path midi = new Notes(500_000).note(60, 0, 240).write(folder.resolve("short.mid"));
        final HostRun run =
                HostRun.start(folder, "--midi", midi.toString(), "--tail", "20").succeed();
        final float[] left = run.samples()[0];
        assertTrue(left.length > 20 * RATE, "the tail was rendered");
        for (int i = left.length - RATE; i < left.length; i++) {
            assertEquals(0f, left[i], "frame " + i);
        }
        assertTrue(run.json().get("trailingSilentBlocks").asInt() > 0);
    }

    @Test
    void rendersTheSameBitsTwice() throws Exception {
        final String midi = Path.of("demo.mid").toAbsolutePath().toString();
        final HostRun first = HostRun.start(folder.resolve("1"), "--midi", midi).succeed();
        final HostRun second = HostRun.start(folder.resolve("2"), "--midi", midi).succeed();
        assertTrue(first.json().get("notesPlayed").asInt() > 50);
        assertArrayEquals(Files.readAllBytes(first.wav), Files.readAllBytes(second.wav));
    }

    @Test
    void playsRealSongsWithoutClippingOrNaN() throws Exception {
        for (final String name : List.of("chemistry_lab", "flying_scotsman", "tttheme2")) {
            final Path song = Songs.named(name);
            final Path out = folder.resolve(song.getFileName().toString());
            final HostRun run =
                    HostRun.start(
                                    out,
                                    "--midi",
                                    song.toString(),
                                    "--seconds",
                                    "30",
                                    "--block",
                                    "512")
                            .succeed();
            assertEquals(0, run.json().get("nanSamples").asInt(), song::toString);
            assertEquals(0, run.json().get("clippedSamples").asInt(), song::toString);
            assertTrue(run.json().get("notesPlayed").asInt() > 20, song::toString);
            assertTrue(run.json().get("rmsDb").asDouble() > -50, () -> song + " is hardly heard");
            assertNotEquals(-1, firstSound(run.samples()[0]), song::toString);
        }
    }

    private static int firstSound(final float[] samples) {
        for (int i = 0; i < samples.length; i++) {
            if (samples[i] != 0) {
                return i;
            }
        }
        return -1;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** System exclusive messages of a MIDI file through the host, the bridge, the ring and the engine into a Java module. */
class MessageIT {
    private static final int RATE = 48_000;

    private static final String SAYS = "the RT module says: ";

    /** 120 quarter notes a minute, 480 ticks a quarter: 50 frames a tick. */
    private static final int FRAMES_PER_TICK = RATE / 2 / 480;

    @TempDir private Path folder;

    @Test
    void theBytesOfEachMessageReachTheModuleAtTheirFrame() throws Exception {
        final Random random = new Random(4);
        final int[] lengths = {3, 200, 4_104, 1, 20_000, 32_766};
        final int[] ticks = new int[lengths.length];
        final byte[][] messages = new byte[lengths.length][];
        final ByteArrayOutputStream track = new ByteArrayOutputStream();
        int tick = 0;
        for (int i = 0; i < lengths.length; i++) {
            final int delta =
                    1 + (i == 0 ? 0 : lengths[i - 1]) / FRAMES_PER_TICK + random.nextInt(7);
            tick += delta;
            ticks[i] = tick;
            messages[i] = new byte[lengths[i] + 2];
            for (int k = 1; k <= lengths[i]; k++) {
                messages[i][k] = (byte) random.nextInt(128);
            }
            messages[i][0] = (byte) 0xF0;
            messages[i][lengths[i] + 1] = (byte) 0xF7;
            number(track, delta);
            track.write(0xF0);
            number(track, lengths[i] + 1);
            track.write(messages[i], 1, lengths[i] + 1);
        }
        number(track, 700);
        track.write(new byte[] {(byte) 0xFF, 0x2F, 0});
        final Path song = folder.resolve("dump.mid");
        Files.write(song, file(track.toByteArray()));
        final Path bundle = Tools.bundle(folder, MessageBytes.class.getName(), 0);
        try (HostRun run =
                HostRun.start(
                        folder.resolve("run"),
                        bundle,
                        Map.of(),
                        "--midi",
                        song.toString(),
                        "--rate",
                        Integer.toString(RATE),
                        "--tail",
                        "0.1")) {
            final float[][] samples = run.succeed().samples();
            final float[] expected = new float[samples[0].length];
            for (int i = 0; i < messages.length; i++) {
                for (int k = 0; k < messages[i].length; k++) {
                    expected[ticks[i] * FRAMES_PER_TICK + k] = (messages[i][k] & 0xFF) / 256f;
                }
            }
            for (int frame = 0; frame < expected.length; frame++) {
                assertEquals(expected[frame], samples[0][frame], "frame " + frame);
            }
            assertEquals(
                    Arrays.stream(messages)
                            .map(m -> SAYS + "größe " + m.length + ", half " + half(m.length))
                            .toList(),
                    run.text()
                            .lines()
                            .filter(line -> line.contains(SAYS))
                            .map(line -> line.substring(line.indexOf(SAYS)))
                            .toList(),
                    "what the module says is in the bridge's log, in order");
        }
    }

    /** As C++ writes a double: 2.5, but 3. */
    private static String half(final int length) {
        return length % 2 == 0 ? Integer.toString(length / 2) : Double.toString(length / 2.0);
    }

    private static void number(final ByteArrayOutputStream out, final int value) {
        for (int shift = 21; shift > 0; shift -= 7) {
            if (value >> shift != 0) {
                out.write(0x80 | value >> shift & 0x7F);
            }
        }
        out.write(value & 0x7F);
    }

    private static byte[] file(final byte[] track) {
        return ByteBuffer.allocate(14 + 8 + track.length)
                .put("MThd".getBytes(StandardCharsets.US_ASCII))
                .putInt(6)
                .putShort((short) 0)
                .putShort((short) 1)
                .putShort((short) 480)
                .put("MTrk".getBytes(StandardCharsets.US_ASCII))
                .putInt(track.length)
                .put(track)
                .array();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.report;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaveTest {
    @TempDir private Path folder;

    /** Two channels; the first is given, the second its opposite. */
    private Path file(final boolean large, final int bits, final float... samples)
            throws IOException {
        final int bytes = samples.length * 8;
        final ByteBuffer wav = ByteBuffer.allocate(200 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        wav.put((large ? "RF64" : "RIFF").getBytes(US_ASCII))
                .putInt(-1)
                .put("WAVE".getBytes(US_ASCII));
        if (large) {
            wav.put("ds64".getBytes(US_ASCII))
                    .putInt(28)
                    .putLong(0)
                    .putLong(bytes)
                    .putLong(samples.length)
                    .putInt(0);
        }
        wav.put("fmt ".getBytes(US_ASCII))
                .putInt(16)
                .putShort((short) 3)
                .putShort((short) 2)
                .putInt(48_000);
        wav.putInt(48_000 * 8).putShort((short) 8).putShort((short) bits);
        wav.put("fact".getBytes(US_ASCII)).putInt(4).putInt(samples.length);
        wav.put("data".getBytes(US_ASCII)).putInt(large ? -1 : bytes);
        for (final float sample : samples) {
            wav.putFloat(sample).putFloat(-sample);
        }
        final byte[] all = new byte[wav.position()];
        wav.flip().get(all);
        return Files.write(folder.resolve("x.wav"), all);
    }

    @Test
    void eachColumnHasTheLeastAndTheGreatestOfItsSamples() throws IOException {
        for (final boolean large : new boolean[] {false, true}) {
            final Wave wave = Wave.read(file(large, 32, 0.5f, -0.25f, 0.125f, 1f), 2);
            assertEquals(2, wave.channels());
            assertEquals(2, wave.columns());
            assertEquals(-0.25f, wave.low(0, 0));
            assertEquals(0.5f, wave.high(0, 0));
            assertEquals(0.125f, wave.low(0, 1));
            assertEquals(-0.125f, wave.high(1, 1));
            assertEquals(4 / 48_000.0, wave.seconds());
        }
    }

    @Test
    void otherFormatsAndCutFilesAreRefused() throws IOException {
        final Path other = file(false, 16, 1f);
        assertEquals(
                "The sound "
                        + other
                        + " has format 3 with 16 bits and 2 channels, expected a WAV file of 32-bit"
                        + " floats.",
                assertThrows(ToolException.class, () -> Wave.read(other, 10)).getMessage());
        final Path cut = file(false, 32, 1f, 2f);
        final byte[] bytes = Files.readAllBytes(cut);
        Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length - 1));
        assertEquals(
                "The sound " + cut + " ends before its data, expected a complete WAV file.",
                assertThrows(ToolException.class, () -> Wave.read(cut, 10)).getMessage());
        Files.writeString(cut, "not a sound at all");
        assertThrows(ToolException.class, () -> Wave.read(cut, 10));
    }
}

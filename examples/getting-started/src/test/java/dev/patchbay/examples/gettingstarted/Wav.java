// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.gettingstarted;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is heard in a WAV file of 32-bit floats in two channels. */
final class Wav {
    private static final int RIFF_HEADER = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int DATA = 0x61746164;
    private static final int CHANNELS = 2;

    private Wav() {}

    /** The samples of the left channel. */
    static float[] left(final Path file) throws IOException {
        final ByteBuffer bytes =
                ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int at = RIFF_HEADER;
        while (bytes.getInt(at) != DATA) {
            at += CHUNK_HEADER + (bytes.getInt(at + 4) + 1 & ~1);
        }
        final float[] left = new float[bytes.getInt(at + 4) / Float.BYTES / CHANNELS];
        for (int i = 0; i < left.length; i++) {
            left[i] = bytes.getFloat(at + CHUNK_HEADER + i * CHANNELS * Float.BYTES);
        }
        return left;
    }

    /** The largest absolute value from one frame to another. */
    static float peak(final float[] samples, final int from, final int to) {
        float peak = 0;
        for (int i = from; i < to; i++) {
            peak = Math.max(peak, Math.abs(samples[i]));
        }
        return peak;
    }

    /** How often the sound goes from below 0 to 0 or above. */
    static int risingZeros(final float[] samples, final int from, final int to) {
        int zeros = 0;
        for (int i = from + 1; i < to; i++) {
            if (samples[i - 1] < 0 && samples[i] >= 0) {
                zeros++;
            }
        }
        return zeros;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.soak;

import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The sound that a host has written, by its blocks: a WAV file of 32-bit floats. */
final class WavBlocks {
    private static final int FIRST_CHUNK = 12;
    private static final int FORMAT = 0x20746d66;
    private static final int DATA = 0x61746164;
    private static final int CHANNELS_AT = 10;

    /** As quiet as nobody hears, -80 dB. */
    private static final float HEARD = 1e-4f;

    private final ByteBuffer samples;
    private final long bytesOfBlock;

    WavBlocks(final Path file, final int block) {
        final ByteBuffer bytes;
        try (FileChannel channel = FileChannel.open(file)) {
            bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        } catch (final IOException e) {
            throw new ToolException("The sound " + file + " cannot be read: " + e + ".", e);
        }
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        int channels = 0;
        int at = FIRST_CHUNK;
        while (bytes.getInt(at) != DATA) {
            if (bytes.getInt(at) == FORMAT) {
                channels = bytes.getShort(at + CHANNELS_AT);
            }
            at += 8 + bytes.getInt(at + 4);
        }
        samples = bytes.slice(at + 8, bytes.getInt(at + 4)).order(ByteOrder.LITTLE_ENDIAN);
        bytesOfBlock = (long) block * channels * Float.BYTES;
    }

    /** Whether each sample from one block up to, but not with, another is exactly 0. */
    boolean isSilent(final long from, final long to) {
        return from >= to || peak(from, to) == 0;
    }

    /** Whether anything is heard from a block on. */
    boolean sounds(final long from) {
        return peak(from, Long.MAX_VALUE / bytesOfBlock) > HEARD;
    }

    private float peak(final long from, final long to) {
        float peak = 0;
        final int end = (int) Math.min(samples.capacity(), to * bytesOfBlock);
        for (int at = (int) (from * bytesOfBlock); at < end; at += Float.BYTES) {
            peak = Math.max(peak, Math.abs(samples.getFloat(at)));
        }
        return peak;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A 64-bit hash of a file's bytes, by which the bridge tells whether an AOT cache was made for the files that are there. It
 * finds out accidents, such as a jar that was replaced; it is no protection against somebody who wants to deceive.
 *
 * <p>The state starts as {@link #START}. The bytes are taken as little-endian words of 64 bits, the last one filled up with 0
 * bytes; each is mixed in by {@code state = (state ^ word) * FACTOR; state ^= state >>> 32}, and last of all the number of bytes
 * is mixed in the same way. {@code content_hash.h} of the bridge does the same; {@code content_hashes.txt} of its tests has the
 * values that both must give.
 */
final class ContentHash {
    private static final long START = 0xcbf29ce484222325L;
    private static final long FACTOR = 0x9e3779b97f4a7c15L;
    private static final int CHUNK = 1 << 20;

    private long state = START;

    private ContentHash() {}

    /** The hash of bytes. */
    static long of(final byte[] bytes) {
        final ContentHash hash = new ContentHash();
        hash.add(bytes, bytes.length);
        hash.mix(bytes.length);
        return hash.state;
    }

    /** The hash of a file's bytes. */
    static long of(final Path file) throws IOException {
        final ContentHash hash = new ContentHash();
        final byte[] chunk = new byte[CHUNK];
        long length = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.readNBytes(chunk, 0, CHUNK);
                    n > 0;
                    n = in.readNBytes(chunk, 0, CHUNK)) {
                hash.add(chunk, n);
                length += n;
            }
        }
        hash.mix(length);
        return hash.state;
    }

    /** All but the last call with a multiple of 8 bytes. */
    private void add(final byte[] bytes, final int length) {
        final ByteBuffer words = ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN);
        while (words.remaining() >= Long.BYTES) {
            mix(words.getLong());
        }
        if (words.hasRemaining()) {
            long word = 0;
            for (int shift = 0; words.hasRemaining(); shift += Byte.SIZE) {
                word |= (words.get() & 0xffL) << shift;
            }
            mix(word);
        }
    }

    private void mix(final long word) {
        state = (state ^ word) * FACTOR;
        state ^= state >>> 32;
    }
}

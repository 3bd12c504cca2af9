// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The arithmetic of layouts. */
final class Layouts {
    /** Two cache lines: adjacent-line prefetch makes a pair the unit that writers must not share. */
    static final int LINE_PAIR = 128;

    /** A region is a whole number of pages. */
    static final int PAGE = 4096;

    private Layouts() {}

    static int align(final int value, final int alignment) {
        return Math.addExact(value, alignment - 1) / alignment * alignment;
    }

    static long align(final long value, final long alignment) {
        return Math.addExact(value, alignment - 1) / alignment * alignment;
    }

    /** The first 64 bits of the SHA-256 of a text. */
    static long hash(final String text) {
        try {
            return ByteBuffer.wrap(
                            MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)))
                    .getLong();
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(
                    "Every Java platform has SHA-256, but this one does not.", e);
        }
    }
}

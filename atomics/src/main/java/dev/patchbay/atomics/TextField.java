// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A text of a {@link StructCopy}: UTF-8 that ends with a 0 byte. */
public final class TextField {
    private final long[] words;
    private final StructCopy.Place place;

    TextField(final long[] words, final StructCopy.Place place) {
        this.words = words;
        this.place = place;
    }

    /** {@return the most bytes of UTF-8 that fit: one fewer than the field has} */
    public int room() {
        return place.count() - 1;
    }

    /** {@return the text up to the first 0 byte, in a new string; bytes that are no UTF-8 are replaced by U+FFFD} */
    public String get() {
        final byte[] bytes = new byte[place.count()];
        int length = 0;
        while (length < bytes.length) {
            final byte next = (byte) Words.get(words, place.offset() + length, 1);
            if (next == 0) {
                break;
            }
            bytes[length++] = next;
        }
        return new String(bytes, 0, length, UTF_8);
    }

    /**
     * Sets the text; the bytes after it are 0.
     *
     * @param text any text; a lone surrogate becomes a question mark
     * @throws IllegalArgumentException if it has more bytes than {@link #room}, or contains the character 0, which would end it
     */
    public void set(final String text) {
        final byte[] bytes = text.getBytes(UTF_8);
        if (bytes.length > room()) {
            throw new IllegalArgumentException(
                    "The field \""
                            + place.path()
                            + "\" holds at most "
                            + room()
                            + " bytes of UTF-8, but the text \""
                            + text
                            + "\" has "
                            + bytes.length
                            + ".");
        }
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "The text for the field \""
                            + place.path()
                            + "\" contains the character 0, at which it would end.");
        }
        for (int i = 0; i < place.count(); i++) {
            Words.set(words, place.offset() + i, 1, i < bytes.length ? bytes[i] : 0);
        }
    }
}

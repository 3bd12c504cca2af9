// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.state;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A part that stands before the rest of a state. All numbers are little-endian; equal contents give equal bytes:
 *
 * <pre>
 *     four letters  length u32, then length bytes: the part
 *     the rest, to the end
 * </pre>
 *
 * Where the part is empty and the rest does not begin with the letters itself, the rest stands alone; so a state that was saved before there
 * was such a part is one in which it is empty.
 */
public final class StatePart {
    private final byte[] letters;
    private final String name;
    private final int head;

    /**
     * A kind of part.
     *
     * @param letters four, in ASCII
     * @param name for messages
     */
    public StatePart(final String letters, final String name) {
        this.letters = letters.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        this.name = name;
        this.head = this.letters.length + Integer.BYTES;
    }

    /**
     * The part and what follows it.
     *
     * @param part none where it is empty; not copied, and not to be changed
     * @param rest likewise
     */
    public record Split(byte[] part, byte[] rest) {}

    /**
     * {@return the bytes}
     *
     * @param part none where it is empty
     * @param rest what follows
     */
    public byte[] join(final byte[] part, final byte[] rest) {
        if (part.length == 0 && !begins(rest)) {
            return rest;
        }
        return ByteBuffer.allocate(head + part.length + rest.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(letters)
                .putInt(part.length)
                .put(part)
                .put(rest)
                .array();
    }

    /**
     * {@return the part and the rest}
     *
     * @param state what {@link #join} gave, or a state without the part
     * @throws IllegalArgumentException if it begins like one with the part but cannot be read, with a sentence that says why
     */
    public Split split(final byte[] state) {
        if (!begins(state)) {
            return new Split(new byte[0], state);
        }
        if (state.length < head) {
            throw new IllegalArgumentException(
                    "The state ends within the first bytes of its " + name + ".");
        }
        final int length =
                ByteBuffer.wrap(state).order(ByteOrder.LITTLE_ENDIAN).getInt(letters.length);
        if (length < 0 || length > state.length - head) {
            throw new IllegalArgumentException(
                    "The state says that its "
                            + name
                            + " has "
                            + Integer.toUnsignedString(length)
                            + " bytes, but only "
                            + (state.length - head)
                            + " follow.");
        }
        return new Split(
                Arrays.copyOfRange(state, head, head + length),
                Arrays.copyOfRange(state, head + length, state.length));
    }

    private boolean begins(final byte[] bytes) {
        return bytes.length >= letters.length
                && Arrays.equals(bytes, 0, letters.length, letters, 0, letters.length);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * What stands in a blob of the region in the place of a state that has no room there: where the bytes lie in a memory of their own. All
 * numbers are little-endian:
 *
 * <pre>
 *     "PBLS"  version u32 = 1
 *     offset u64   of the first byte in that memory
 *     length u64   in bytes
 * </pre>
 *
 * <p>There are two such memories for a region, one for each direction, memfds of the bridge, which outlives control: {@link #FROM_CONTROL} and
 * {@link #TO_CONTROL}, followed by the region's id, are their names. They are read and written by system calls and never mapped, so
 * one that is shorter than it should be is an error and no signal. A writer leaves the bytes of the last reference alone. A reader
 * that finds the blob's number unchanged after it has read has read what was meant. A state that itself begins like a reference
 * travels by one, however short it is.
 *
 * @param offset of the first byte, 0 or more
 * @param length in bytes, 0 to {@link #MOST_BYTES}
 */
public record StateReference(long offset, long length) {
    /** "PBLS". */
    public static final int MAGIC = 0x534c4250;

    /** The version of the form above. */
    public static final int VERSION = 1;

    /** How long a reference is. */
    public static final int BYTES = 24;

    /** The most bytes of control's state. */
    public static final int MOST_BYTES = 1 << 28;

    /** What the name of the memory begins with that control writes. */
    public static final String FROM_CONTROL = "patchbay_state_from_control-";

    /** What the name of the memory begins with that the bridge writes. */
    public static final String TO_CONTROL = "patchbay_state_to_control-";

    /**
     * {@return whether bytes begin like a reference}
     *
     * @param bytes of a blob, or a state
     */
    public static boolean begins(final byte[] bytes) {
        return bytes.length >= Integer.BYTES
                && ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt() == MAGIC;
    }

    /**
     * {@return the reference that the bytes of a blob are; none where they begin like one but say what cannot be}
     *
     * @param bytes that {@linkplain #begins begin} like one
     */
    public static Optional<StateReference> decode(final byte[] bytes) {
        if (bytes.length != BYTES || !begins(bytes)) {
            return Optional.empty();
        }
        final ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        in.getInt();
        final int version = in.getInt();
        final long offset = in.getLong();
        final long length = in.getLong();
        return version == VERSION
                        && offset >= 0
                        && length >= 0
                        && length <= MOST_BYTES
                        && offset <= Long.MAX_VALUE - length
                ? Optional.of(new StateReference(offset, length))
                : Optional.empty();
    }

    /** {@return the bytes} */
    public byte[] encode() {
        return ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(MAGIC)
                .putInt(VERSION)
                .putLong(offset)
                .putLong(length)
                .array();
    }
}

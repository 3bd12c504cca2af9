// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.state;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The control process's part of a plug-in's state. All numbers are little-endian; equal contents give equal bytes:
 *
 * <pre>
 *     "PBCS"  version u32 = 1
 *     length u32, then length bytes: the presets in use, as JSON
 *     the module's own bytes, to the end
 * </pre>
 *
 * @param presets what the preset session saved, or nothing; not copied, and not to be changed
 * @param module what the module saved, or nothing; not copied, and not to be changed
 */
public record ControlState(byte[] presets, byte[] module) {
    private static final byte[] MAGIC = {'P', 'B', 'C', 'S'};
    private static final int VERSION = 1;
    private static final int HEAD = MAGIC.length + 2 * Integer.BYTES;

    /** {@return the bytes} */
    public byte[] encode() {
        return ByteBuffer.allocate(HEAD + presets.length + module.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putInt(VERSION)
                .putInt(presets.length)
                .put(presets)
                .put(module)
                .array();
    }

    /**
     * {@return the two parts; both empty where there are no bytes}
     *
     * @param state what {@link #encode} gave
     * @throws IllegalArgumentException if it cannot be read, with a sentence that says why
     */
    public static ControlState decode(final byte[] state) {
        if (state.length == 0) {
            return new ControlState(state, state);
        }
        final ByteBuffer bytes = ByteBuffer.wrap(state).order(ByteOrder.LITTLE_ENDIAN);
        final byte[] magic = new byte[Math.min(MAGIC.length, state.length)];
        bytes.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new IllegalArgumentException(
                    "Control's part of the state does not start with PBCS: it was saved by another"
                            + " program, or by a build from before the first release.");
        }
        if (state.length < HEAD) {
            throw new IllegalArgumentException(
                    "Control's part of the state ends within its first bytes.");
        }
        final int version = bytes.getInt();
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "Control's part of the state has version "
                            + Integer.toUnsignedString(version)
                            + ", but this plug-in reads version "
                            + VERSION
                            + "; it was saved by a newer build.");
        }
        final int length = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException(
                    "Control's part of the state says that its presets have "
                            + Integer.toUnsignedString(length)
                            + " bytes, but only "
                            + bytes.remaining()
                            + " follow.");
        }
        final int end = HEAD + length;
        return new ControlState(
                Arrays.copyOfRange(state, HEAD, end), Arrays.copyOfRange(state, end, state.length));
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof ControlState
                && Arrays.equals(presets, ((ControlState) other).presets)
                && Arrays.equals(module, ((ControlState) other).module);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(presets) + Arrays.hashCode(module);
    }

    @Override
    public String toString() {
        return presets.length + " bytes of presets, " + module.length + " of the module";
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.state;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The control process's part of a plug-in's state. All numbers are little-endian; equal contents give equal bytes:
 *
 * <pre>
 *     "PBCS"  form u32, 1 or 2
 *     in form 2: the version of the module's bytes, u32, from 2
 *     length u32, then length bytes: the presets in use, as JSON
 *     the module's own bytes, to the end
 * </pre>
 *
 * <p>Form 1 is that of modules whose state is in its first version, so that earlier builds read it, too.
 *
 * @param presets what the preset session saved, or nothing; not copied, and not to be changed
 * @param module what the module saved, or nothing; not copied, and not to be changed
 * @param moduleVersion the version of the module's bytes, from 1, see {@link StateVersions}
 */
public record ControlState(byte[] presets, byte[] module, int moduleVersion) {
    private static final byte[] MAGIC = {'P', 'B', 'C', 'S'};
    private static final int FIRST_FORM = 1;
    private static final int VERSIONED_FORM = 2;

    /** Up to the form. */
    private static final int HEAD = MAGIC.length + Integer.BYTES;

    /** Checks the version. */
    public ControlState {
        if (moduleVersion < 1) {
            throw new IllegalArgumentException(
                    "Control's part of the state says that the module's bytes have version "
                            + Integer.toUnsignedString(moduleVersion)
                            + ", expected 1 or more.");
        }
    }

    /**
     * That of a module whose state is in its first version.
     *
     * @param presets as above
     * @param module as above
     */
    public ControlState(final byte[] presets, final byte[] module) {
        this(presets, module, 1);
    }

    /** {@return the bytes} */
    public byte[] encode() {
        final boolean versioned = moduleVersion > 1;
        final int head = HEAD + (versioned ? 2 : 1) * Integer.BYTES;
        final ByteBuffer bytes =
                ByteBuffer.allocate(head + presets.length + module.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(MAGIC)
                        .putInt(versioned ? VERSIONED_FORM : FIRST_FORM);
        if (versioned) {
            bytes.putInt(moduleVersion);
        }
        return bytes.putInt(presets.length).put(presets).put(module).array();
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
        if (bytes.remaining() < 2 * Integer.BYTES) {
            throw tooShort();
        }
        final int form = bytes.getInt();
        if (form != FIRST_FORM && form != VERSIONED_FORM) {
            throw new IllegalArgumentException(
                    "Control's part of the state has form "
                            + Integer.toUnsignedString(form)
                            + ", but this plug-in reads forms up to "
                            + VERSIONED_FORM
                            + "; it was saved by a newer build.");
        }
        final int version = form == VERSIONED_FORM ? bytes.getInt() : 1;
        if (bytes.remaining() < Integer.BYTES) {
            throw tooShort();
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
        final int end = bytes.position() + length;
        return new ControlState(
                Arrays.copyOfRange(state, bytes.position(), end),
                Arrays.copyOfRange(state, end, state.length),
                version);
    }

    private static IllegalArgumentException tooShort() {
        return new IllegalArgumentException(
                "Control's part of the state ends within its first bytes.");
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof ControlState
                && Arrays.equals(presets, ((ControlState) other).presets)
                && Arrays.equals(module, ((ControlState) other).module)
                && moduleVersion == ((ControlState) other).moduleVersion;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(presets) + Arrays.hashCode(module)) + moduleVersion;
    }

    @Override
    public String toString() {
        return presets.length
                + " bytes of presets, "
                + module.length
                + " of the module in version "
                + moduleVersion;
    }
}

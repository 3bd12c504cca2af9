// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.state;

import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.StateReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the bridge's {@code getState} writes and a host keeps, also in a {@code .vstpreset}: the one place for these bytes in Java; the
 * bridge has them in {@code state_container.cpp}. All numbers are little-endian; equal contents give equal bytes:
 *
 * <pre>
 *     "PBST"  version u32 = 1
 *     count u32, then count times: id u32, normalized value f64
 *     length u32, then length bytes of control's state
 * </pre>
 *
 * @param values the parameters' normalized values
 * @param control control's bytes, see {@link ControlState}; not copied, and not to be changed
 */
public record ComponentState(ParameterValues values, byte[] control) {
    /** The most bytes of control's part. */
    public static final int MOST_CONTROL_BYTES = StateReference.MOST_BYTES;

    private static final byte[] MAGIC = {'P', 'B', 'S', 'T'};
    private static final int VERSION = 1;
    private static final int EACH = Integer.BYTES + Double.BYTES;

    /**
     * {@return the bytes, as the bridge writes them: one value for each declared parameter, in the order of the indices}
     *
     * @param parameters the declared parameters; one without a value gets its default
     */
    public byte[] encode(final List<Parameter> parameters) {
        final ByteBuffer bytes =
                ByteBuffer.allocate(
                                MAGIC.length
                                        + 3 * Integer.BYTES
                                        + parameters.size() * EACH
                                        + control.length)
                        .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).putInt(VERSION).putInt(parameters.size());
        for (final Parameter parameter : parameters) {
            bytes.putInt(parameter.id()).putDouble(values.of(parameter));
        }
        return bytes.putInt(control.length).put(control).array();
    }

    /**
     * {@return a state that was read and checked} Values outside of 0…1 are clamped, ids that no parameter can have are
     * skipped, and bytes behind control's part are not looked at, as in the bridge.
     *
     * @param state what {@code getState} wrote
     * @throws IllegalArgumentException if it cannot be read, with a sentence that says why
     */
    public static ComponentState decode(final byte[] state) {
        final ByteBuffer bytes = ByteBuffer.wrap(state).order(ByteOrder.LITTLE_ENDIAN);
        need(bytes, MAGIC.length + 2 * Integer.BYTES, "its first bytes");
        final byte[] magic = new byte[MAGIC.length];
        bytes.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new IllegalArgumentException(
                    "The state is not one of Patchbay: it does not start with PBST.");
        }
        final int version = bytes.getInt();
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "The state has version "
                            + Integer.toUnsignedString(version)
                            + ", but this plug-in reads version "
                            + VERSION
                            + "; it was saved by a newer build.");
        }
        final int count = bytes.getInt();
        if (count < 0 || count > ParameterValues.MOST) {
            throw new IllegalArgumentException(
                    "The state says that it has "
                            + Integer.toUnsignedString(count)
                            + " parameters, but at most "
                            + ParameterValues.MOST
                            + " are possible.");
        }
        need(bytes, count * EACH, "its parameters");
        final Map<Integer, Double> values = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            final int id = bytes.getInt();
            final double value = bytes.getDouble();
            // Of an id that comes twice, the last value holds, as in the bridge.
            if (ParameterValues.isId(id)) {
                values.put(id, value);
            }
        }
        need(bytes, Integer.BYTES, "its parameters");
        final int length = bytes.getInt();
        if (length < 0 || length > MOST_CONTROL_BYTES) {
            throw new IllegalArgumentException(
                    "The state says that control's part has "
                            + Integer.toUnsignedString(length)
                            + " bytes, but at most "
                            + MOST_CONTROL_BYTES
                            + " are possible.");
        }
        need(bytes, length, "control's part");
        final byte[] control = new byte[length];
        bytes.get(control);
        return new ComponentState(ParameterValues.of(values), control);
    }

    private static void need(final ByteBuffer bytes, final int count, final String where) {
        if (bytes.remaining() < count) {
            throw new IllegalArgumentException("The state ends within " + where + ".");
        }
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof ComponentState
                && values.equals(((ComponentState) other).values)
                && Arrays.equals(control, ((ComponentState) other).control);
    }

    @Override
    public int hashCode() {
        return 31 * values.hashCode() + Arrays.hashCode(control);
    }

    @Override
    public String toString() {
        return values + " and " + control.length + " bytes of control";
    }
}

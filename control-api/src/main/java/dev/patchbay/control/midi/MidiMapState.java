// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.midi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The MIDI map with the state that it is saved with. All numbers are little-endian; equal contents give equal bytes:
 *
 * <pre>
 *     "PBMM"  length u32, then length bytes: the map as JSON
 *     the rest of control's state, to the end
 * </pre>
 *
 * Where the map is empty and the rest does not begin like that itself, the rest stands alone; so a state that was saved before there
 * were maps is one with an empty map.
 *
 * @param map the map
 * @param rest the rest of control's state; not copied, and not to be changed
 */
public record MidiMapState(MidiMap map, byte[] rest) {
    private static final byte[] MAGIC = {'P', 'B', 'M', 'M'};
    private static final int HEAD = MAGIC.length + Integer.BYTES;

    /** {@return the bytes} */
    public byte[] encode() {
        if (map.mappings().isEmpty() && !beginsWithMagic(rest)) {
            return rest;
        }
        final byte[] json = MidiMapJson.write(map);
        return ByteBuffer.allocate(HEAD + json.length + rest.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putInt(json.length)
                .put(json)
                .put(rest)
                .array();
    }

    /**
     * {@return the map and the rest}
     *
     * @param state what {@link #encode} gave, or a state without a map
     * @throws IllegalArgumentException if it begins like one with a map but cannot be read, with a sentence that says why
     */
    public static MidiMapState decode(final byte[] state) {
        if (!beginsWithMagic(state)) {
            return new MidiMapState(MidiMap.EMPTY, state);
        }
        if (state.length < HEAD) {
            throw new IllegalArgumentException(
                    "The state ends within the first bytes of its MIDI map.");
        }
        final int length =
                ByteBuffer.wrap(state).order(ByteOrder.LITTLE_ENDIAN).getInt(MAGIC.length);
        if (length < 0 || length > state.length - HEAD) {
            throw new IllegalArgumentException(
                    "The state says that its MIDI map has "
                            + Integer.toUnsignedString(length)
                            + " bytes, but only "
                            + (state.length - HEAD)
                            + " follow.");
        }
        return new MidiMapState(
                MidiMapJson.read(Arrays.copyOfRange(state, HEAD, HEAD + length)),
                Arrays.copyOfRange(state, HEAD + length, state.length));
    }

    private static boolean beginsWithMagic(final byte[] bytes) {
        return bytes.length >= MAGIC.length
                && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof MidiMapState
                && map.equals(((MidiMapState) other).map)
                && Arrays.equals(rest, ((MidiMapState) other).rest);
    }

    @Override
    public int hashCode() {
        return 31 * map.hashCode() + Arrays.hashCode(rest);
    }

    @Override
    public String toString() {
        return map + " and " + rest.length + " bytes";
    }
}

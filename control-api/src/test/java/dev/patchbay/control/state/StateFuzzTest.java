// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.control.midi.MidiMapState;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.StateReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Damaged states: read, or refused with a sentence; never an error, and never memory for what is not there. */
class StateFuzzTest {
    private static final int ROUNDS = Integer.getInteger("patchbay.fuzz.rounds", 20_000);
    private static final List<Parameter> PARAMETERS =
            List.of(Parameter.of(1, "level", "Level").build());

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private int read;
    private int refused;

    private byte[] damaged(final byte[] good) {
        byte[] bytes = good.clone();
        if (random.nextInt(4) == 0) {
            bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        }
        for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        if (bytes.length >= Integer.BYTES && random.nextInt(4) == 0) {
            // A length or a version.
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(random.nextInt(bytes.length - 3), random.nextInt());
        }
        return bytes;
    }

    private void tried(final Runnable reader) {
        try {
            reader.run();
            read++;
        } catch (final IllegalArgumentException e) {
            refused++;
            assertTrue(e.getMessage().length() > 10, e::toString);
        }
    }

    @Test
    void damagedStatesAreReadOrRefusedWithASentence() {
        System.out.println("StateFuzzTest: seed " + seed);
        final byte[] first =
                new ControlState("{}".getBytes(UTF_8), "module".getBytes(UTF_8)).encode();
        final byte[] later =
                new ControlState("{}".getBytes(UTF_8), "module".getBytes(UTF_8), 7).encode();
        final byte[] map =
                "PBMM\u001e\0\0\0{\"version\":1,\"mappings\":[{}]} and the rest".getBytes(UTF_8);
        final byte[] component =
                new ComponentState(ParameterValues.of(new TreeMap<>()), later).encode(PARAMETERS);
        for (int round = 0; round < ROUNDS; round++) {
            tried(() -> ControlState.decode(damaged(first)));
            tried(() -> ControlState.decode(damaged(later)));
            tried(() -> MidiMapState.decode(damaged(map)));
            tried(() -> ComponentState.decode(damaged(component)));
            StateReference.decode(damaged(new StateReference(4096, 100).encode()))
                    .ifPresent(
                            reference ->
                                    assertTrue(
                                            reference.length() <= StateReference.MOST_BYTES
                                                    && reference.offset() >= 0
                                                    && reference.offset() + reference.length() >= 0,
                                            reference::toString));
        }
        assertTrue(read > ROUNDS / 10 && refused > ROUNDS / 10, read + " read, " + refused);
    }

    @Test
    void whatIsReadIsWhatWasWritten() {
        for (int version = 1; version < 4; version++) {
            final ControlState state = new ControlState(new byte[] {1}, new byte[] {2, 3}, version);
            assertEquals(state, ControlState.decode(state.encode()));
        }
        final StateReference reference = new StateReference(1L << 40, StateReference.MOST_BYTES);
        assertEquals(reference, StateReference.decode(reference.encode()).orElseThrow());
        assertTrue(
                StateReference.decode(
                                new StateReference(0, StateReference.MOST_BYTES + 1L).encode())
                        .isEmpty());
    }
}

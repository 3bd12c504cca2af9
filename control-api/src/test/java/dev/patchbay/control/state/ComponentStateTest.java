// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.Parameter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That these are the bridge's bytes is shown with the real bridge, by the synth's PresetIT. */
class ComponentStateTest {
    private static final List<Parameter> PARAMETERS =
            List.of(
                    Parameter.of(7, "b", "B").build(),
                    Parameter.of(3, "a", "A").range(0, 1, 0.5).build());

    private static final byte[] BYTES =
            ByteBuffer.allocate(43)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put(new byte[] {'P', 'B', 'S', 'T'})
                    .putInt(1)
                    .putInt(2)
                    .putInt(7)
                    .putDouble(1.0 / 3)
                    .putInt(3)
                    .putDouble(0.5)
                    .putInt(3)
                    .put(new byte[] {9, 8, 7})
                    .array();

    private static byte[] with(final int at, final int number) {
        final byte[] bytes = BYTES.clone();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, number);
        return bytes;
    }

    private static String refusal(final byte[] bytes) {
        return assertThrows(IllegalArgumentException.class, () -> ComponentState.decode(bytes))
                .getMessage();
    }

    @Test
    void itsBytesAreInTheOrderOfTheDeclarationWithDefaultsForWhatIsMissing() {
        final ComponentState state =
                new ComponentState(ParameterValues.of(Map.of(7, 1.0 / 3)), new byte[] {9, 8, 7});
        assertArrayEquals(BYTES, state.encode(PARAMETERS));
    }

    @Test
    void readingGivesWhatWasWrittenWithIdsThatNobodyKnows() {
        final ComponentState state = ComponentState.decode(BYTES);
        assertEquals(Map.of(7, 1.0 / 3, 3, 0.5), state.values().byId());
        assertArrayEquals(new byte[] {9, 8, 7}, state.control());
        assertEquals(0.5, ComponentState.decode(with(24, 99)).values().byId().get(99));
    }

    @Test
    void whateverIsCutOffOrImpossibleIsRefusedWithASentence() {
        for (int length = 0; length < BYTES.length; length++) {
            assertTrue(refusal(Arrays.copyOf(BYTES, length)).startsWith("The state ends within"));
        }
        assertTrue(refusal(with(0, 0)).contains("does not start with PBST"));
        assertTrue(refusal(with(4, -1)).contains("has version 4294967295"));
        assertTrue(refusal(with(8, -1)).contains("it has 4294967295 parameters"));
        assertTrue(refusal(with(8, 65_537)).contains("it has 65537 parameters"));
        assertTrue(refusal(with(8, 65_536)).contains("ends within its parameters"));
        assertTrue(refusal(with(36, -1)).contains("has 4294967295 bytes"));
        assertTrue(refusal(with(36, 4)).contains("ends within control's part"));
        assertTrue(refusal(with(20, 0x7FF80000)).contains("is not a number"));
    }

    @Test
    void valuesOutsideOfZeroToOneAreClampedAsInTheBridge() {
        final Map<Double, Double> expected =
                Map.of(
                        -2.0,
                        0.0,
                        7.0,
                        1.0,
                        Double.NEGATIVE_INFINITY,
                        0.0,
                        Double.POSITIVE_INFINITY,
                        1.0);
        expected.forEach(
                (stored, read) -> {
                    final byte[] bytes = BYTES.clone();
                    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putDouble(16, stored);
                    assertEquals(read, ComponentState.decode(bytes).values().byId().get(7));
                });
    }

    @Test
    void idsThatNoParameterCanHaveAreSkippedAsInTheBridge() {
        assertEquals(Map.of(3, 0.5), ComponentState.decode(with(12, -5)).values().byId());
    }
}

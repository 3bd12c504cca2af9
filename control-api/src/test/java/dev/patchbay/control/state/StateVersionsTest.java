// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class StateVersionsTest {
    private static UnaryOperator<byte[]> adds(final String letter) {
        return bytes -> (new String(bytes, UTF_8) + letter).getBytes(UTF_8);
    }

    private final StateVersions three =
            StateVersions.current(3).from(2, adds("b")).from(1, adds("a"));

    private static String text(final byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    private static String refusal(final StateVersions versions, final int savedIn) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> versions.migrate("x".getBytes(UTF_8), savedIn))
                .getMessage();
    }

    @Test
    void eachStepIsTakenOnceAndInOrder() {
        assertEquals("xab", text(three.migrate("x".getBytes(UTF_8), 1)));
        assertEquals("xb", text(three.migrate("x".getBytes(UTF_8), 2)));
        assertEquals("x", text(three.migrate("x".getBytes(UTF_8), 3)));
    }

    @Test
    void whatCannotBeReachedIsRefusedWithTheVersions() {
        assertTrue(
                refusal(three, 4)
                        .contains("has version 4, but this module reads versions up to 3"));
        assertTrue(refusal(three, -1).contains("has version 4294967295"));
        assertTrue(
                refusal(StateVersions.current(3).from(2, adds("b")), 1)
                        .contains("has no migration from version 1"));
    }

    @Test
    void aStepThatFailsIsNamed() {
        final StateVersions throwing =
                StateVersions.current(2)
                        .from(
                                1,
                                bytes -> {
                                    throw new IllegalStateException("no idea");
                                });
        assertTrue(refusal(throwing, 1).contains("from version 1 to 2 failed: no idea"));
        assertTrue(
                refusal(StateVersions.current(2).from(1, bytes -> null), 1)
                        .contains("it gave nothing"));
        final StateVersions deep =
                StateVersions.current(2)
                        .from(
                                1,
                                new UnaryOperator<byte[]>() {
                                    @Override
                                    public byte[] apply(final byte[] bytes) {
                                        return apply(bytes);
                                    }
                                });
        assertTrue(refusal(deep, 1).contains("StackOverflowError"));
    }

    @Test
    void aChainThatMakesNoSenseIsNoChain() {
        assertThrows(IllegalArgumentException.class, () -> StateVersions.current(0));
        assertThrows(IllegalArgumentException.class, () -> three.from(1, adds("z")));
        assertThrows(IllegalArgumentException.class, () -> three.from(3, adds("z")));
        assertThrows(IllegalArgumentException.class, () -> three.from(0, adds("z")));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
    private final StringWriter out = new StringWriter();

    private ProgressDisplay display(final boolean terminal) {
        return new ProgressDisplay(new PrintWriter(out), terminal, OptionalDouble.of(245), 0.005);
    }

    private static Sample sample(final long nanos) {
        return new Sample(nanos, new float[] {0.5f, 0.25f}, 32, 24_700, 0, 0, 999, 0, 0);
    }

    @Test
    void aTerminalsLineFitsIntoEightyColumns() {
        final String text = display(true).text(sample(0));
        assertEquals(
                "123.5/245.0 s [#####-----] -6 dB [###-] 32 voices 0 missed GC control 999 RT 0",
                text);
        assertTrue(text.length() < 80, text);
    }

    @Test
    void elsewhereALineComesEveryFiveSeconds() {
        final ProgressDisplay display = display(false);
        final long now = System.nanoTime();
        for (int tenths = 1; tenths <= 120; tenths++) {
            display.show(sample(now + tenths * 100_000_000L));
        }
        assertEquals(3, out.toString().lines().count());
        assertTrue(
                out.toString()
                        .startsWith(
                                " 123.5 s of 245.0 s [##########----------]   -6.0 dB  32 voices  0"
                                        + " missed"),
                out::toString);
    }
}

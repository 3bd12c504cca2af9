// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {
    private static List<String> labels(final Axis axis, final int wanted) {
        return axis.ticks(wanted).stream().map(Axis.Tick::label).toList();
    }

    @Test
    void marksAreAtRoundValues() {
        assertEquals(List.of("0", "5", "10", "15", "20"), labels(Axis.linear(0, 22, 0, 100), 5));
        assertEquals(List.of("0.00", "0.05", "0.10"), labels(Axis.linear(0, 0.12, 0, 100), 3));
        assertEquals(List.of("−60", "−40", "−20", "0"), labels(Axis.linear(-60, 0, 0, 100), 4));
    }

    @Test
    void logarithmicMarksAreDecades() {
        assertEquals(
                List.of("10", "100", "1000", "10000"), labels(Axis.decades(50, 6000, 0, 100), 5));
        assertEquals(List.of("1", "10", "100"), labels(Axis.logarithmic(0.5, 200, 0, 100), 5));
        assertEquals(50, Axis.logarithmic(1, 100, 0, 100).at(10), 1e-9);
    }

    @Test
    void valuesBeyondTheEndsAreAtTheEnds() {
        assertEquals(100, Axis.linear(0, 10, 0, 100).at(11));
        assertEquals(0, Axis.decades(10, 100, 0, 100).at(0.001));
    }
}

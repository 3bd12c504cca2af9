// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LineTest {
    @Test
    void valuesOnALineHaveItsStartAndSlopeAndNoResidual() {
        final Line line = Line.through(new double[] {5, 7, 9, 11});
        assertEquals(3, line.start(), 1e-12);
        assertEquals(2, line.slope(), 1e-12);
        assertEquals(0, line.largestResidual(), 1e-12);
    }

    @Test
    void theLargestResidualIsThatOfTheValueFarthestFromTheLine() {
        final Line line = Line.through(new double[] {0, 3, 0});
        assertEquals(1, line.start(), 1e-12);
        assertEquals(0, line.slope(), 1e-12);
        assertEquals(2, line.largestResidual(), 1e-12);
    }

    @Test
    void oneValueIsALineWithoutSlope() {
        assertEquals(new Line(4, 0, 0), Line.through(new double[] {4}));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.rt.verify.StaticReport;
import dev.patchbay.rt.verify.StaticVerifier;
import java.util.List;
import org.junit.jupiter.api.Test;

class StaticRealTimeTest {
    @Test
    void nothingThatTheSynthCanReachIsForbiddenInRealTime() {
        final StaticReport report = StaticVerifier.verify(PolySynth.class);
        assertTrue(report.passed(), report::toString);
        assertEquals(List.of(), report.exemptions(), report::toString);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExemptionTest {
    private static final String HERE = Exempted.class.getName() + "$";

    @Test
    void coversWhatIsReachedThroughItAndIsListedWithItsReason() {
        final StaticReport report = StaticVerifier.verify(Exempted.OnOneWay.class);
        assertTrue(report.passed(), report::toString);
        final Exemption exemption = report.exemptions().get(0);
        assertEquals(HERE + "OnOneWay.firstBlock", exemption.method());
        assertEquals("Once in the life of a module.", exemption.reason());
        assertEquals(1, exemption.covered().size());
        assertEquals(Category.ALLOCATION, exemption.covered().get(0).category());
        assertEquals("make", exemption.covered().get(0).place().method());
        assertTrue(report.toString().contains("reason: Once in the life"), report::toString);
    }

    @Test
    void doesNotCoverAnotherWayToTheSamePlace() {
        final StaticReport report = StaticVerifier.verify(Exempted.OnTwoWays.class);
        assertEquals(1, report.findings().size(), report::toString);
        assertEquals("handleEvent", report.findings().get(0).path().get(0).method());
    }

    @Test
    void ofAClassCoversItsMethods() {
        final StaticReport report = StaticVerifier.verify(Exempted.OfAClass.class);
        assertTrue(report.passed(), report::toString);
        assertEquals(1, report.exemptions().size());
    }

    @Test
    void thatCoversNothingFailsTheCheck() {
        final StaticReport stale = StaticVerifier.verify(Exempted.Stale.class);
        assertFalse(stale.passed());
        assertEquals(
                List.of(
                        "The exemption of "
                                + HERE
                                + "Stale.count covers nothing that real-time code reaches; take it"
                                + " away."),
                stale.faults());
        assertFalse(StaticVerifier.verify(Exempted.Unreached.class).passed());
    }

    @Test
    void withoutAReasonFailsTheCheck() {
        final StaticReport report = StaticVerifier.verify(Exempted.WithoutReason.class);
        assertEquals(
                List.of(
                        "The exemption of "
                                + HERE
                                + "WithoutReason.process has no reason; say why it is right."),
                report.faults());
    }
}

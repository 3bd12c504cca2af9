// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

class RealTimeSafeTest {
    @RealTimeSafe(Canaries.RareObject.class)
    static final class OnTheClass {
        @Test
        void playsWell() {}
    }

    static final class OnAMethod {
        @Test
        @RealTimeSafe(Canaries.RareObject.class)
        void isRealTimeSafe() {}

        @Test
        void playsWell() {}
    }

    @Test
    void onAClassFailsItsTestsWhereTheModuleIsNotSafe() {
        final TestExecutionSummary summary = run(OnTheClass.class);
        assertEquals(0, summary.getTestsSucceededCount());
        assertEquals(1, summary.getTotalFailureCount());
    }

    @Test
    void onAMethodFailsThisOneAndShowsTheReport() {
        final TestExecutionSummary summary = run(OnAMethod.class);
        assertEquals(1, summary.getTestsSucceededCount());
        assertEquals(1, summary.getTestsFailedCount());
        final StringWriter text = new StringWriter();
        summary.printFailuresTo(new PrintWriter(text, true));
        assertTrue(text.toString().contains("ALLOCATION: new Object"), text::toString);
    }

    @Test
    void theAssertionShowsTheReport() {
        final AssertionError error =
                assertThrows(
                        AssertionError.class,
                        () -> RealTimeSafety.assertRealTimeSafe(MoreCanaries.Sleep.class));
        assertTrue(error.getMessage().contains("WAIT: calls java.lang.Thread.sleep"));
    }

    @Test
    void aModuleThatNobodyCanCreateIsRefused() {
        final IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> StaticVerifier.verify(dev.patchbay.rt.RtModule.class));
        assertEquals(
                "dev.patchbay.rt.RtModule is abstract; expected the class that the engine creates.",
                refusal.getMessage());
    }

    private static TestExecutionSummary run(final Class<?> tests) {
        final SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(tests))
                                .build(),
                        listener);
        return listener.getSummary();
    }
}

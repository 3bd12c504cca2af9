// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import dev.patchbay.rt.RtModule;

/** The check that a module's real-time methods keep their contract. Any thread. */
public final class RealTimeSafety {
    private RealTimeSafety() {}

    /**
     * Checks a module and shows the report where it fails.
     *
     * @param module the class that the engine would create
     * @throws AssertionError if something is found; the message is the report
     */
    public static void assertRealTimeSafe(final Class<? extends RtModule> module) {
        final StaticReport report = StaticVerifier.verify(module);
        if (!report.passed()) {
            throw new AssertionError(report.toString());
        }
    }
}

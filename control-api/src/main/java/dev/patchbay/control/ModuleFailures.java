// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import java.util.function.Consumer;

/** Tells what modules and their listeners throw, and counts it. The module's thread. */
final class ModuleFailures implements Consumer<String> {
    /** So many are told, the rest is counted. */
    private static final int TOLD = 100;

    private final ControlCounts counts;
    private long failures;

    ModuleFailures(final ControlCounts counts) {
        this.counts = counts;
    }

    @Override
    public void accept(final String sentence) {
        counts.count("module_errors");
        if (++failures > TOLD) {
            return;
        }
        System.err.println("patchbay control: " + sentence);
        if (failures == TOLD) {
            System.err.println("Further failures are counted as module_errors and no longer told.");
        }
    }

    /** What is thrown is as what the module throws itself. */
    void guard(final Runnable call) {
        try {
            call.run();
        } catch (final RuntimeException | LinkageError | StackOverflowError e) {
            accept("A listener failed: " + e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import dev.patchbay.rt.RtModule;

/** The check that a module's real-time methods keep their contract. Any thread. */
public final class RealTimeSafety {
    private RealTimeSafety() {}

    /**
     * Checks a module by both halves, as the system properties or their defaults say: see {@link DynamicOptions#defaults}. With
     * 100 000 blocks it takes about as long as the module needs for half a minute to two minutes of sound.
     *
     * @param module the class that the engine would create
     * @throws AssertionError if something is found; the message is the report
     */
    public static void assertRealTimeSafe(final Class<? extends RtModule> module) {
        assertRealTimeSafe(module, DynamicOptions.defaults());
    }

    /**
     * Checks a module: reads what its real-time methods can reach, and where nothing is found plays it in a JVM of its own.
     *
     * @param module the class that the engine would create
     * @param options how it is played
     * @throws AssertionError if something is found; the message is the report of the half that found it
     */
    public static void assertRealTimeSafe(
            final Class<? extends RtModule> module, final DynamicOptions options) {
        final StaticReport read = StaticVerifier.verify(module);
        if (!read.passed()) {
            throw new AssertionError(read.toString());
        }
        final DynamicReport played = DynamicVerifier.verify(module, options);
        if (!played.passed()) {
            throw new AssertionError(played.toString());
        }
    }
}

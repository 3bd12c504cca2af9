// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import org.agrona.DirectBuffer;

/**
 * Whether this VM lets Agrona at {@code jdk.internal.misc}, through which it reaches memory. Asked before any class of Agrona's that needs
 * it is initialised: a missing flag is then one sentence, not an error from a static initialiser and others after it.
 */
final class JvmFlags {
    private static final String PACKAGE = "jdk.internal.misc";

    private JvmFlags() {}

    /**
     * Returns if the flag is there.
     *
     * @throws RegionException that names the flag, if it is missing
     */
    static void check() {
        final Module base = Object.class.getModule();
        // An interface's class literal: nothing is initialised.
        final Module agrona = DirectBuffer.class.getModule();
        if (!base.isExported(PACKAGE, agrona)) {
            throw new RegionException(
                    "Regions cannot be used in this VM, since Agrona may not use the package "
                            + PACKAGE
                            + ": start java with --add-exports java.base/"
                            + PACKAGE
                            + "="
                            + (agrona.isNamed() ? agrona.getName() : "ALL-UNNAMED")
                            + ".");
        }
    }
}

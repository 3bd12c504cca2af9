// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import java.util.concurrent.CompletableFuture;

/**
 * That other code is to take a module's place, and what became of it.
 *
 * @param code the other code
 * @param result done when it serves; failed with a sentence as its message where the one before goes on
 */
record Reload(ModuleCode code, CompletableFuture<Void> result) {
    /** Why other code does not serve. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(final String sentence) {
            super(sentence);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.soak;

/** A promise of a primitive that was seen broken. */
final class SoakFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    SoakFailure(final String message) {
        super(message);
    }
}

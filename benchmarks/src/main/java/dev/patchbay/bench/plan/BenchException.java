// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.plan;

/** A measurement that is not to be had, told in a sentence. */
public final class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * A failure.
     *
     * @param message what, found, expected, and the remedy where there is one
     */
    public BenchException(final String message) {
        super(message);
    }

    /**
     * A failure with a cause.
     *
     * @param message what, found, expected, and the remedy where there is one
     * @param cause what was thrown
     */
    public BenchException(final String message, final Throwable cause) {
        super(message, cause);
    }
}

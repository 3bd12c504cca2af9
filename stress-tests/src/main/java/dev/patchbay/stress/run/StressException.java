// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.run;

/** A run that cannot start or go on. The message is a sentence for the user. */
public final class StressException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A reason.
     *
     * @param message a sentence: what, found, expected, remedy
     */
    public StressException(final String message) {
        super(message);
    }

    /**
     * A reason with its own.
     *
     * @param message a sentence: what, found, expected, remedy
     * @param cause what the system said
     */
    public StressException(final String message, final Throwable cause) {
        super(message, cause);
    }
}

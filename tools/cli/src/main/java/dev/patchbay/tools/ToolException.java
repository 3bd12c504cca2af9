// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

/** Ends a command with one sentence for its user: the thing, what was found, what was expected. */
public final class ToolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Ends with this sentence. */
    public ToolException(final String sentence) {
        super(sentence);
    }

    /** Ends with this sentence, because of another failure. */
    public ToolException(final String sentence, final Throwable cause) {
        super(sentence, cause);
    }
}

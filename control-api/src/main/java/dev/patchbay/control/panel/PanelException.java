// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.panel;

/** A request cannot be served. The message is for the log. */
final class PanelException extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    PanelException(final int status, final String sentence) {
        super(sentence);
        this.status = status;
    }

    /** Of HTTP. */
    int status() {
        return status;
    }
}

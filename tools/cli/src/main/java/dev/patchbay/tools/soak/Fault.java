// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.soak;

/** What can happen to a plug-in that plays. */
public enum Fault {
    /** The engine is killed. */
    KILL_ENGINE("kill -9 of the engine", true, false),
    /** The engine is asked to end. */
    TERM_ENGINE("SIGTERM to the engine", true, false),
    /** The engine stands still for a moment. */
    STOP_ENGINE("SIGSTOP of the engine, then SIGCONT", false, false),
    /** Control is killed. */
    KILL_CONTROL("kill -9 of control", false, true),
    /** Control is asked to end. */
    TERM_CONTROL("SIGTERM to control", false, true),
    /** Control stands still for a moment. */
    STOP_CONTROL("SIGSTOP of control, then SIGCONT", false, false),
    /** Both are killed. */
    KILL_BOTH("kill -9 of engine and control", true, true),
    /** The spare engine is killed; only where one stands by. */
    KILL_SPARE("kill -9 of the spare engine", false, false),
    /** All files in the folders for logs and sockets are deleted. */
    DELETE_FILES("logs and sockets deleted", false, false),
    /** The host is killed, and with it all. */
    KILL_HOST("kill -9 of the host", false, false);

    private final String text;
    private final boolean endsEngine;
    private final boolean endsControl;

    Fault(final String text, final boolean endsEngine, final boolean endsControl) {
        this.text = text;
        this.endsEngine = endsEngine;
        this.endsControl = endsControl;
    }

    /** In words. */
    public String text() {
        return text;
    }

    boolean endsEngine() {
        return endsEngine;
    }

    boolean endsControl() {
        return endsControl;
    }
}

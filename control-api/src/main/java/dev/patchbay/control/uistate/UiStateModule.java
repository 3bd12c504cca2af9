// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.uistate;

import dev.patchbay.control.ui.UiModule;

/**
 * A UI-state module in a process of its own: what {@code class} under {@code modules.ui} in {@code build.yaml} names. What it does wrong, however
 * badly, costs the panel its part until the next process is there, and neither sound nor control. Its class is public, with a public
 * constructor without arguments.
 *
 * <p>All methods are called on one thread: {@link #init} first, {@link #close} last. A module that returns from none of them for ten seconds
 * is ended with its process, and another process takes its place.
 */
public interface UiStateModule extends UiModule {
    /**
     * Begins.
     *
     * @param context what the module may know and do, until {@link #close}
     * @throws RuntimeException if it cannot serve, with a sentence that is shown; it is not tried again until its code is replaced
     */
    void init(UiStateContext context);

    /** Ends: control leaves, or other code takes the place of this one. It may have a second, then the process ends. */
    default void close() {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import java.util.concurrent.CompletableFuture;

/** A UI module elsewhere, for which nobody waits: it shows what it had to show lately, and says later whether an event was taken. */
public interface RemoteUiModule extends UiModule {
    /**
     * As {@link #handleUiEvent}, but without its answer.
     *
     * @param name what was done
     * @param value with which value
     * @return completed on any thread, when what it shows next shows the event; exceptionally where that was refused, with a sentence
     */
    CompletableFuture<Void> post(String name, String value);
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import java.util.Map;

/**
 * What a {@link dev.patchbay.control.ControlModule} shows of itself in a user interface beside parameters, presets and what is
 * measured, and what it lets people do there. A control module implements this where it has something to show; it need not.
 *
 * <p>Both methods are called on the control module's thread, between its {@code init} and {@code close}.
 */
public interface UiModule {
    /** The most entries that are shown; what is beyond is left out. */
    int MOST_ENTRIES = 256;

    /** The most characters of a name or a value that are shown. */
    int MOST_CHARACTERS = 10_000;

    /**
     * What is to be shown now. Called up to sixty times a second while somebody looks, and never else, so it should be quick. An
     * exception hides the module's part until the next call and is told once in the log.
     *
     * @return texts by their names, shown in the map's order
     */
    Map<String, String> getUiState();

    /**
     * Something was done in the user interface that is meant for the module.
     *
     * @param name what was done, such as the name of an entry that was changed
     * @param value with which value; may be empty
     * @throws IllegalArgumentException if it cannot be done, with a sentence for the person who did it
     */
    default void handleUiEvent(final String name, final String value) {
        throw new IllegalArgumentException(
                "The module takes no events from a user interface, but was sent \"" + name + "\".");
    }
}

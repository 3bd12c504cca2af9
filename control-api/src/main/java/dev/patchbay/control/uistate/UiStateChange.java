// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.uistate;

/** What a UI-state module may change a parameter to. */
final class UiStateChange {
    private UiStateChange() {}

    /** Refuses what is none. */
    static void check(final int count, final int index, final double normalized) {
        if (index < 0 || index >= count || !(normalized >= 0 && normalized <= 1)) {
            throw new IllegalArgumentException(
                    "It changes the parameter "
                            + index
                            + " to "
                            + normalized
                            + ", expected 0 to "
                            + (count - 1)
                            + " and a value from 0 to 1; nothing was changed.");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import dev.patchbay.control.automation.Automation;
import dev.patchbay.control.automation.AutomationMode;
import java.util.List;

/**
 * Automation, and recording.
 *
 * @param automation the lanes
 * @param modes what lane and hand do, by the parameter's index
 * @param recording whether what a hand does is being recorded, by the parameter's index; the lane has it when the hand lets go
 */
public record UiAutomation(
        Automation automation, List<AutomationMode> modes, List<Boolean> recording) {
    /** Copies the lists. */
    public UiAutomation {
        modes = List.copyOf(modes);
        recording = List.copyOf(recording);
    }
}

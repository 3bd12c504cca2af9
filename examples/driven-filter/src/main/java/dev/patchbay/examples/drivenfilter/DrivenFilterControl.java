// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.drivenfilter;

import dev.patchbay.control.ControlContext;
import dev.patchbay.control.ControlModule;

/**
 * The filter's control module. Presets, MIDI learn and the state of both come without code, so there is nothing to do: it shows that a
 * module in C and one in Java share a plug-in, and know nothing of each other.
 */
public final class DrivenFilterControl implements ControlModule {
    @Override
    public void init(final ControlContext context) {}
}

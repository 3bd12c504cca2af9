// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.control;

import dev.patchbay.control.ControlContext;
import dev.patchbay.control.ControlModule;

/**
 * What the synth does beside its sound: nothing of its own. Its presets are the files in the folder {@code presets} beside this class,
 * and what is loaded goes into the host's project without further ado.
 */
public final class PolySynthControl implements ControlModule {
    /** Creates the module; {@code build.yaml} names this class. */
    public PolySynthControl() {}

    @Override
    public void init(final ControlContext context) {}
}

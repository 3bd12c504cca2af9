// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.control;

import dev.patchbay.control.preset.PresetLibrary;
import dev.patchbay.control.state.PluginIdentity;
import dev.patchbay.examples.polysynth.PolySynthParameters;
import dev.patchbay.tools.project.BuildFile;
import dev.patchbay.tools.project.BuildFileReader;
import java.nio.file.Path;
import java.util.HexFormat;

/** The synth's presets as its control process has them. */
public final class Presets {
    private Presets() {}

    /** The library with the user's presets in a folder. */
    public static PresetLibrary library(final Path userFolder) {
        final BuildFile.Plugin plugin = BuildFileReader.read(Path.of("build.yaml")).plugin();
        return new PresetLibrary(
                new PluginIdentity(
                        HexFormat.of().formatHex(plugin.uid()), plugin.vendor(), plugin.name()),
                new PolySynthParameters().parameters(),
                PolySynthControl.class,
                userFolder);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import dev.patchbay.control.state.ParameterValues;
import dev.patchbay.control.state.PluginIdentity;
import dev.patchbay.layout.Parameter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The plug-in of these tests: a parameter of each kind. */
final class Synth {
    static final String UID = "00112233445566778899AABBCCDDEEFF";
    static final PluginIdentity IDENTITY = new PluginIdentity(UID, "A: Vendor", "Test/Synth");

    static final int LEVEL = 10;
    static final int CUTOFF = 20;
    static final int STEPS = 30;
    static final int WAVE = 40;
    static final int BYPASS = 50;
    static final int METER = 60;

    static final List<Parameter> PARAMETERS =
            List.of(
                    Parameter.of(LEVEL, "level", "Level").unit("dB").range(-60, 0, -30).build(),
                    Parameter.of(CUTOFF, "cutoff", "Cutoff")
                            .unit("Hz")
                            .range(20, 20_000, 2_000)
                            .logarithmic()
                            .build(),
                    Parameter.of(STEPS, "steps", "Steps").range(0, 4, 0).steps(4).build(),
                    Parameter.of(WAVE, "wave", "Wave").values("Sine", "Saw", "Pulse").build(),
                    Parameter.of(BYPASS, "bypass", "Bypass")
                            .steps(1)
                            .flag(Parameter.Flag.BYPASS)
                            .build(),
                    Parameter.of(METER, "meter", "Meter").flag(Parameter.Flag.READ_ONLY).build());

    private Synth() {}

    static PresetLibrary library(final Path userFolder) {
        return new PresetLibrary(IDENTITY, PARAMETERS, Synth.class, userFolder);
    }

    static Preset preset(final String name, final double level) {
        return Preset.of(name, ParameterValues.of(Map.of(LEVEL, level)));
    }

    /** The text of a file with these fields between the plug-in's and the values. */
    static String json(final String fields, final String values) {
        return "{\n"
                + "  \"format\": \"patchbay-preset\",\n"
                + "  \"version\": 1,\n"
                + "  \"plugin\": {\"uid\": \""
                + UID
                + "\"},\n"
                + fields
                + ",\n  \"values\": "
                + values
                + "\n}\n";
    }
}

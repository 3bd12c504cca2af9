// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.drivenfilter;

import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.ParameterSource;
import java.util.List;

/** The parameters of the filter. The C module finds them by their symbols; hosts store automation by their ids. */
public final class DrivenFilterParameters implements ParameterSource {
    private static final List<Parameter> DECLARED =
            List.of(
                    Parameter.of(100, "cutoff", "Cutoff")
                            .unit("Hz")
                            .range(20, 20_000, 1_000)
                            .logarithmic()
                            .build(),
                    Parameter.of(110, "resonance", "Resonance").initial(0.2).build(),
                    Parameter.of(120, "drive", "Drive").unit("dB").range(0, 36, 0).build(),
                    Parameter.of(130, "mix", "Mix").initial(1).build(),
                    Parameter.of(140, "response", "Response")
                            .values("Low pass", "Band pass", "High pass", "Notch")
                            .build());

    @Override
    public List<Parameter> parameters() {
        return DECLARED;
    }
}

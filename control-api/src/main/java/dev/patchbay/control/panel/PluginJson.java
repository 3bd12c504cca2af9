// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.panel;

import dev.patchbay.control.json.JsonValue;
import dev.patchbay.control.json.JsonValue.Members;
import dev.patchbay.control.json.JsonValue.Text;
import dev.patchbay.control.parameter.ParameterGroup;
import dev.patchbay.control.parameter.ParameterRegistry;
import dev.patchbay.control.state.PluginIdentity;
import dev.patchbay.control.ui.Ui;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.ParameterText;
import dev.patchbay.layout.VoiceStateDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a page is told once: the plug-in and its parameters. */
final class PluginJson {
    /** What people call the stages of a voice. */
    private static final Map<Integer, String> STAGES =
            Map.of(
                    VoiceStateDescriptor.ATTACK, "attack",
                    VoiceStateDescriptor.DECAY, "decay",
                    VoiceStateDescriptor.SUSTAIN, "sustain",
                    VoiceStateDescriptor.RELEASE, "release",
                    VoiceStateDescriptor.FADE, "fade");

    private final List<Parameter> parameters;
    private final Members description;

    PluginJson(final Ui ui, final PluginIdentity identity) {
        // What is described never changes, so any thread may read it.
        final ParameterRegistry registry = ui.registry();
        this.parameters = registry.all();
        final List<JsonValue> described = new ArrayList<>();
        parameters.forEach(parameter -> described.add(parameter(parameter)));
        final List<JsonValue> groups = new ArrayList<>();
        registry.groups().forEach(group -> groups.add(group(group)));
        final Members stages = Members.empty();
        STAGES.forEach((stage, name) -> stages.with(stage.toString(), Text.of(name)));
        description =
                Members.empty()
                        .with("name", Text.of(identity.name()))
                        .with("vendor", Text.of(identity.vendor()))
                        .with("parameters", JsonValue.Array.of(described))
                        .with("groups", JsonValue.Array.of(groups))
                        .with("stages", stages.sorted());
    }

    List<Parameter> parameters() {
        return parameters;
    }

    /** All of it, and the name of the page's session. */
    JsonValue json(final String session) {
        return Members.empty().with("session", Text.of(session)).with(description);
    }

    private JsonValue group(final ParameterGroup group) {
        final List<JsonValue> shown = new ArrayList<>();
        for (final int index : group.indices()) {
            if (!parameters.get(index).flags().contains(Parameter.Flag.HIDDEN)) {
                shown.add(JsonValue.Number.of(index));
            }
        }
        return Members.empty()
                .with("name", Text.of(group.name()))
                .with("parameters", JsonValue.Array.of(shown));
    }

    private static JsonValue parameter(final Parameter parameter) {
        return Members.empty()
                .with("id", JsonValue.Number.of(parameter.id()))
                .with("symbol", Text.of(parameter.symbol()))
                .with("name", Text.of(parameter.name()))
                .with("short", Text.of(parameter.shortName()))
                .with("steps", JsonValue.Number.of(parameter.stepCount()))
                .with(
                        "names",
                        JsonValue.Array.of(parameter.valueNames().stream().map(Text::of).toList()))
                .with("default", JsonValue.Number.of(parameter.defaultNormalized()))
                .with("origin", JsonValue.Number.of(origin(parameter)))
                .with("lowest", Text.of(ParameterText.formatWithUnit(parameter, 0)))
                .with("highest", Text.of(ParameterText.formatWithUnit(parameter, 1)))
                .with("expected", Text.of(ParameterText.expected(parameter)))
                .with("readOnly", word(parameter.flags().contains(Parameter.Flag.READ_ONLY)));
    }

    /** Where a knob's arc begins: at zero where it lies within, else at the lowest value. */
    private static double origin(final Parameter parameter) {
        return parameter.minimum() < 0 && parameter.maximum() > 0 ? parameter.toNormalized(0) : 0;
    }

    static JsonValue word(final boolean value) {
        return new JsonValue.Word(Boolean.toString(value), 0);
    }
}

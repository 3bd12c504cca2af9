// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.panel;

import dev.patchbay.control.json.JsonValue;
import dev.patchbay.control.json.JsonValue.Array;
import dev.patchbay.control.json.JsonValue.Members;
import dev.patchbay.control.json.JsonValue.Number;
import dev.patchbay.control.json.JsonValue.Text;
import dev.patchbay.control.preset.StoredPreset;
import dev.patchbay.control.ui.UiParameters;
import dev.patchbay.control.ui.UiPresets;
import dev.patchbay.control.ui.UiSnapshot;
import dev.patchbay.control.ui.UiTransport;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.ParameterText;
import java.util.ArrayList;
import java.util.List;

/** What has changed from one snapshot to another, as JSON. */
final class FrameJson {
    private static final double FINE = 1e5;

    private final List<Parameter> parameters;

    FrameJson(final List<Parameter> parameters) {
        this.parameters = parameters;
    }

    /** The parts that differ; all of them where there was none before. */
    Members changes(final UiSnapshot before, final UiSnapshot now) {
        final Members changes = Members.empty();
        if (before == null || before.parameters() != now.parameters()) {
            changes.with(
                    "values",
                    values(before == null ? null : before.parameters(), now.parameters()));
        }
        if (before == null || before.outputs() != now.outputs()) {
            changes.with("meters", list(now.outputs(), m -> row(m.level(), m.rms(), m.clips())));
        }
        if (before == null || before.voices() != now.voices()) {
            changes.with(
                    "voices",
                    list(
                            now.voices(),
                            v ->
                                    row(
                                            v.index(),
                                            v.stage(),
                                            v.held() ? 1 : 0,
                                            v.key(),
                                            v.velocity(),
                                            v.channel(),
                                            v.level())));
        }
        if (before == null || before.transport() != now.transport()) {
            changes.with("transport", transport(now.transport()));
        }
        if (before == null || before.presets() != now.presets()) {
            changes.with("preset", preset(now.presets()));
        }
        if (before == null || before.presets().all() != now.presets().all()) {
            changes.with("library", list(now.presets().all(), FrameJson::stored));
            changes.with("problems", list(now.presets().problems(), Text::of));
        }
        if (before == null || before.midi() != now.midi()) {
            changes.with("midi", MidiJson.of(now.midi(), parameters));
        }
        if (before == null || before.automation() != now.automation()) {
            changes.with("automation", LanesJson.of(now.automation(), parameters));
        }
        if (before == null || before.health() != now.health()) {
            changes.with("health", HealthJson.of(now.health()));
        }
        if (before == null || before.module() != now.module()) {
            final Members module = Members.empty();
            now.module().forEach((name, value) -> module.with(name, Text.of(value)));
            changes.with("module", module);
        }
        return changes;
    }

    /** By index: the value, its text, and whether it is held. */
    private Members values(final UiParameters before, final UiParameters now) {
        final Members values = Members.empty();
        for (int i = 0; i < now.count(); i++) {
            final double value = now.value(i);
            if (before == null || before.value(i) != value || before.isHeld(i) != now.isHeld(i)) {
                values.with(
                        Integer.toString(i),
                        Array.of(
                                List.of(
                                        Number.of(value),
                                        Text.of(
                                                ParameterText.formatWithUnit(
                                                        parameters.get(i), value)),
                                        PluginJson.word(now.isHeld(i)))));
            }
        }
        return values;
    }

    private static JsonValue transport(final UiTransport transport) {
        return Members.empty()
                .with("playing", PluginJson.word(transport.playing()))
                .with("tempo", fine(transport.tempo()))
                .with("numerator", Number.of(transport.numerator()))
                .with("denominator", Number.of(transport.denominator()))
                .with("quarters", fine(transport.quarters()))
                .with("seconds", fine(seconds(transport)));
    }

    private static double seconds(final UiTransport transport) {
        return transport.sampleRate() > 0 ? transport.samples() / transport.sampleRate() : 0;
    }

    private static JsonValue preset(final UiPresets presets) {
        return Members.empty()
                .with("id", Text.of(presets.loadedId()))
                .with("name", Text.of(presets.loaded()))
                .with("edited", PluginJson.word(presets.edited()))
                .with("slot", Text.of(presets.playing().name()))
                .with("differ", PluginJson.word(presets.slotsDiffer()))
                .with(
                        "morph",
                        Double.isNaN(presets.morph())
                                ? new JsonValue.Word("null", 0)
                                : fine(presets.morph()));
    }

    private static JsonValue stored(final StoredPreset stored) {
        return Members.empty()
                .with("id", Text.of(stored.id()))
                .with("name", Text.of(stored.preset().name()))
                .with("bank", Text.of(stored.bank()))
                .with("author", Text.of(stored.preset().author()))
                .with("tags", list(stored.preset().tags(), Text::of))
                .with("comment", Text.of(stored.preset().comment()))
                .with("user", PluginJson.word(stored.origin() == StoredPreset.Origin.USER));
    }

    /** As fine as can be seen. */
    static Number fine(final double value) {
        return Number.of(Double.isFinite(value) ? Math.rint(value * FINE) / FINE : 0);
    }

    private static JsonValue row(final double... numbers) {
        final List<JsonValue> all = new ArrayList<>();
        for (final double number : numbers) {
            all.add(
                    number == Math.rint(number) && Math.abs(number) < 1e15
                            ? new Number(Long.toString((long) number), 0)
                            : fine(number));
        }
        return Array.of(all);
    }

    static <T> JsonValue list(
            final List<T> elements, final java.util.function.Function<T, JsonValue> form) {
        return Array.of(elements.stream().map(form).toList());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.panel;

import dev.patchbay.control.json.JsonValue;
import dev.patchbay.control.json.JsonValue.Members;
import dev.patchbay.control.json.JsonValue.Number;
import dev.patchbay.control.json.JsonValue.Text;
import dev.patchbay.control.midi.MidiMapping;
import dev.patchbay.control.ui.UiMidi;
import dev.patchbay.layout.MidiMode;
import dev.patchbay.layout.MidiSource;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.ParameterText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The MIDI map for a page: what moves what, and how, with the ends of the range as a person writes them. */
final class MidiJson {
    private MidiJson() {}

    static JsonValue of(final UiMidi midi, final List<Parameter> parameters) {
        return Members.empty()
                .with("learning", Number.of(midi.learning()))
                .with(
                        "mappings",
                        FrameJson.list(
                                midi.map().mappings(), mapping -> mapping(mapping, parameters)))
                .with("conflicts", FrameJson.list(midi.conflicts(), Text::of));
    }

    /** What a page calls a mode. */
    static String name(final MidiMode mode) {
        return mode.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** What a page may call modes. */
    static String names() {
        return Arrays.stream(MidiMode.values())
                .map(MidiJson::name)
                .collect(Collectors.joining(", "));
    }

    private static JsonValue mapping(final MidiMapping mapping, final List<Parameter> parameters) {
        final Members json = Members.empty();
        int index = -1;
        for (int i = 0; i < parameters.size(); i++) {
            index = parameters.get(i).id() == mapping.parameter() ? i : index;
        }
        json.with("parameter", Number.of(index)).with("controller", Text.of(mapping.controller()));
        if (index >= 0) {
            final Parameter parameter = parameters.get(index);
            json.with("lowest", Text.of(text(parameter, mapping.minimum())))
                    .with("highest", Text.of(text(parameter, mapping.maximum())));
        }
        return json.with("channel", Number.of(mapping.channel()))
                .with("exponent", Number.of(mapping.exponent()))
                .with("mode", Text.of(name(mapping.mode())))
                .with("relative", PluginJson.word(mapping.source() == MidiSource.CONTROLLER));
    }

    private static String text(final Parameter parameter, final double normalized) {
        return ParameterText.formatWithUnit(parameter, normalized);
    }
}

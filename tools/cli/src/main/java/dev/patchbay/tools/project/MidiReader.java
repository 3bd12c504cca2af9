// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import dev.patchbay.layout.DeclaredExpression;
import dev.patchbay.layout.DeclaredExpression.Gesture;
import dev.patchbay.layout.NoteExpression;
import dev.patchbay.tools.project.BuildFile.Located;
import dev.patchbay.tools.project.BuildFile.Midi;
import dev.patchbay.tools.project.MapShape.Values;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads what a build file says of MIDI. */
final class MidiReader {
    private static final String CUSTOM = NoteExpression.all().get(NoteExpression.CUSTOM).name();

    /** What a schema says of {@link #checkExpression}. */
    static final Map<String, Object> EXPRESSION_SCHEMA = expressionSchema();

    private MidiReader() {}

    static Midi read(final Optional<Values> midi) {
        final SortedSet<Integer> controllers =
                new TreeSet<>(List.of(MidiKeys.CHANNEL_PRESSURE, MidiKeys.PITCH_WHEEL));
        if (midi.isEmpty()) {
            return new Midi(controllers, false, List.of());
        }
        controllers.addAll(midi.get().get(MidiKeys.CONTROLLERS));
        return new Midi(
                controllers,
                midi.get().get(MidiKeys.EVENT_OUTPUT),
                midi.get().get(MidiKeys.NOTE_EXPRESSIONS).stream()
                        .map(MidiReader::expression)
                        .toList());
    }

    private static DeclaredExpression expression(final Values map) {
        final NoteExpression.Range type = map.get(MidiKeys.EXPRESSION_TYPE);
        final String usual =
                type.name().substring(0, 1).toUpperCase(Locale.ROOT) + type.name().substring(1);
        final String name = map.find(MidiKeys.EXPRESSION_NAME).map(Located::text).orElse(usual);
        return new DeclaredExpression(
                NoteExpression.all().indexOf(type),
                map.find(MidiKeys.EXPRESSION_NUMBER).orElse(0),
                name,
                map.find(MidiKeys.EXPRESSION_SHORT_NAME).map(Located::text).orElse(name),
                map.find(MidiKeys.GESTURE).orElse(Gesture.NONE));
    }

    /** Numbers tell the plug-in's own apart, which have no name but what they are given. */
    static void checkExpression(final Place at, final Values map, final Problems problems) {
        final boolean custom = map.get(MidiKeys.EXPRESSION_TYPE).name().equals(CUSTOM);
        if (!custom && map.find(MidiKeys.EXPRESSION_NUMBER).isPresent()) {
            problems.add(
                    map.place(MidiKeys.EXPRESSION_NUMBER)
                            .error("is there, but only the type " + CUSTOM + " has numbers"));
        }
        if (custom && map.find(MidiKeys.EXPRESSION_NAME).isEmpty()) {
            problems.add(
                    map.place(MidiKeys.EXPRESSION_NAME)
                            .error(
                                    "is missing, expected "
                                            + MidiKeys.EXPRESSION_NAME.shape().expected()));
        }
    }

    /** Each expression is declared once, and each gesture plays one. A schema cannot say so. */
    static void checkExpressions(
            final Place at, final List<Values> declared, final Problems problems) {
        final Set<List<Integer>> seen = new HashSet<>();
        final Set<Gesture> played = new HashSet<>();
        for (final Values each : declared) {
            final DeclaredExpression expression = expression(each);
            if (!seen.add(List.of(expression.expression(), expression.number()))) {
                problems.add(
                        each.place(MidiKeys.EXPRESSION_TYPE)
                                .error("is there twice, allowed is once"));
            }
            if (expression.gesture() != Gesture.NONE && !played.add(expression.gesture())) {
                problems.add(
                        each.place(MidiKeys.GESTURE)
                                .error(
                                        "plays another expression, too, allowed is one for each"
                                                + " gesture"));
            }
        }
    }

    private static Map<String, Object> expressionSchema() {
        final Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("if", Map.of("properties", Map.of("type", Map.of("const", CUSTOM))));
        schema.put("then", Map.of("required", List.of("name")));
        schema.put("else", Map.of("properties", Map.of("number", false)));
        return schema;
    }
}

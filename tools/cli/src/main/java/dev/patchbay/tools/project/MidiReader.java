// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import dev.patchbay.layout.DeclaredExpression;
import dev.patchbay.layout.DeclaredExpression.Gesture;
import dev.patchbay.layout.NoteExpression;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.tools.project.BuildFile.Located;
import dev.patchbay.tools.project.BuildFile.Midi;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads what a build file says of MIDI. */
final class MidiReader {
    private static final int CHANNEL_PRESSURE = 128;
    private static final int PITCH_WHEEL = 129;

    private MidiReader() {}

    static Midi read(final YamlMap top) {
        final SortedSet<Integer> controllers =
                new TreeSet<>(List.of(CHANNEL_PRESSURE, PITCH_WHEEL));
        if (!top.has("midi")) {
            return new Midi(controllers, false, List.of());
        }
        final YamlMap map = top.map("midi", "controllers", "output", "note_expressions");
        controllers.addAll(map.optionalIntegers("controllers", 0, PITCH_WHEEL));
        return new Midi(controllers, map.optionalTruth("output").orElse(false), expressions(map));
    }

    private static List<DeclaredExpression> expressions(final YamlMap map) {
        final List<DeclaredExpression> expressions = new ArrayList<>();
        final Set<List<Integer>> seen = new HashSet<>();
        final Set<Gesture> played = new HashSet<>();
        for (final YamlMap each :
                map.optionalMaps(
                        "note_expressions", "type", "number", "name", "short_name", "gesture")) {
            final DeclaredExpression expression = expression(each);
            if (!seen.add(List.of(expression.expression(), expression.number()))) {
                throw each.placeOf("type").error("is there twice, allowed is once");
            }
            if (expression.gesture() != Gesture.NONE && !played.add(expression.gesture())) {
                throw each.placeOf("gesture")
                        .error("plays another expression, too, allowed is one for each gesture");
            }
            expressions.add(expression);
        }
        if (expressions.size() > StandardRegion.MAX_NOTE_EXPRESSIONS) {
            throw map.placeOf("note_expressions")
                    .error(
                            "has "
                                    + expressions.size()
                                    + " entries, allowed are "
                                    + StandardRegion.MAX_NOTE_EXPRESSIONS);
        }
        return expressions;
    }

    private static DeclaredExpression expression(final YamlMap map) {
        final List<String> types =
                NoteExpression.all().stream().map(NoteExpression.Range::name).toList();
        final String type = BuildFileReader.choice(map.text("type", YamlMap.join(types)), types);
        final int expression = types.indexOf(type);
        final boolean custom = expression == NoteExpression.CUSTOM;
        if (!custom && map.has("number")) {
            throw map.placeOf("number").error("is there, but only the type custom has numbers");
        }
        final int number =
                map.optionalInteger("number", 0, DeclaredExpression.MAX_NUMBER).orElse(0);
        final String name =
                custom
                        ? map.text("name", "a text").text()
                        : text(map, "name")
                                .orElse(
                                        type.substring(0, 1).toUpperCase(Locale.ROOT)
                                                + type.substring(1));
        return new DeclaredExpression(
                expression,
                number,
                fitting(map, "name", name),
                fitting(map, "short_name", text(map, "short_name").orElse(name)),
                gesture(map));
    }

    private static Optional<String> text(final YamlMap map, final String key) {
        return map.optionalText(key, "a text").map(Located::text);
    }

    private static String fitting(final YamlMap map, final String key, final String text) {
        return BuildFileReader.fitting(
                        new Located(text, map.placeOf(key)),
                        StandardStructs.NOTE_EXPRESSION_INFO,
                        key)
                .text();
    }

    private static Gesture gesture(final YamlMap map) {
        if (!map.has("gesture")) {
            return Gesture.NONE;
        }
        final List<String> allowed = List.of("x", "y", "pressure");
        final String chosen =
                BuildFileReader.choice(map.text("gesture", YamlMap.join(allowed)), allowed);
        return Gesture.valueOf(chosen.toUpperCase(Locale.ROOT));
    }
}

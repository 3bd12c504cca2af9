// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import dev.patchbay.layout.DeclaredExpression;
import dev.patchbay.layout.DeclaredExpression.Gesture;
import dev.patchbay.layout.NoteExpression;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.tools.project.BuildFile.Located;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The keys of {@code midi} in {@code build.yaml}. */
final class MidiKeys {
    /** Beside the MIDI controllers 0 to 127, as the region's description of the plug-in numbers them. */
    static final int CHANNEL_PRESSURE = 128;

    static final int PITCH_WHEEL = 129;

    static final Key<List<Integer>> CONTROLLERS =
            Key.optional(
                    "controllers",
                    ListShape.of(new NumberShape(0, PITCH_WHEEL), "whole numbers"),
                    "The MIDI controllers that reach the plug-in, 0 to 127. Channel pressure ("
                            + CHANNEL_PRESSURE
                            + ") and the pitch wheel ("
                            + PITCH_WHEEL
                            + ") always do.",
                    List.of());

    static final Key<Boolean> EVENT_OUTPUT =
            Key.optional(
                    "output",
                    new TruthShape(),
                    "Whether the module plays notes and controllers to the host.",
                    false);
    static final Key<NoteExpression.Range> EXPRESSION_TYPE =
            Key.required(
                    "type",
                    ChoiceShape.of(NoteExpression.all(), NoteExpression.Range::name),
                    "What it changes of a note; custom is one of the plug-in's own.");
    static final Key<Integer> EXPRESSION_NUMBER =
            Key.optional(
                    "number",
                    new NumberShape(0, DeclaredExpression.MAX_NUMBER),
                    "Which of the plug-in's own it is, for the type custom alone [0].");
    static final Key<Located> EXPRESSION_NAME =
            Key.optional(
                    "name",
                    BuildFileKeys.room(StandardStructs.NOTE_EXPRESSION_INFO, "name"),
                    "What hosts show of it [that of its type; custom must have one].");
    static final Key<Located> EXPRESSION_SHORT_NAME =
            Key.optional(
                    "short_name",
                    BuildFileKeys.room(StandardStructs.NOTE_EXPRESSION_INFO, "short_name"),
                    "The same in few letters [the name].");
    static final Key<Gesture> GESTURE =
            Key.optional(
                    "gesture",
                    ChoiceShape.of(
                            Arrays.stream(Gesture.values()).filter(g -> g != Gesture.NONE).toList(),
                            gesture -> gesture.name().toLowerCase(Locale.ROOT)),
                    "Which movement on a key plays it, on keyboards that sense more than keys.");
    static final Key<List<MapShape.Values>> NOTE_EXPRESSIONS =
            Key.optional(
                    "note_expressions",
                    new CheckedShape<>(
                            ListShape.of(
                                            new CheckedShape<>(
                                                    new MapShape(
                                                            List.of(
                                                                    EXPRESSION_TYPE,
                                                                    EXPRESSION_NUMBER,
                                                                    EXPRESSION_NAME,
                                                                    EXPRESSION_SHORT_NAME,
                                                                    GESTURE)),
                                                    MidiReader::checkExpression,
                                                    MidiReader.EXPRESSION_SCHEMA),
                                            "mappings")
                                    .orTheSameAgain()
                                    .ofFromTo(0, StandardRegion.MAX_NOTE_EXPRESSIONS),
                            MidiReader::checkExpressions,
                            Map.of()),
                    "The note expressions that the plug-in understands, so that hosts offer them.",
                    List.of());

    static final MapShape MIDI = new MapShape(List.of(CONTROLLERS, EVENT_OUTPUT, NOTE_EXPRESSIONS));

    private MidiKeys() {}
}

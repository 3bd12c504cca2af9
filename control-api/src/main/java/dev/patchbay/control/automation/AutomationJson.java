// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.automation;

import dev.patchbay.control.json.FieldReader;
import dev.patchbay.control.json.JsonException;
import dev.patchbay.control.json.JsonReader;
import dev.patchbay.control.json.JsonValue;
import dev.patchbay.control.json.JsonValue.Members;
import dev.patchbay.control.json.JsonWriter;
import dev.patchbay.layout.AutomationBase;
import dev.patchbay.layout.AutomationShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Automation as JSON. Written canonically, in UTF-8 on one line with the members in a fixed order, so that equal automation is equal bytes:
 *
 * <pre>{"format":"patchbay-automation","version":1,"lanes":[{"parameter":201,"base":"quarters","loop":0.0,"on":true,
 * "points":[[0.0,0.5],[1.0,0.25,"hold"],[2.0,0.75,"curve",-3.0]]}]}</pre>
 *
 * <p>A point is its time, its value and, where it is no line to the next one, its shape; a curve has its amount. Fields that are not known
 * here are kept, behind the others in the order of their names.
 */
public final class AutomationJson {
    /** The most lanes. */
    private static final int MOST_LANES = 4_096;

    /** What a lane and a point have at most in names, values, braces and brackets. */
    private static final int TOKENS_PER_LANE = 64;

    private static final int TOKENS_PER_POINT = 6;

    /** The most names, values, braces and brackets of a newer version's: a lane's own take less than half of what it has. */
    private static final int MOST_FURTHER = MOST_LANES * TOKENS_PER_LANE / 2;

    private static final String SOURCE = "the automation";
    private static final String FORMAT = "patchbay-automation";
    private static final int VERSION = 1;

    private AutomationJson() {}

    /**
     * {@return the automation as JSON}
     *
     * @param automation any
     */
    public static byte[] write(final Automation automation) {
        final List<JsonValue> lanes = new ArrayList<>();
        for (final AutomationLane lane : automation.lanes()) {
            lanes.add(
                    Members.empty()
                            .with("parameter", JsonValue.Number.of(lane.parameter()))
                            .with("base", JsonValue.Text.of(word(lane.base())))
                            .with("loop", JsonValue.Number.of(lane.loop()))
                            .with("on", new JsonValue.Word(Boolean.toString(lane.on()), 0))
                            .with(
                                    "points",
                                    JsonValue.Array.of(
                                            lane.points().stream()
                                                    .map(AutomationJson::point)
                                                    .toList()))
                            .with(lane.further()));
        }
        return JsonWriter.compact(
                Members.empty()
                        .with("format", JsonValue.Text.of(FORMAT))
                        .with("version", JsonValue.Number.of(VERSION))
                        .with("lanes", JsonValue.Array.of(lanes))
                        .with(automation.further()));
    }

    private static JsonValue point(final AutomationPoint point) {
        final List<JsonValue> parts = new ArrayList<>(4);
        parts.add(JsonValue.Number.of(point.time()));
        parts.add(JsonValue.Number.of(point.value()));
        if (point.shape() != AutomationShape.LINEAR) {
            parts.add(JsonValue.Text.of(word(point.shape())));
        }
        if (point.shape() == AutomationShape.CURVE) {
            parts.add(JsonValue.Number.of(point.curve()));
        }
        return JsonValue.Array.of(parts);
    }

    private static String word(final Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /**
     * {@return the automation}
     *
     * @param json what {@link #write} gave, in any order of members and points and with any space
     * @param mostPoints the most points of all lanes
     * @throws IllegalArgumentException if it is anything else, with a sentence that names the line and the field
     */
    public static Automation read(final byte[] json, final int mostPoints) {
        try {
            final long tokens =
                    (long) mostPoints * TOKENS_PER_POINT + (long) MOST_LANES * TOKENS_PER_LANE;
            return read(FieldReader.of(SOURCE, JsonReader.read(json, SOURCE, tokens)), mostPoints);
        } catch (final JsonException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Automation read(final FieldReader fields, final int mostPoints)
            throws JsonException {
        if (!FORMAT.equals(fields.text("format"))) {
            throw fields.error("format", "Expected \"" + FORMAT + "\".");
        }
        final int version = fields.integer("version", 1);
        if (version > VERSION) {
            throw fields.error(
                    "version",
                    "The automation has version "
                            + version
                            + ", but this plug-in reads version "
                            + VERSION
                            + "; it was saved by a newer build.");
        }
        final List<AutomationLane> lanes = new ArrayList<>();
        for (final FieldReader lane : fields.objects("lanes")) {
            lanes.add(lane(lane));
        }
        try {
            final Automation automation = new Automation(lanes, fields.rest());
            check(automation, mostPoints);
            return automation;
        } catch (final IllegalArgumentException e) {
            throw fields.error("lanes", e.getMessage());
        }
    }

    /**
     * Makes sure that what is written of it can be read again. Lanes that are not played count as well.
     *
     * @param automation any
     * @param mostPoints the most points of all lanes
     * @throws IllegalArgumentException if it is too much, with a sentence
     */
    static void check(final Automation automation, final int mostPoints) {
        final int lanes = automation.lanes().size();
        long points = 0;
        long further = tokens(automation.further());
        for (final AutomationLane lane : automation.lanes()) {
            points += lane.points().size();
            further += tokens(lane.further());
        }
        if (lanes > MOST_LANES || points > mostPoints) {
            throw new IllegalArgumentException(
                    "There are "
                            + lanes
                            + " lanes with "
                            + points
                            + " points, those that are not played included, but this plug-in has"
                            + " room for "
                            + mostPoints
                            + " in "
                            + MOST_LANES
                            + " lanes. Remove some, or raise automation.points in build.yaml.");
        }
        if (further > MOST_FURTHER) {
            throw new IllegalArgumentException(
                    "A newer version has written "
                            + further
                            + " names and values beside the points, but there is room for "
                            + MOST_FURTHER
                            + ".");
        }
    }

    private static long tokens(final JsonValue value) {
        long tokens = 2;
        if (value instanceof JsonValue.Array) {
            for (final JsonValue element : ((JsonValue.Array) value).elements()) {
                tokens += tokens(element);
            }
        } else if (value instanceof Members) {
            for (final JsonValue member : ((Members) value).members().values()) {
                tokens += 1 + tokens(member);
            }
        }
        return tokens;
    }

    private static AutomationLane lane(final FieldReader fields) throws JsonException {
        final int parameter = fields.integer("parameter", 0);
        final AutomationBase base = base(fields);
        final double loop = fields.number("loop", 0, AutomationPoint.MAX_TIME);
        final boolean on = fields.truth("on");
        final List<AutomationPoint> points = new ArrayList<>();
        for (final JsonValue point : fields.list("points")) {
            points.add(point(fields, "points[" + points.size() + "]", point));
        }
        return new AutomationLane(parameter, base, loop, on, points, fields.rest());
    }

    private static AutomationBase base(final FieldReader fields) throws JsonException {
        final String found = fields.text("base");
        for (final AutomationBase base : AutomationBase.values()) {
            if (word(base).equals(found)) {
                return base;
            }
        }
        throw fields.error(
                "base", "Expected \"quarters\" or \"seconds\", but found \"" + found + "\".");
    }

    private static AutomationPoint point(
            final FieldReader fields, final String name, final JsonValue value)
            throws JsonException {
        final List<JsonValue> parts =
                value instanceof JsonValue.Array ? ((JsonValue.Array) value).elements() : List.of();
        final AutomationShape shape =
                parts.size() < 3 ? AutomationShape.LINEAR : shape(parts.get(2));
        final int expected = shape == AutomationShape.CURVE ? 4 : parts.size() < 3 ? 2 : 3;
        if (parts.size() != expected
                || shape == null
                || !(parts.get(0) instanceof JsonValue.Number)
                || !(parts.get(1) instanceof JsonValue.Number)
                || expected == 4 && !(parts.get(3) instanceof JsonValue.Number)) {
            throw fields.error(
                    name,
                    value,
                    "Expected a list of time and value, and then nothing, \"hold\" or \"linear\","
                            + " or \"curve\" and its amount.");
        }
        try {
            return new AutomationPoint(
                    number(parts.get(0)),
                    number(parts.get(1)),
                    shape,
                    expected == 4 ? number(parts.get(3)) : 0);
        } catch (final IllegalArgumentException e) {
            throw fields.error(name, value, e.getMessage());
        }
    }

    private static double number(final JsonValue value) {
        return ((JsonValue.Number) value).value();
    }

    private static AutomationShape shape(final JsonValue value) {
        for (final AutomationShape shape : AutomationShape.values()) {
            if (value instanceof JsonValue.Text
                    && word(shape).equals(((JsonValue.Text) value).text())) {
                return shape;
            }
        }
        return null;
    }
}

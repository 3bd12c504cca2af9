// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.midi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.patchbay.layout.MidiMode;
import dev.patchbay.layout.MidiSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A map as JSON. Written canonically, in UTF-8 on one line with the members in a fixed order, so that equal maps are equal bytes:
 *
 * <pre>{"format":"patchbay-midi-map","version":1,"mappings":[{"source":"controller","channel":1,"number":74,"parameter":201,
 * "minimum":0.0,"maximum":1.0,"exponent":1.0,"mode":"pick-up","step":0.0078125}]}</pre>
 *
 * <p>A channel is 1 to 16 or {@code "any"}; so is a key that is any. Sources and modes are the names of {@link MidiSource} and {@link
 * MidiMode} in small letters with hyphens.
 */
public final class MidiMapJson {
    /** The most bytes that are read. */
    public static final int MAX_BYTES = 1 << 17;

    private static final String FORMAT = "patchbay-midi-map";
    private static final int VERSION = 1;
    private static final String ANY = "any";
    private static final List<String> FIELDS =
            List.of(
                    "source",
                    "channel",
                    "number",
                    "parameter",
                    "minimum",
                    "maximum",
                    "exponent",
                    "mode",
                    "step");
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    // The shortest digits on every JVM.
                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(8)
                                    .maxNumberLength(40)
                                    .maxStringLength(100)
                                    .maxNameLength(100)
                                    .build())
                    .build();

    private MidiMapJson() {}

    /**
     * {@return the map as JSON}
     *
     * @param map any
     */
    public static byte[] write(final MidiMap map) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("format", FORMAT);
            json.writeNumberField("version", VERSION);
            json.writeArrayFieldStart("mappings");
            for (final MidiMapping mapping : map.mappings()) {
                json.writeStartObject();
                json.writeStringField("source", word(mapping.source()));
                writeNumber(json, "channel", mapping.channel(), 1);
                writeNumber(json, "number", mapping.number(), 0);
                json.writeNumberField("parameter", mapping.parameter());
                json.writeNumberField("minimum", mapping.minimum() + 0.0);
                json.writeNumberField("maximum", mapping.maximum() + 0.0);
                json.writeNumberField("exponent", mapping.exponent());
                json.writeStringField("mode", word(mapping.mode()));
                json.writeNumberField("step", mapping.step());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (final IOException e) {
            throw new UncheckedIOException("Bytes in memory cannot fail to be written.", e);
        }
        return bytes.toByteArray();
    }

    private static void writeNumber(
            final JsonGenerator json, final String field, final int value, final int shift)
            throws IOException {
        if (value == MidiSource.ANY) {
            json.writeStringField(field, ANY);
        } else {
            json.writeNumberField(field, value + shift);
        }
    }

    private static String word(final Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * {@return the map}
     *
     * @param json what {@link #write} gave, in any order of members and with any space
     * @throws IllegalArgumentException if it is anything else, with a sentence that names the mapping and the field
     */
    public static MidiMap read(final byte[] json) {
        if (json.length > MAX_BYTES) {
            throw refuse(
                    "it has " + json.length + " bytes, but at most " + MAX_BYTES + " are read");
        }
        try (JsonParser parser = FACTORY.createParser(json)) {
            expect(parser.nextToken() == JsonToken.START_OBJECT, "it is no object in braces");
            final MidiMap map = map(parser);
            expect(parser.nextToken() == null, "something follows its end");
            return map;
        } catch (final JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "The MIDI map cannot be read: it is no JSON: "
                            + e.getOriginalMessage().replaceAll("\\s+", " "),
                    e);
        } catch (final IOException e) {
            // Malformed UTF-8 is told so.
            throw new IllegalArgumentException(
                    "The MIDI map cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static MidiMap map(final JsonParser parser) throws IOException {
        String format = null;
        int version = 0;
        List<MidiMapping> mappings = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            final String field = parser.currentName();
            final JsonToken token = parser.nextToken();
            switch (field) {
                case "format" -> format = parser.getText();
                case "version" -> {
                    expect(token == JsonToken.VALUE_NUMBER_INT, "its version is no whole number");
                    version = parser.getIntValue();
                    expect(
                            version == VERSION,
                            "it has version "
                                    + version
                                    + ", but this build reads version "
                                    + VERSION);
                }
                case "mappings" -> {
                    expect(token == JsonToken.START_ARRAY, "its mappings are no list");
                    mappings = mappings(parser);
                }
                default -> throw refuse("it has a field \"" + field + "\", which is unknown");
            }
        }
        expect(FORMAT.equals(format), "its format is not \"" + FORMAT + "\"");
        expect(version == VERSION, "it has no version");
        expect(mappings != null, "it has no mappings");
        return new MidiMap(mappings);
    }

    private static List<MidiMapping> mappings(final JsonParser parser) throws IOException {
        final List<MidiMapping> mappings = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            final String who = "mapping " + (mappings.size() + 1);
            expect(parser.currentToken() == JsonToken.START_OBJECT, who + " is no object");
            final Map<String, Object> fields = new HashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                final String field = parser.currentName();
                expect(FIELDS.contains(field), who + " has an unknown field \"" + field + "\"");
                fields.put(field, value(parser, who + ", field \"" + field + "\""));
            }
            mappings.add(mapping(fields, who));
        }
        return mappings;
    }

    private static Object value(final JsonParser parser, final String where) throws IOException {
        return switch (parser.nextToken()) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            default -> throw refuse(where + " is neither a text nor a number");
        };
    }

    private static MidiMapping mapping(final Map<String, Object> fields, final String who) {
        try {
            return new MidiMapping(
                    constant(MidiSource.values(), fields, "source"),
                    whole(fields, "channel", 1),
                    whole(fields, "number", 0),
                    whole(fields, "parameter", 0),
                    number(fields, "minimum"),
                    number(fields, "maximum"),
                    number(fields, "exponent"),
                    constant(MidiMode.values(), fields, "mode"),
                    number(fields, "step"));
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The MIDI map cannot be read: " + who + ": " + e.getMessage(), e);
        }
    }

    private static <T extends Enum<T>> T constant(
            final T[] all, final Map<String, Object> fields, final String field) {
        final Object found = fields.get(field);
        for (final T one : all) {
            if (word(one).equals(found)) {
                return one;
            }
        }
        throw new IllegalArgumentException(
                "The field \"" + field + "\" is " + found + ", expected " + words(all) + ".");
    }

    private static String words(final Enum<?>[] all) {
        final List<String> words = new ArrayList<>();
        for (final Enum<?> one : all) {
            words.add(word(one));
        }
        return "one of " + String.join(", ", words);
    }

    private static int whole(
            final Map<String, Object> fields, final String field, final int shift) {
        if (ANY.equals(fields.get(field)) && !field.equals("parameter")) {
            return MidiSource.ANY;
        }
        final double value = number(fields, field);
        if (value != Math.rint(value) || value < shift || value > 1 << 30) {
            throw new IllegalArgumentException(
                    "The field \""
                            + field
                            + "\" is "
                            + value
                            + ", expected a whole number from "
                            + shift
                            + ".");
        }
        return (int) value - shift;
    }

    private static double number(final Map<String, Object> fields, final String field) {
        if (fields.get(field) instanceof Double) {
            return (Double) fields.get(field) + 0.0;
        }
        throw new IllegalArgumentException(
                "The field \"" + field + "\" is " + fields.get(field) + ", expected a number.");
    }

    private static void expect(final boolean holds, final String fault) {
        if (!holds) {
            throw refuse(fault);
        }
    }

    private static IllegalArgumentException refuse(final String fault) {
        return new IllegalArgumentException("The MIDI map cannot be read: " + fault + ".");
    }
}

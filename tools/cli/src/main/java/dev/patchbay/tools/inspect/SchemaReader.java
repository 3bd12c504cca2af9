// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.layout.Field;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.RegionOutline.Shape;
import dev.patchbay.layout.StructType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the schema that a region ends with: the structs, the counters' names and the comments of a declaration that this program
 * does not have. Each part is believed only as far as it makes sense; what does not is left out, and {@link #problem} says why.
 */
public final class SchemaReader {
    /** Far more than any declaration: what is longer is not read. */
    private static final int MOST_CHARACTERS = 8 << 20;

    private static final int MOST_BYTES = 1 << 30;

    private final Map<String, StructType> structs = new LinkedHashMap<>();
    private final Map<String, Shape> shapes = new HashMap<>();
    private final Map<String, String> comments = new HashMap<>();
    private String problem = "";

    private SchemaReader() {}

    /** Reads a schema. It never fails: of a damaged one little or nothing is known. */
    public static SchemaReader of(final String json) {
        final SchemaReader reader = new SchemaReader();
        if (json.isEmpty()) {
            reader.problem = "The region has no schema, so fields and counters have no names.";
        } else if (json.length() > MOST_CHARACTERS) {
            reader.problem =
                    "The schema has "
                            + json.length()
                            + " characters, expected at most "
                            + MOST_CHARACTERS
                            + ".";
        } else {
            reader.parse(json);
        }
        return reader;
    }

    private void parse(final String json) {
        try {
            final JsonNode root = new ObjectMapper().readTree(json);
            root.path("structs").forEach(this::readStruct);
            root.path("sections").forEach(this::readSection);
        } catch (final JsonProcessingException e) {
            problem = "The schema is no JSON: " + e.getOriginalMessage() + ".";
        } catch (final IllegalArgumentException | ArithmeticException e) {
            problem = "The schema cannot be: " + e.getMessage();
        }
    }

    private void readStruct(final JsonNode node) {
        final String name = node.path("name").asText();
        final StructType.Builder builder = StructType.named(name, node.path("comment").asText());
        int end = 0;
        final Map<String, Integer> offsets = new LinkedHashMap<>();
        for (final JsonNode field : node.path("fields")) {
            final int offset = number(field, "offset");
            if (offset > end) {
                builder.align(offset);
            }
            readField(builder, field);
            offsets.put(field.path("name").asText(), offset);
            end = Math.addExact(offset, 1);
        }
        final int size = number(node, "size");
        final StructType struct = builder.align(Math.max(1, size)).build();
        for (final Field field : struct.fields()) {
            if (field.offset() != offsets.get(field.name()) || struct.size() != size) {
                throw new IllegalArgumentException(
                        "the field \""
                                + field.name()
                                + "\" of the struct \""
                                + name
                                + "\" does not lie where it is said to.");
            }
        }
        structs.put(name, struct);
    }

    private void readField(final StructType.Builder builder, final JsonNode field) {
        final String name = field.path("name").asText();
        final String comment = field.path("comment").asText();
        final int count = number(field, "count");
        if (field.has("struct")) {
            final StructType nested = structs.get(field.path("struct").asText());
            if (nested == null) {
                throw new IllegalArgumentException(
                        "the field \"" + name + "\" is a struct that was not described before.");
            }
            builder.structs(nested, name, count, comment);
        } else {
            builder.array(
                    FieldType.valueOf(field.path("type").asText().toUpperCase(Locale.ROOT)),
                    name,
                    count,
                    comment);
        }
    }

    private static int number(final JsonNode node, final String name) {
        final JsonNode value = node.path(name);
        if (!value.canConvertToInt() || value.asInt() < 0 || value.asInt() > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "\""
                            + name
                            + "\" is "
                            + value
                            + ", expected a number up to "
                            + MOST_BYTES
                            + ".");
        }
        return value.asInt();
    }

    private void readSection(final JsonNode node) {
        final List<String> names = new ArrayList<>();
        node.path("names").forEach(name -> names.add(name.asText()));
        final String name = node.path("name").asText();
        shapes.put(
                name,
                new Shape(
                        structs.get(node.path("head").asText()),
                        structs.get(node.path("element").asText()),
                        names));
        comments.put(name, node.path("comment").asText());
    }

    /** The structs of each section, by the section's name. */
    public Map<String, Shape> shapes() {
        return Map.copyOf(shapes);
    }

    /** The struct of a section's elements, or null where it is not known or the elements are scalars. */
    public StructType element(final String section) {
        final Shape shape = shapes.get(section);
        return shape == null ? null : shape.element();
    }

    /** The name of a counter, or its number where it is not known. */
    public String counter(final String section, final int index) {
        final Shape shape = shapes.get(section);
        return shape == null || index >= shape.names().size()
                ? "#" + index
                : shape.names().get(index);
    }

    /** What a section is for, or the empty text. */
    public String comment(final String section) {
        return comments.getOrDefault(section, "");
    }

    /** Why not all of the schema could be read, as a sentence; empty where it could. */
    public String problem() {
        return problem;
    }
}

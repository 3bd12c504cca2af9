// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.patchbay.control.json.JsonValue.Members;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one object of JSON from bytes that anybody may have written. */
public final class JsonReader {
    /** How deep lists and objects may be in one another. */
    public static final int DEEPEST = 32;

    /** The most characters of a number. */
    public static final int LONGEST_NUMBER = 100;

    /** The most characters of a member's name. */
    public static final int LONGEST_NAME = 1_000;

    /** The most names, values, braces and brackets: what a value costs in memory is many times what it costs in a file. */
    private static final int MOST_TOKENS = 150_000;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEEPEST)
                                    .maxNumberLength(LONGEST_NUMBER)
                                    .maxNameLength(LONGEST_NAME)
                                    .maxTokenCount(MOST_TOKENS)
                                    .build())
                    .build();

    private final String source;
    private final JsonParser parser;

    private JsonReader(final String source, final JsonParser parser) {
        this.source = source;
        this.parser = parser;
    }

    /**
     * Reads strict JSON: UTF-8, no name twice in an object, no NaN, no comment, no half of a surrogate pair. A byte order mark at the
     * start is passed over.
     *
     * @param bytes what was read; the caller has limited their number
     * @param source the file's name, for messages
     */
    public static Members read(final byte[] bytes, final String source) throws JsonException {
        final String text = decode(bytes, source);
        try (JsonParser parser =
                FACTORY.createParser(text.startsWith("\uFEFF") ? text.substring(1) : text)) {
            return new JsonReader(source, parser).document();
        } catch (final JsonProcessingException e) {
            final int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new JsonException(
                    source, line, "", "This is not JSON: " + sentence(e.getOriginalMessage()));
        } catch (final IOException e) {
            throw new UncheckedIOException("A text in memory cannot fail to be read.", e);
        }
    }

    private static String sentence(final String message) {
        final String line =
                message.replaceAll("\\(start marker at \\[[^]]*]\\)", "")
                        .replaceAll("\\s+", " ")
                        .strip();
        final String brief = line.length() <= 300 ? line : line.substring(0, 300) + "…";
        return brief.endsWith(".") ? brief : brief + ".";
    }

    private static String decode(final byte[] bytes, final String source) throws JsonException {
        final CharBuffer text = CharBuffer.allocate(bytes.length);
        final ByteBuffer from = ByteBuffer.wrap(bytes);
        final CoderResult result = UTF_8.newDecoder().decode(from, text, true);
        text.flip();
        if (result.isError()) {
            final int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
            throw new JsonException(source, line, "", "The text must be UTF-8, but it is not.");
        }
        return text.toString();
    }

    private Members document() throws IOException, JsonException {
        final JsonToken first = parser.nextToken();
        if (first == null) {
            throw new JsonException(source, 0, "", "The file is empty, expected JSON.");
        }
        final JsonValue value = value("");
        if (!(value instanceof Members)) {
            throw new JsonException(
                    source, 1, "", "Expected an object in braces, but found " + value.kind() + ".");
        }
        if (parser.nextToken() != null) {
            throw new JsonException(
                    source, line(), "", "Something follows the end of the object in braces.");
        }
        return (Members) value;
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    /** Reads the value at whose first token the parser stands. No deeper than the parser allows. */
    private JsonValue value(final String path) throws IOException, JsonException {
        final int line = line();
        return switch (parser.currentToken()) {
            case START_OBJECT -> members(path, line);
            case START_ARRAY -> array(path, line);
            case VALUE_STRING -> new JsonValue.Text(checked(parser.getText(), path), line);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                    new JsonValue.Number(parser.getText(), line);
            default -> new JsonValue.Word(parser.getText(), line);
        };
    }

    private Members members(final String path, final int line) throws IOException, JsonException {
        final Map<String, JsonValue> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            final String name = checked(parser.currentName(), path);
            parser.nextToken();
            members.put(name, value(path.isEmpty() ? name : path + "." + name));
        }
        return new Members(members, line);
    }

    private JsonValue array(final String path, final int line) throws IOException, JsonException {
        final List<JsonValue> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(path + "[" + elements.size() + "]"));
        }
        return new JsonValue.Array(List.copyOf(elements), line);
    }

    /** Half of a surrogate pair can be written in JSON, but not in UTF-8. */
    private String checked(final String text, final String path) throws JsonException {
        if (text.codePoints()
                .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw new JsonException(
                    source,
                    line(),
                    path,
                    "A text holds half of a surrogate pair, which is no character.");
        }
        return text;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.tools.project.BuildFile.Located;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A text, as a value that knows where it stands.
 *
 * @param expected what it is, such as "the full name of a class"
 * @param pattern what it must match, in the part of the language that Java and JSON schemas share
 * @param mostBytes the most bytes of UTF-8
 * @param mayBeEmpty whether no text is allowed, too
 * @param numbersToo whether it may be without quotes where YAML takes it for a number, such as a version 1.0
 * @param check what else is to be checked, which a schema cannot say
 */
record TextShape(
        String expected,
        Pattern pattern,
        int mostBytes,
        boolean mayBeEmpty,
        boolean numbersToo,
        Consumer<Located> check)
        implements Shape<Located> {
    private static final Pattern ANY = Pattern.compile("(.|\\s)*");

    /** Any text but none. */
    static TextShape of(final String expected) {
        return new TextShape(expected, ANY, Integer.MAX_VALUE, false, false, text -> {});
    }

    TextShape withExpected(final String other) {
        return new TextShape(other, pattern, mostBytes, mayBeEmpty, numbersToo, check);
    }

    TextShape matching(final String form) {
        return new TextShape(
                expected, Pattern.compile(form), mostBytes, mayBeEmpty, numbersToo, check);
    }

    TextShape ofAtMost(final int bytes) {
        return new TextShape(expected, pattern, bytes, mayBeEmpty, numbersToo, check);
    }

    TextShape orEmpty() {
        return new TextShape(expected, pattern, mostBytes, true, numbersToo, check);
    }

    TextShape orNumber() {
        return new TextShape(expected, pattern, mostBytes, mayBeEmpty, true, check);
    }

    TextShape checkedBy(final Consumer<Located> further) {
        return new TextShape(expected, pattern, mostBytes, mayBeEmpty, numbersToo, further);
    }

    @Override
    public Located read(final Place at, final Node node, final Problems problems) {
        final String text =
                numbersToo && node instanceof ScalarNode && !node.getTag().equals(Tag.NULL)
                        ? ((ScalarNode) node).getValue()
                        : Nodes.scalar(at, node, Tag.STR, expected);
        final Located found = new Located(text, at);
        if (text.isBlank()) {
            if (mayBeEmpty) {
                return found;
            }
            throw at.error("is empty, expected " + expected);
        }
        final int bytes = text.getBytes(UTF_8).length;
        if (bytes > mostBytes) {
            throw at.error("has " + bytes + " bytes of UTF-8, allowed are " + mostBytes);
        }
        if (!pattern.matcher(text).matches()) {
            throw at.error("is \"" + text + "\", expected " + expected);
        }
        check.accept(found);
        return found;
    }

    @Override
    public Map<String, Object> schema() {
        final Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", numbersToo ? List.of("string", "number") : "string");
        if (!mayBeEmpty) {
            schema.put("minLength", 1);
        }
        if (mostBytes < Integer.MAX_VALUE) {
            // A character has at least a byte: the reader is the stricter one.
            schema.put("maxLength", mostBytes);
        }
        if (pattern != ANY) {
            schema.put("pattern", "^(" + (mayBeEmpty ? "|" : "") + pattern.pattern() + ")$");
        }
        return schema;
    }

    @Override
    public Object plain(final Located value) {
        return value.text();
    }
}

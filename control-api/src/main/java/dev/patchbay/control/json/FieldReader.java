// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.json;

import dev.patchbay.control.json.JsonValue.Members;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Takes the fields of an object one by one and remembers which, so that the rest can be kept. Not thread-safe. */
public final class FieldReader {
    private final String source;
    private final String path;
    private final Members object;
    private final Set<String> taken = new HashSet<>();

    private FieldReader(final String source, final String path, final Members object) {
        this.source = source;
        this.path = path;
        this.object = object;
    }

    /** Starts with the outermost object. */
    public static FieldReader of(final String source, final Members object) {
        return new FieldReader(source, "", object);
    }

    /** {@return whether the object has this field} */
    public boolean has(final String name) {
        return object.members().containsKey(name);
    }

    /** Takes a field whatever it holds, and drops it. */
    public void drop(final String name) {
        taken.add(name);
    }

    /** Takes a text, or the other one where there is none, and has it checked. */
    public String text(
            final String name, final String otherwise, final Function<String, String> check)
            throws JsonException {
        final JsonValue value = take(name);
        if (value == null && otherwise != null) {
            return otherwise;
        }
        if (!(value instanceof JsonValue.Text)) {
            throw wrong(name, value, "a text");
        }
        return checked(name, value, () -> check.apply(((JsonValue.Text) value).text()));
    }

    /** Takes a text that must be there. */
    public String text(final String name) throws JsonException {
        return text(name, null, text -> text);
    }

    /** Takes a list of texts, empty where there is none, and has it checked. */
    public List<String> texts(final String name, final Function<List<String>, List<String>> check)
            throws JsonException {
        final JsonValue value = take(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof JsonValue.Array)) {
            throw wrong(name, value, "a list of texts");
        }
        final List<String> texts = new ArrayList<>();
        for (final JsonValue element : ((JsonValue.Array) value).elements()) {
            if (!(element instanceof JsonValue.Text)) {
                throw wrong(name + "[" + texts.size() + "]", element, "a text");
            }
            texts.add(((JsonValue.Text) element).text());
        }
        return checked(name, value, () -> check.apply(texts));
    }

    /** Takes a number that must be there, within limits. */
    public int integer(final String name, final int least) throws JsonException {
        final JsonValue value = take(name);
        if (value instanceof JsonValue.Number) {
            final double number = ((JsonValue.Number) value).value();
            if (number == Math.rint(number) && number >= least && number <= Integer.MAX_VALUE) {
                return (int) number;
            }
        }
        throw wrong(name, value, "a whole number from " + least);
    }

    /** Takes a finite number that must be there. */
    public double number(final String name) throws JsonException {
        final JsonValue value = take(name);
        if (value instanceof JsonValue.Number
                && Double.isFinite(((JsonValue.Number) value).value())) {
            return ((JsonValue.Number) value).value();
        }
        throw wrong(name, value, "a number");
    }

    /** Takes an object, or none. */
    public FieldReader object(final String name) throws JsonException {
        final JsonValue value = take(name);
        if (!(value instanceof Members)) {
            throw wrong(name, value, "an object in braces");
        }
        return new FieldReader(source, path(name), (Members) value);
    }

    /** {@return all members, taken} */
    public Map<String, JsonValue> all() {
        taken.addAll(object.members().keySet());
        return object.members();
    }

    /** {@return what was not taken, sorted, to be written back} */
    public Members rest() {
        final Members rest = new Members(new LinkedHashMap<>(object.members()), 0);
        rest.members().keySet().removeAll(taken);
        return (Members) rest.sorted();
    }

    /** {@return an error at a field} */
    public JsonException error(final String name, final String sentence) {
        final JsonValue value = object.members().get(name);
        return new JsonException(
                source, value != null ? value.line() : object.line(), path(name), sentence);
    }

    private JsonValue take(final String name) {
        taken.add(name);
        return object.members().get(name);
    }

    private String path(final String name) {
        return path.isEmpty() || name.isEmpty() ? path + name : path + "." + name;
    }

    private <T> T checked(
            final String name, final JsonValue value, final java.util.function.Supplier<T> check)
            throws JsonException {
        try {
            return check.get();
        } catch (final IllegalArgumentException e) {
            throw new JsonException(source, value.line(), path(name), e.getMessage());
        }
    }

    private JsonException wrong(final String name, final JsonValue found, final String expected) {
        return new JsonException(
                source,
                found != null ? found.line() : object.line(),
                path(name),
                found == null
                        ? "The field is missing, expected " + expected + "."
                        : "Expected " + expected + ", but found " + found.kind() + ".");
    }
}

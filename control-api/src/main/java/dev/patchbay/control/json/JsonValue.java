// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.json;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A value of JSON, with the line it was read from; 0 for one that was not read. */
public sealed interface JsonValue {
    /** {@return the line, from 1; 0 where there is none} */
    int line();

    /** {@return what it is, for an error message} */
    String kind();

    /** A string. */
    record Text(String text, int line) implements JsonValue {
        /** Makes one that was not read. */
        public static Text of(final String text) {
            return new Text(text, 0);
        }

        @Override
        public String kind() {
            return "the text \""
                    + (text.length() <= 40 ? text : text.substring(0, 40) + "…")
                    + "\"";
        }
    }

    /** A number as it was written: one that is only passed on keeps its digits. */
    record Number(String literal, int line) implements JsonValue {
        /** The shortest decimal that gives the same double, on every JVM; zero has no sign. */
        public static Number of(final double value) {
            return new Number(NumberOutput.toString(value == 0 ? 0 : value, true), 0);
        }

        /** Makes an integer. */
        public static Number of(final int value) {
            return new Number(Integer.toString(value), 0);
        }

        /** {@return the nearest double; infinite where it is too large} */
        public double value() {
            return Double.parseDouble(literal);
        }

        @Override
        public String kind() {
            return "the number " + literal;
        }
    }

    /** True, false or null. */
    record Word(String word, int line) implements JsonValue {
        @Override
        public String kind() {
            return word;
        }
    }

    /** A list. */
    record Array(List<JsonValue> elements, int line) implements JsonValue {
        /** Makes one that was not read. */
        public static Array of(final List<? extends JsonValue> elements) {
            return new Array(List.copyOf(elements), 0);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Members by their names, in their order. */
    record Members(Map<String, JsonValue> members, int line) implements JsonValue {
        /** Makes an empty one that was not read, to be filled. */
        public static Members empty() {
            return new Members(new LinkedHashMap<>(), 0);
        }

        /** Adds a member at the end. */
        public Members with(final String name, final JsonValue value) {
            members.put(name, value);
            return this;
        }

        /** Adds all members of another. */
        public Members with(final Members others) {
            members.putAll(others.members);
            return this;
        }

        @Override
        public String kind() {
            return "an object";
        }
    }

    /** {@return the same value with the members of each object in the order of their names} */
    default JsonValue sorted() {
        if (this instanceof Members) {
            final Members all = Members.empty();
            new TreeMap<>(((Members) this).members())
                    .forEach((name, value) -> all.with(name, value.sorted()));
            return all;
        }
        if (this instanceof Array) {
            return Array.of(((Array) this).elements().stream().map(JsonValue::sorted).toList());
        }
        return this;
    }
}

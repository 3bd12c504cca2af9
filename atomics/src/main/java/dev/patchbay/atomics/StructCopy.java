// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.patchbay.layout.Field;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.StructType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A struct in this process's own memory, its fields found by name: a writer fills it and publishes it with
 * {@link Snapshot#write(StructCopy)}, a reader has it filled by {@link Snapshot#read(StructCopy, int)}. Nobody else sees it,
 * so its fields have no memory order, and what they hold is one whole publication.
 *
 * <p>A field is looked up once and kept; its gets and sets then cost an index into an array and allocate nothing, texts
 * excepted. For one thread at a time.
 */
public final class StructCopy {
    private final StructType type;
    private final long[] words;

    /**
     * A copy of this struct, all bytes 0.
     *
     * @param type the struct, usually that of a section's elements
     */
    public StructCopy(final StructType type) {
        this.type = type;
        this.words = new long[(type.size() + Long.BYTES - 1) / Long.BYTES];
    }

    /** {@return the struct that this is a copy of} */
    public StructType type() {
        return type;
    }

    /**
     * {@return the bytes as little-endian words: the array itself, not a copy of it} The last word is padded with zeros where
     * the struct's size is no multiple of 8.
     */
    public long[] words() {
        return words;
    }

    /** Sets all bytes to 0. */
    public void clear() {
        Arrays.fill(words, 0);
    }

    /** {@return the bytes, {@link StructType#size} of them, in a new little-endian buffer} */
    public ByteBuffer bytes() {
        final ByteBuffer bytes =
                ByteBuffer.allocate(words.length * Long.BYTES).order(LITTLE_ENDIAN);
        bytes.asLongBuffer().put(words);
        return bytes.limit(type.size());
    }

    /**
     * {@return an integer field, or a fixed array of them}
     *
     * @param path the field's name; one within a nested struct after a dot, and an element of an array by its index from 0:
     *     {@code "head.counts"}, {@code "voices[2].note"}
     * @throws IllegalArgumentException if there is no such field, or it holds no integers
     */
    public IntegerField integer(final String path) {
        final Place place = find(path);
        if (place.type() == FieldType.UTF8
                || place.type() == FieldType.FLOAT32
                || place.type() == FieldType.FLOAT64) {
            throw mismatch(path, place, "an integer");
        }
        return new IntegerField(words, place);
    }

    /**
     * {@return a field of 32-bit or 64-bit floating point numbers, or a fixed array of them}
     *
     * @param path as for {@link #integer}
     * @throws IllegalArgumentException if there is no such field, or it holds no floating point numbers
     */
    public FloatField floating(final String path) {
        final Place place = find(path);
        if (place.type() != FieldType.FLOAT32 && place.type() != FieldType.FLOAT64) {
            throw mismatch(path, place, "a floating point number");
        }
        return new FloatField(words, place);
    }

    /**
     * {@return a field of text}
     *
     * @param path as for {@link #integer}
     * @throws IllegalArgumentException if there is no such field, or it holds no text
     */
    public TextField text(final String path) {
        final Place place = find(path);
        if (place.type() != FieldType.UTF8) {
            throw mismatch(path, place, "a text");
        }
        return new TextField(words, place);
    }

    private IllegalArgumentException mismatch(
            final String path, final Place place, final String wanted) {
        return new IllegalArgumentException(
                "The field \""
                        + path
                        + "\" of the struct \""
                        + type.name()
                        + "\" is not "
                        + wanted
                        + ": it is "
                        + place.type()
                        + ".");
    }

    private Place find(final String path) {
        StructType struct = type;
        int offset = 0;
        final String[] steps = Objects.requireNonNull(path, "path").split("\\.", -1);
        for (int i = 0; i < steps.length; i++) {
            final Step step = Step.of(path, steps[i]);
            final Field field = struct.field(step.name());
            final int count = step.isIndexed() ? 1 : field.count();
            if (step.index() >= field.count()) {
                throw new IllegalArgumentException(
                        "The path \""
                                + path
                                + "\" asks for element "
                                + step.index()
                                + ", but \""
                                + field.name()
                                + "\" has "
                                + field.count()
                                + ".");
            }
            offset += field.offset() + step.index() * field.elementSize();
            final boolean last = i == steps.length - 1;
            if (field.struct() == null && last && !(field.isText() && step.isIndexed())) {
                return new Place(path, field.type(), offset, count);
            }
            if (field.struct() == null || last || count != 1) {
                throw new IllegalArgumentException(
                        "The path \""
                                + path
                                + "\" does not lead to a field: \""
                                + steps[i]
                                + "\" is "
                                + describe(field, count)
                                + ".");
            }
            struct = field.struct();
        }
        throw new AssertionError("A path has at least one step.");
    }

    private static String describe(final Field field, final int count) {
        if (field.struct() == null) {
            return field.isText() ? "a text, which has no elements" : "no struct";
        }
        return count == 1
                ? "a struct; name one of its fields after a dot"
                : "an array of structs; name one of them by an index in brackets";
    }

    /**
     * Where a field lies in the copy.
     *
     * @param path how it was asked for
     * @param offset bytes from the start
     * @param count elements
     */
    record Place(String path, FieldType type, int offset, int count) {
        /** The byte offset of an element. */
        int at(final int index) {
            return offset + Objects.checkIndex(index, count) * type.size();
        }
    }

    /** A name between dots, with its index or -1. */
    private record Step(String name, int given) {
        private static final Pattern FORM =
                Pattern.compile("([a-z][a-z0-9_]*)(?:\\[([0-9]{1,9})\\])?");

        static Step of(final String path, final String text) {
            final Matcher m = FORM.matcher(text);
            if (!m.matches()) {
                throw new IllegalArgumentException(
                        "The path \""
                                + path
                                + "\" has the step \""
                                + text
                                + "\", but a step is a field's name and, for an element of an"
                                + " array, an index in brackets.");
            }
            return new Step(m.group(1), m.group(2) == null ? -1 : Integer.parseInt(m.group(2)));
        }

        boolean isIndexed() {
            return given >= 0;
        }

        int index() {
            return Math.max(given, 0);
        }
    }
}

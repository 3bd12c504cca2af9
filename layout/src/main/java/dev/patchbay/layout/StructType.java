// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A struct at explicit offsets: scalars, texts, nested structs and fixed arrays of them. Immutable; built by {@link #named}. */
public final class StructType {
    private final String name;
    private final String comment;
    private final List<Field> fields;
    private final int size;

    private StructType(
            final String name, final String comment, final List<Field> fields, final int size) {
        this.name = name;
        this.comment = comment;
        this.fields = List.copyOf(fields);
        this.size = size;
    }

    /**
     * Starts a struct.
     *
     * @param name a C identifier
     * @param comment one sentence for the header
     * @return a builder that has no fields yet
     * @throws IllegalArgumentException if the name cannot be a struct's in C, C++ and Java
     */
    public static Builder named(final String name, final String comment) {
        return new Builder(Names.check("struct", name), comment);
    }

    /** {@return the name, without the header's prefix} */
    public String name() {
        return name;
    }

    /** {@return what the struct is, in one sentence} */
    public String comment() {
        return comment;
    }

    /** {@return the fields by rising offset} */
    public List<Field> fields() {
        return fields;
    }

    /** {@return the size in bytes, a multiple of {@link #alignment()}} */
    public int size() {
        return size;
    }

    /** {@return the alignment in bytes: that of the widest scalar within} */
    public int alignment() {
        return fields.stream().mapToInt(Field::alignment).max().orElse(1);
    }

    /**
     * {@return the field of this name}
     *
     * @param fieldName the field's name, without a path into nested structs
     * @throws IllegalArgumentException if there is none
     */
    public Field field(final String fieldName) {
        for (final Field field : fields) {
            if (field.name().equals(fieldName)) {
                return field;
            }
        }
        throw new IllegalArgumentException(
                "The struct \"" + name + "\" has no field \"" + fieldName + "\".");
    }

    /**
     * {@return the bytes from the start of the struct to the field of this name}
     *
     * @param fieldName the field's name, without a path into nested structs
     * @throws IllegalArgumentException if there is none
     */
    public int offset(final String fieldName) {
        return field(fieldName).offset();
    }

    /**
     * {@return the text that identifies the bytes: the name, each field's name, type, count and offset, and the size; not the
     * comments} Two structs are the same for every purpose but documentation where their signatures are equal.
     */
    public String signature() {
        final StringBuilder text = new StringBuilder(name).append('{');
        for (final Field f : fields) {
            text.append(f.signature()).append(';');
        }
        return text.append('}').append(size).toString();
    }

    /** Adds fields in order, each at the next offset that suits its type. */
    public static final class Builder {
        private final String name;
        private final String comment;
        private final List<Field> fields = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private int end;

        private Builder(final String name, final String comment) {
            this.name = name;
            this.comment = comment;
        }

        /**
         * Adds a scalar.
         *
         * @param type its type, which gives size and alignment
         * @param fieldName a lower-case C identifier, unique within the struct
         * @param fieldComment what it holds, who writes it; goes into the header
         * @return this builder
         * @throws IllegalArgumentException if the name is taken, or cannot be a field's in C, C++ and Java
         */
        public Builder field(
                final FieldType type, final String fieldName, final String fieldComment) {
            return array(type, fieldName, 1, fieldComment);
        }

        /**
         * Adds a fixed array of scalars.
         *
         * @param type the type of an element
         * @param fieldName a lower-case C identifier, unique within the struct
         * @param count how many elements, at least 1
         * @param fieldComment what it holds, who writes it; goes into the header
         * @return this builder
         * @throws IllegalArgumentException if the name is taken, or cannot be a field's in C, C++ and Java, or there is less
         *     than one element
         */
        public Builder array(
                final FieldType type,
                final String fieldName,
                final int count,
                final String fieldComment) {
            return add(fieldName, type, null, count, fieldComment);
        }

        /**
         * Adds a text.
         *
         * @param fieldName a lower-case C identifier, unique within the struct
         * @param bytes the room in bytes: for the UTF-8 and the 0 byte after it
         * @param fieldComment what it holds, who writes it; goes into the header
         * @return this builder
         * @throws IllegalArgumentException if the name is taken, or cannot be a field's in C, C++ and Java, or there is less
         *     than one element
         */
        public Builder text(final String fieldName, final int bytes, final String fieldComment) {
            return add(fieldName, FieldType.UTF8, null, bytes, fieldComment);
        }

        /**
         * Adds a nested struct.
         *
         * @param struct its type, which gives size and alignment
         * @param fieldName a lower-case C identifier, unique within the struct
         * @param fieldComment what it holds, who writes it; goes into the header
         * @return this builder
         * @throws IllegalArgumentException if the name is taken, or cannot be a field's in C, C++ and Java
         */
        public Builder struct(
                final StructType struct, final String fieldName, final String fieldComment) {
            return structs(struct, fieldName, 1, fieldComment);
        }

        /**
         * Adds a fixed array of nested structs.
         *
         * @param struct the type of an element
         * @param fieldName a lower-case C identifier, unique within the struct
         * @param count how many elements, at least 1
         * @param fieldComment what it holds, who writes it; goes into the header
         * @return this builder
         * @throws IllegalArgumentException if the name is taken, or cannot be a field's in C, C++ and Java, or there is less
         *     than one element
         */
        public Builder structs(
                final StructType struct,
                final String fieldName,
                final int count,
                final String fieldComment) {
            return add(fieldName, null, struct, count, fieldComment);
        }

        private Builder add(
                final String fieldName,
                final FieldType type,
                final StructType struct,
                final int count,
                final String fieldComment) {
            Names.field(fieldName);
            if (!names.add(fieldName)) {
                throw new IllegalArgumentException(
                        "The struct \"" + name + "\" has two fields named \"" + fieldName + "\".");
            }
            if (count < 1) {
                throw new IllegalArgumentException(
                        "The field \""
                                + fieldName
                                + "\" needs at least one element, but has "
                                + count
                                + ".");
            }
            final Field first = new Field(fieldName, type, struct, count, 0, fieldComment);
            final int offset = Layouts.align(end, first.alignment());
            fields.add(new Field(fieldName, type, struct, count, offset, fieldComment));
            end = Math.addExact(offset, Math.multiplyExact(first.elementSize(), count));
            return this;
        }

        /**
         * Moves the next field to a multiple of this many bytes: fields of different writers keep apart.
         *
         * @param bytes what the offset of the next field becomes a multiple of, such as 128 for two cache lines
         * @return this builder
         */
        public Builder align(final int bytes) {
            end = Layouts.align(end, bytes);
            return this;
        }

        /**
         * Moves the next field, or the end, to an offset that something else has laid down.
         *
         * @throws IllegalArgumentException if the fields so far reach further
         */
        Builder at(final int offset) {
            if (offset < end) {
                throw new IllegalArgumentException(
                        "The struct \""
                                + name
                                + "\" has fields up to byte "
                                + end
                                + ", so none can start at byte "
                                + offset
                                + ".");
            }
            end = offset;
            return this;
        }

        /**
         * Ends the struct; its size is rounded up to its alignment.
         *
         * @return the struct, immutable
         * @throws IllegalArgumentException if it has no fields
         */
        public StructType build() {
            if (fields.isEmpty()) {
                throw new IllegalArgumentException("The struct \"" + name + "\" has no fields.");
            }
            final int alignment = fields.stream().mapToInt(Field::alignment).max().orElse(1);
            return new StructType(name, comment, fields, Layouts.align(end, alignment));
        }
    }
}

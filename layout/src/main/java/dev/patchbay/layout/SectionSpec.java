// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a section needs to be placed. */
final class SectionSpec {
    final String name;
    final Set<Role> writers;

    /** Null for all roles that do not write. */
    private final Set<Role> readers;

    private final SectionKind kind;
    private final String comment;
    private StructType head;
    private StructType element;
    private FieldType scalar;
    private List<String> names = List.of();
    private String describedBy = "";
    private int count;
    private int stride;
    private int copies = 1;
    private long trailer;
    private AudioGeometry audio;

    SectionSpec(
            final String name,
            final SectionKind kind,
            final String comment,
            final Set<Role> writers,
            final Set<Role> readers) {
        this.name = name;
        this.kind = kind;
        this.comment = comment;
        this.writers = Set.copyOf(writers);
        this.readers = readers == null ? null : Set.copyOf(readers);
    }

    SectionSpec headed(final StructType struct) {
        head = struct;
        return this;
    }

    SectionSpec structs(final StructType struct, final int n) {
        element = struct;
        stride = struct.size();
        return counted(n);
    }

    SectionSpec scalars(final FieldType type, final int n) {
        scalar = type;
        stride = type.size();
        return counted(n);
    }

    private SectionSpec counted(final int n) {
        if (n < 1) {
            throw new IllegalArgumentException(
                    "The section \"" + name + "\" needs at least one element, but has " + n + ".");
        }
        count = n;
        return this;
    }

    SectionSpec strideOf(final int bytes) {
        stride = bytes;
        return this;
    }

    SectionSpec copied(final int n) {
        copies = n;
        return this;
    }

    SectionSpec named(final List<String> elementNames) {
        names = List.copyOf(elementNames);
        return this;
    }

    SectionSpec describedBy(final String section) {
        describedBy = section;
        return this;
    }

    /** Bytes that follow the elements of each copy. */
    SectionSpec trailed(final long bytes) {
        trailer = bytes;
        return this;
    }

    SectionSpec audio(final AudioGeometry geometry) {
        audio = geometry;
        stride = geometry.slotStride();
        return this;
    }

    /** The roles that the section names. */
    Set<Role> roles() {
        final Set<Role> all = new TreeSet<>(writers);
        if (readers != null) {
            all.addAll(readers);
        }
        return all;
    }

    /** The section at an offset of a region with these roles. */
    Section at(final long offset, final Set<Role> roles) {
        final int elementsOffset = head == null ? 0 : Layouts.align(head.size(), afterHead());
        final long needed =
                Layouts.align(Math.addExact((long) count * stride, trailer), Layouts.LINE_PAIR);
        if (needed > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "The section \""
                            + name
                            + "\" needs "
                            + needed
                            + " bytes, but at most 2 GiB can be mapped.");
        }
        final int copyStride = (int) needed;
        final long length =
                Layouts.align(elementsOffset + (long) copies * copyStride, Layouts.LINE_PAIR);
        return new Section(
                name,
                kind,
                sorted(writers),
                sorted(readers == null ? without(roles, writers) : readers),
                head,
                element,
                scalar,
                names,
                describedBy,
                offset,
                elementsOffset,
                stride,
                count,
                copies,
                copyStride,
                length,
                shape(),
                audio,
                comment);
    }

    private String shape() {
        return kind
                + "/"
                + (head == null ? "" : head.signature())
                + "/"
                + (element == null ? scalar : element.signature())
                + "/"
                + names;
    }

    private static Set<Role> without(final Set<Role> roles, final Set<Role> some) {
        final Set<Role> rest = new TreeSet<>(roles);
        rest.removeAll(some);
        return rest;
    }

    private static Set<Role> sorted(final Set<Role> roles) {
        return Collections.unmodifiableSet(new TreeSet<>(roles));
    }

    /** Elements that are read and written apart from the head get line pairs of their own. */
    private int afterHead() {
        return kind == SectionKind.SNAPSHOT ? Long.BYTES : Layouts.LINE_PAIR;
    }
}

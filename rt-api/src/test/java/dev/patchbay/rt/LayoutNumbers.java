// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.layout.Field;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionHeader;
import dev.patchbay.layout.Section;
import dev.patchbay.layout.StructType;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Every number of a declaration by name, asked of one source or another. */
final class LayoutNumbers {
    /**
     * Says how structs lie.
     *
     * @param <N> a number, or what gives one
     */
    interface Structs<N> {
        N size(StructType struct);

        N alignment(StructType struct);

        N offset(StructType struct, Field field);

        N size(StructType struct, Field field);
    }

    /**
     * Says how sections lie.
     *
     * @param <N> a number, or what gives one
     */
    interface Sections<N> {
        N length();

        N offset(Section section);

        N length(Section section);

        N elementsOffset(Section section);

        N stride(Section section);

        N count(Section section);
    }

    /** The declaration itself: what all others are compared with. */
    record Declared(RegionDeclaration declaration) implements Structs<Long>, Sections<Long> {
        @Override
        public Long size(final StructType struct) {
            return (long) struct.size();
        }

        @Override
        public Long alignment(final StructType struct) {
            return (long) struct.alignment();
        }

        @Override
        public Long offset(final StructType struct, final Field field) {
            return (long) field.offset();
        }

        @Override
        public Long size(final StructType struct, final Field field) {
            return (long) field.size();
        }

        @Override
        public Long length() {
            return declaration.length();
        }

        @Override
        public Long offset(final Section section) {
            return section.offset();
        }

        @Override
        public Long length(final Section section) {
            return section.length();
        }

        @Override
        public Long elementsOffset(final Section section) {
            return (long) section.elementsOffset();
        }

        @Override
        public Long stride(final Section section) {
            return (long) section.stride();
        }

        @Override
        public Long count(final Section section) {
            return (long) section.count();
        }
    }

    private LayoutNumbers() {}

    /** The numbers of the region's structs, and of those of header and directory. */
    static <N> Map<String, N> ofStructs(
            final RegionDeclaration declaration, final Structs<N> source) {
        final Set<StructType> structs = new LinkedHashSet<>(declaration.structs());
        structs.add(RegionHeader.ROLE_NAME);
        structs.add(RegionHeader.STRUCT);
        structs.add(RegionHeader.ENTRY);
        final Map<String, N> numbers = new LinkedHashMap<>();
        for (final StructType struct : structs) {
            final String name = "struct " + struct.name();
            numbers.put(name + " size", source.size(struct));
            numbers.put(name + " alignment", source.alignment(struct));
            for (final Field field : struct.fields()) {
                final String inner = name + "." + field.name();
                numbers.put(inner + " offset", source.offset(struct, field));
                numbers.put(inner + " size", source.size(struct, field));
            }
        }
        return numbers;
    }

    /** The numbers of the region and its sections. */
    static <N> Map<String, N> ofSections(
            final RegionDeclaration declaration, final Sections<N> source) {
        final Map<String, N> numbers = new LinkedHashMap<>();
        numbers.put("length", source.length());
        for (final Section section : declaration.sections()) {
            final String name = "section " + section.name();
            numbers.put(name + " offset", source.offset(section));
            numbers.put(name + " length", source.length(section));
            numbers.put(name + " elements offset", source.elementsOffset(section));
            numbers.put(name + " stride", source.stride(section));
            numbers.put(name + " count", source.count(section));
        }
        return numbers;
    }

    /** Both. */
    static <N, S extends Structs<N> & Sections<N>> Map<String, N> of(
            final RegionDeclaration declaration, final S source) {
        final Map<String, N> numbers = ofStructs(declaration, source);
        numbers.putAll(ofSections(declaration, source));
        return numbers;
    }
}

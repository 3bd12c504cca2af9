// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.MemoryLayout.PathElement.sequenceElement;

import dev.patchbay.layout.Field;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.Section;
import dev.patchbay.layout.StructType;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.SequenceLayout;
import java.lang.foreign.StructLayout;

/** What java.lang.foreign computes from the memory layouts, by path. */
record ForeignNumbers(StructLayout region)
        implements LayoutNumbers.Structs<Long>, LayoutNumbers.Sections<Long> {
    ForeignNumbers(final RegionDeclaration declaration) {
        this(MemoryLayouts.of(declaration));
    }

    private StructLayout layout(final Section section) {
        return (StructLayout) region.select(groupElement(section.name()));
    }

    /** The way to the elements; a selection goes by any copy, an offset by a certain one. */
    private static PathElement[] elements(final Section section, final PathElement copy) {
        final PathElement elements = groupElement(MemoryLayouts.ELEMENTS);
        return section.copies() == 1
                ? new PathElement[] {elements}
                : new PathElement[] {groupElement(MemoryLayouts.COPIES), copy, elements};
    }

    private SequenceLayout sequence(final Section section) {
        return (SequenceLayout) layout(section).select(elements(section, sequenceElement()));
    }

    @Override
    public Long size(final StructType struct) {
        return MemoryLayouts.of(struct).byteSize();
    }

    @Override
    public Long alignment(final StructType struct) {
        return MemoryLayouts.of(struct).byteAlignment();
    }

    @Override
    public Long offset(final StructType struct, final Field field) {
        return MemoryLayouts.of(struct).byteOffset(groupElement(field.name()));
    }

    @Override
    public Long size(final StructType struct, final Field field) {
        return MemoryLayouts.of(struct).select(groupElement(field.name())).byteSize();
    }

    @Override
    public Long length() {
        return region.byteSize();
    }

    @Override
    public Long offset(final Section section) {
        return region.byteOffset(groupElement(section.name()));
    }

    @Override
    public Long length(final Section section) {
        return layout(section).byteSize();
    }

    @Override
    public Long elementsOffset(final Section section) {
        return layout(section).byteOffset(elements(section, sequenceElement(0)));
    }

    @Override
    public Long stride(final Section section) {
        return sequence(section).elementLayout().byteSize();
    }

    @Override
    public Long count(final Section section) {
        return sequence(section).elementCount();
    }
}

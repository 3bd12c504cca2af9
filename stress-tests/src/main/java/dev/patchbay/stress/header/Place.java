// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.header;

import dev.patchbay.layout.RegionBuilder;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StructType;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;

/**
 * A small region, as its image has it.
 *
 * @param declaration whole
 * @param section the one called "it"
 * @param image its first bytes
 */
record Place(RegionDeclaration declaration, SectionEntry section, ByteBuffer image) {
    static Place of(final UnaryOperator<RegionBuilder> sections) {
        final RegionDeclaration declaration =
                sections.apply(RegionDeclaration.named("model")).build();
        return new Place(
                declaration,
                declaration.section("it").entry(),
                new RegionImage(declaration).bytes());
    }

    /** The offset of a field of the section's head. */
    int head(final StructType struct, final String field) {
        return (int) section.offset() + struct.offset(field);
    }

    /** The offset of the elements of another section. */
    int elements(final String name) {
        return declaration.section(name).entry().elementOffset(0);
    }
}

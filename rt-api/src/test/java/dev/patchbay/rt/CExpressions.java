// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.layout.CNames;
import dev.patchbay.layout.Field;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.Section;
import dev.patchbay.layout.StructType;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** An expression for each number, in the names of the generated header: what a C or C++ compiler makes a number of. */
record CExpressions(RegionDeclaration declaration)
        implements LayoutNumbers.Structs<String>, LayoutNumbers.Sections<String> {
    private static final Set<String> COMMON =
            CNames.COMMON_STRUCTS.stream().map(StructType::signature).collect(Collectors.toSet());

    private String type(final StructType struct) {
        final boolean common = COMMON.contains(struct.signature());
        return "pb_" + (common ? "" : declaration.name() + "_") + struct.name();
    }

    private String macro(final String name) {
        return ("pb_" + declaration.name() + "_" + name).toUpperCase(Locale.ROOT);
    }

    @Override
    public String size(final StructType struct) {
        return "sizeof(" + type(struct) + ")";
    }

    @Override
    public String alignment(final StructType struct) {
        return "PB_ALIGNOF(" + type(struct) + ")";
    }

    @Override
    public String offset(final StructType struct, final Field field) {
        return "offsetof(" + type(struct) + ", " + field.name() + ")";
    }

    @Override
    public String size(final StructType struct, final Field field) {
        return "sizeof(((" + type(struct) + " *)0)->" + field.name() + ")";
    }

    @Override
    public String length() {
        return macro("length");
    }

    @Override
    public String offset(final Section section) {
        return macro(section.name() + "_offset");
    }

    @Override
    public String length(final Section section) {
        return macro(section.name() + "_length");
    }

    @Override
    public String elementsOffset(final Section section) {
        return macro(section.name() + "_elements_offset");
    }

    @Override
    public String stride(final Section section) {
        return macro(section.name() + "_stride");
    }

    @Override
    public String count(final Section section) {
        return macro(section.name() + "_count");
    }
}

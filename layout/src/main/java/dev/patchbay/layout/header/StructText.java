// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout.header;

import static dev.patchbay.layout.header.HeaderText.prose;

import dev.patchbay.layout.Field;
import dev.patchbay.layout.StructType;
import java.util.function.Function;

/** A struct in C, with an assertion on the place, the size and the alignment of each field. */
final class StructText {
    private final HeaderText out;
    private final Function<StructType, String> names;

    /** Writes structs to a header; the types are named by a function. */
    StructText(final HeaderText out, final Function<StructType, String> names) {
        this.out = out;
        this.names = names;
    }

    void write(final StructType struct) {
        final String type = names.apply(struct);
        if (!struct.comment().isBlank()) {
            out.line("/* %s */", prose(struct.comment()));
        }
        out.line("typedef struct %s {", type);
        int end = 0;
        int gaps = 0;
        for (final Field f : struct.fields()) {
            if (f.offset() > end) {
                out.line("    uint8_t pb_gap_%d[%d];", gaps++, f.offset() - end);
            }
            final String array = f.count() > 1 ? "[" + f.count() + "]" : "";
            final String comment = f.comment().isBlank() ? "" : " /* " + prose(f.comment()) + " */";
            out.line("    %s %s%s;%s", elementType(f), f.name(), array, comment);
            end = f.offset() + f.size();
        }
        if (struct.size() > end) {
            out.line("    uint8_t pb_gap_%d[%d];", gaps, struct.size() - end);
        }
        out.line("} %s;", type);
        for (final Field f : struct.fields()) {
            out.line(
                    "PB_ASSERT_FIELD(%s, %s, %s, %d, %d, %d);",
                    type, f.name(), elementType(f), f.offset(), f.size(), f.alignment());
        }
        out.line("PB_ASSERT_STRUCT(%s, %d, %d);", type, struct.size(), struct.alignment());
        out.line("");
    }

    private String elementType(final Field field) {
        return field.struct() == null ? field.type().cName() : names.apply(field.struct());
    }
}

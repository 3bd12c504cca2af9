// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.map;

import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.EventTable;
import dev.patchbay.layout.Field;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.Section;
import dev.patchbay.layout.StructType;
import dev.patchbay.tools.report.TextTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Documents the bytes of a region in tables: as plain text for a terminal, or as Markdown. */
public final class LayoutText {
    private static final String[] SECTION_HEADINGS = {
        "section", "kind", "writer", "readers", ">offset", ">length", ">count", ">stride", "order"
    };
    private static final String[] FIELD_HEADINGS = {
        ">offset", ">bytes", "field", "type", "comment"
    };

    private final RegionDeclaration region;

    /** The documentation of a declaration. */
    public LayoutText(final RegionDeclaration region) {
        this.region = region;
    }

    /** Tables of sections and structs in plain text. */
    public String plain() {
        final StringBuilder text = new StringBuilder(table(SECTION_HEADINGS, sections()));
        text.append('\n').append(summary()).append('\n');
        for (final StructType struct : region.structs()) {
            text.append('\n').append(title(struct)).append('\n');
            text.append(table(FIELD_HEADINGS, fields(struct)).indent(2));
        }
        return text.toString();
    }

    /** The same as a page of Markdown, with each section's comment, and what events hold where there are any. */
    public String markdown() {
        final StringBuilder text = new StringBuilder("# Region `" + region.name() + "`\n\n");
        text.append(summary()).append("\n\n## Sections\n\n");
        final String[] headings = Arrays.copyOf(SECTION_HEADINGS, SECTION_HEADINGS.length + 1);
        headings[SECTION_HEADINGS.length] = "what for";
        final List<String[]> rows = new ArrayList<>();
        final List<String[]> plain = sections();
        for (int i = 0; i < plain.size(); i++) {
            final String[] row = Arrays.copyOf(plain.get(i), headings.length);
            row[0] = "`" + row[0] + "`";
            row[headings.length - 1] = region.sections().get(i).comment();
            rows.add(row);
        }
        text.append(pipes(headings, rows)).append("\n## Structs\n");
        for (final StructType struct : region.structs()) {
            text.append("\n### `").append(struct.name()).append("`\n\n");
            text.append(struct.size()).append(" bytes. ").append(escape(struct.comment()));
            text.append("\n\n").append(pipes(FIELD_HEADINGS, fields(struct)));
        }
        if (region.structs().contains(EventDescriptor.STRUCT)) {
            text.append("\n## Events\n\n").append(EventTable.markdown());
        }
        return text.toString();
    }

    private String summary() {
        final String roles =
                region.roles().stream()
                        .map(role -> role.name() + " " + role.code())
                        .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "Region \"%s\": %d sections, %d bytes, layout hash %016x, roles %s",
                region.name(),
                region.sections().size(),
                region.length(),
                region.hash(),
                roles);
    }

    private static String title(final StructType struct) {
        return struct.name() + ", " + struct.size() + " bytes: " + struct.comment();
    }

    private List<String[]> sections() {
        final List<String[]> rows = new ArrayList<>();
        for (final Section s : region.sections()) {
            rows.add(
                    new String[] {
                        s.name(),
                        s.kind().label(),
                        names(s.writers()),
                        names(s.readers()),
                        Long.toString(s.offset()),
                        Long.toString(s.length()),
                        (s.copies() == 1 ? "" : s.copies() + " × ") + s.count(),
                        Integer.toString(s.stride()),
                        s.kind().order()
                    });
        }
        return rows;
    }

    private static List<String[]> fields(final StructType struct) {
        final List<String[]> rows = new ArrayList<>();
        for (final Field field : struct.fields()) {
            rows.add(
                    new String[] {
                        Integer.toString(field.offset()),
                        Integer.toString(field.size()),
                        field.name(),
                        type(field),
                        field.comment()
                    });
        }
        return rows;
    }

    /** A field's type with the number of its elements, as in {@code float32[2]}. */
    static String type(final Field field) {
        final String type =
                field.struct() == null
                        ? field.type().name().toLowerCase(Locale.ROOT)
                        : field.struct().name();
        return type + (field.count() == 1 ? "" : "[" + field.count() + "]");
    }

    /** The names of roles with spaces between them. */
    static String names(final Collection<Role> roles) {
        return roles.stream().map(Role::name).collect(Collectors.joining(" "));
    }

    private static String table(final String[] headings, final List<String[]> rows) {
        final TextTable table = new TextTable(headings);
        rows.forEach(table::row);
        return table.toString();
    }

    private static String pipes(final String[] headings, final List<String[]> rows) {
        final StringBuilder text = new StringBuilder();
        final String[] plain = new String[headings.length];
        final String[] rule = new String[headings.length];
        for (int i = 0; i < headings.length; i++) {
            final boolean right = headings[i].startsWith(">");
            plain[i] = right ? headings[i].substring(1) : headings[i];
            rule[i] = right ? "---:" : "---";
        }
        text.append(row(plain)).append(row(rule));
        rows.forEach(
                cells ->
                        text.append(
                                row(
                                        Arrays.stream(cells)
                                                .map(LayoutText::escape)
                                                .toArray(String[]::new))));
        return text.toString();
    }

    private static String row(final String[] cells) {
        return Arrays.stream(cells).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** Keeps a comment from ending its cell. */
    private static String escape(final String text) {
        return text.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replace("\n", " ");
    }
}

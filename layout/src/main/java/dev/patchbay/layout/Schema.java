// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A declaration's names and comments as JSON: what the directory does not hold. Every region ends with it, so that a tool which
 * does not know the declaration can name counters and fields. No byte's place is said here: the directory and, within structs,
 * the offsets say it.
 */
final class Schema {
    private Schema() {}

    /** The section that holds a schema. */
    static Section section(final long offset, final String text, final Set<Role> roles) {
        return new SectionSpec(
                        RegionDeclaration.SCHEMA,
                        SectionKind.SCHEMA,
                        "names and comments of this declaration, as JSON",
                        Set.of(),
                        null)
                .scalars(FieldType.UINT8, text.getBytes(UTF_8).length)
                .at(offset, roles);
    }

    /** The text. */
    static String of(
            final String name,
            final List<Role> roles,
            final List<StructType> structs,
            final List<Section> sections) {
        return object(
                "name", string(name),
                "roles", array(roles.stream().map(r -> string(r.name())).toList()),
                "structs", array(structs.stream().map(Schema::struct).toList()),
                "sections", array(sections.stream().map(Schema::section).toList()));
    }

    private static String struct(final StructType struct) {
        return object(
                "name", string(struct.name()),
                "comment", string(struct.comment()),
                "size", Integer.toString(struct.size()),
                "fields", array(struct.fields().stream().map(Schema::field).toList()));
    }

    private static String field(final Field field) {
        return object(
                "name",
                string(field.name()),
                field.struct() == null ? "type" : "struct",
                string(field.struct() == null ? lower(field.type()) : field.struct().name()),
                "count",
                Integer.toString(field.count()),
                "offset",
                Integer.toString(field.offset()),
                "comment",
                string(field.comment()));
    }

    private static String section(final Section section) {
        return object(
                "name", string(section.name()),
                "kind", string(lower(section.kind())),
                "comment", string(section.comment()),
                "head", section.head() == null ? "null" : string(section.head().name()),
                "element", section.element() == null ? "null" : string(section.element().name()),
                "scalar", section.scalar() == null ? "null" : string(lower(section.scalar())),
                "names", array(section.names().stream().map(Schema::string).toList()));
    }

    private static String lower(final Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    /** An object of names and values that are JSON already. */
    private static String object(final String... namesAndValues) {
        final StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            text.append(i == 0 ? "" : ",").append(string(namesAndValues[i])).append(':');
            text.append(namesAndValues[i + 1]);
        }
        return text.append('}').toString();
    }

    private static String array(final Collection<String> values) {
        return values.stream().collect(Collectors.joining(",", "[", "]"));
    }

    private static String string(final String value) {
        final StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            final char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.append('"').toString();
    }
}

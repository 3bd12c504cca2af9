// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout.header;

import static dev.patchbay.layout.header.HeaderText.prose;

import dev.patchbay.layout.CNames;
import dev.patchbay.layout.CNames.Fact;
import dev.patchbay.layout.CNames.Function;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.Section;
import dev.patchbay.layout.SectionKind;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** A section in C: its numbers, its look-up and its elements. */
final class SectionText {
    /** Whose elements may stand further apart than they are long. */
    private static final Set<SectionKind> SPACED =
            EnumSet.of(
                    SectionKind.CONSTANTS,
                    SectionKind.STRUCTS,
                    SectionKind.ROLES,
                    SectionKind.AUDIO_BLOCKS);

    /** Whose elements are reached by their number, and stored to by their fields. */
    private static final Set<SectionKind> EDITED =
            EnumSet.of(SectionKind.STRUCTS, SectionKind.ROLES, SectionKind.AUDIO_BLOCKS);

    /** Whose elements are reached by their number, and never stored to. */
    private static final Set<SectionKind> CONSTANT =
            EnumSet.of(SectionKind.CONSTANTS, SectionKind.SCHEMA);

    /** Whose elements are found by a position modulo their number. */
    private static final Set<SectionKind> POWERS_OF_TWO =
            EnumSet.of(
                    SectionKind.EVENT_QUEUE, SectionKind.SHARED_EVENT_QUEUE, SectionKind.BROADCAST);

    private final HeaderText out;
    private final CNames names;

    SectionText(final HeaderText out, final CNames names) {
        this.out = out;
        this.names = names;
    }

    void write(final Section s) {
        out.line("/* %s: %s.", s.name(), prose(s.comment()));
        out.line(
                "   Written by %s, read by %s; %s. */",
                s.writers().isEmpty() ? "nobody once the region is ready" : roles(s.writers()),
                roles(s.readers()),
                s.kind().order());
        fact(s, Fact.NAME, '"' + s.name() + '"', "");
        fact(s, Fact.HASH, HeaderText.hash(s.hash()), "of the shape");
        fact(s, Fact.OFFSET, s.offset() + "u", "");
        fact(s, Fact.LENGTH, s.length() + "u", "");
        fact(s, Fact.ELEMENTS_OFFSET, s.elementsOffset() + "u", "");
        fact(s, Fact.STRIDE, s.stride() + "u", "");
        fact(s, Fact.COUNT, s.count() + "u", "");
        for (int i = 0; i < s.names().size(); i++) {
            out.define(names.counter(s, s.names().get(i)), i + "u", "index of this counter");
        }
        out.line("");
        find(s);
        if (CONSTANT.contains(s.kind()) || EDITED.contains(s.kind())) {
            at(s);
        }
        if (EDITED.contains(s.kind())) {
            edit(s);
        }
    }

    private void fact(final Section s, final Fact fact, final String value, final String comment) {
        out.define(names.fact(s, fact), value, comment);
    }

    private void find(final Section s) {
        out.line(
                "/* Finds the section in a region and checks its shape: 1, or 0 where it is missing"
                        + " or another. Any thread, but not in audio code:");
        out.line("   look up once. Partner: Region.section in Java. */");
        out.line(
                "static inline int %s(const pb_region *region, pb_section *section)",
                names.function(s, Function.FIND));
        out.line("{");
        out.line(
                "    return pb_region_find(region, %s, %s, section)",
                names.fact(s, Fact.NAME), names.fact(s, Fact.HASH));
        out.line(
                "        && pb_section_fits(section, %s, %du)%s;",
                s.head() == null ? "0" : "sizeof(" + names.type(s.head()) + ")",
                s.copies(),
                elementCheck(s));
        out.line("}");
        out.line("");
    }

    /** What a correct hash does not say, and a section's functions rely on. */
    private String elementCheck(final Section s) {
        final String type = names.elementType(s);
        final StringBuilder check = new StringBuilder();
        if (SPACED.contains(s.kind())) {
            check.append(" && section->stride >= sizeof(" + type + ")");
            check.append(" && section->stride % PB_ALIGNOF(" + type + ") == 0");
        } else {
            final boolean slots = s.kind() == SectionKind.BROADCAST;
            check.append(slots ? "\n        && " : " && ").append("section->stride == ");
            check.append(slots ? "sizeof(" + names.type(Heads.BROADCAST_SLOT) + ") + " : "");
            check.append("sizeof(" + type + ")");
        }
        if (POWERS_OF_TWO.contains(s.kind())) {
            check.append("\n        && (section->count & (section->count - 1u)) == 0");
        }
        if (s.kind() == SectionKind.COUNTERS || s.kind() == SectionKind.ROLES) {
            check.append("\n        && section->count >= " + names.fact(s, Fact.COUNT));
        }
        return check.toString();
    }

    private void at(final Section s) {
        final boolean constant = CONSTANT.contains(s.kind());
        out.line(
                constant
                        ? "/* The element of this number, or NULL beyond the last. Constant once"
                                + " the region is ready: plain loads. Any thread. */"
                        : "/* The element of this number, or NULL beyond the last: for loads, field"
                                + " by field with acquire. Any thread.");
        if (!constant) {
            out.line("   Pairs with the release of each field's store, in C or in Java. */");
        }
        out.line(
                "static inline const %s *%s(const pb_section *section, uint32_t index)",
                names.elementType(s), names.function(s, Function.AT));
        out.line("{");
        out.line(
                "    return index < section->count ? (const %s *)pb_section_element(section, index)"
                        + " : NULL;",
                names.elementType(s));
        out.line("}");
        out.line("");
    }

    private void edit(final Section s) {
        out.line(
                "/* The element of this number, or NULL beyond the last: for stores, field by field"
                        + " with release, which pair with the");
        out.line(
                "   acquire of each field's load. By %s alone, one thread. */", roles(s.writers()));
        out.line(
                "static inline %s *%s(const pb_section *section, uint32_t index)",
                names.elementType(s), names.function(s, Function.EDIT));
        out.line("{");
        out.line(
                "    return index < section->count ? (%s *)pb_section_element(section, index)"
                        + " : NULL;",
                names.elementType(s));
        out.line("}");
        out.line("");
    }

    /** Roles as a comment has them. */
    static String roles(final Collection<Role> roles) {
        return roles.isEmpty()
                ? "nobody"
                : roles.stream().map(Role::name).collect(Collectors.joining(", "));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A region, declared: its sections, where each lies and who owns it. Immutable; the bytes depend on nothing but the calls
 * that built it.
 */
public final class RegionDeclaration {
    /** The section that every region ends with: names and comments for tools. */
    public static final String SCHEMA = "schema";

    private final String name;
    private final List<Role> roles;
    private final List<StructType> structs;
    private final List<Section> sections;
    private final Map<String, List<Parameter>> parameters;
    private final String schema;
    private final long length;
    private final long hash;

    RegionDeclaration(
            final String name,
            final List<Role> roles,
            final List<Section> sections,
            final Map<String, List<Parameter>> parameters) {
        this.name = name;
        this.roles = List.copyOf(roles);
        this.parameters = Map.copyOf(parameters);
        this.structs = structs(name, sections);
        this.schema = Schema.of(name, this.roles, this.structs, sections);
        this.hash = Layouts.hash(identity(name, this.roles, sections));
        final List<Section> all = new ArrayList<>(sections);
        all.add(Schema.section(end(sections), schema, new TreeSet<>(roles)));
        this.sections = List.copyOf(all);
        this.length = Layouts.align(end(all), Layouts.PAGE);
        if (length > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "The region \""
                            + name
                            + "\" needs "
                            + length
                            + " bytes, but at most 2 GiB can be mapped.");
        }
        CNames.check(this);
    }

    /**
     * Starts a declaration.
     *
     * @param name a C identifier; without its underscores and with {@code pb_} before it, the prefix of all names in the header
     * @return a builder that has no sections yet
     * @throws IllegalArgumentException if the name cannot be a region's in C, C++ and Java, or the library's own names begin
     *     like it
     */
    public static RegionBuilder named(final String name) {
        return new RegionBuilder(CNames.checkRegion(name));
    }

    /** {@return the name, from which the header makes the prefix of all its names} */
    public String name() {
        return name;
    }

    /** {@return the roles that its sections name, by code} */
    public List<Role> roles() {
        return roles;
    }

    /** {@return the structs of its sections, each once, a nested one before the struct that holds it} */
    public List<StructType> structs() {
        return structs;
    }

    /** {@return the sections by rising offset; the last is the {@link #SCHEMA}} */
    public List<Section> sections() {
        return sections;
    }

    /**
     * {@return the parameters that were declared with a section of kind {@link SectionKind#PARAMETERS}; empty for any other}
     *
     * @param sectionName the name of a section
     */
    public List<Parameter> parameters(final String sectionName) {
        return parameters.getOrDefault(sectionName, List.of());
    }

    /** {@return the names of this declaration as JSON: roles, structs with their fields, and sections, each with its comment} */
    public String schema() {
        return schema;
    }

    /** {@return the length of the region in bytes, a multiple of the page size 4096} */
    public long length() {
        return length;
    }

    /** {@return what identifies the whole declaration: each section's place, shape and roles, not its comments} */
    public long hash() {
        return hash;
    }

    /**
     * {@return the section of this name}
     *
     * @param sectionName the name of a section; {@link #SCHEMA} is one
     * @throws IllegalArgumentException if there is none
     */
    public Section section(final String sectionName) {
        for (final Section section : sections) {
            if (section.name().equals(sectionName)) {
                return section;
            }
        }
        throw new IllegalArgumentException(
                "The region \"" + name + "\" has no section \"" + sectionName + "\".");
    }

    /** The number, from 1, of a section; 0 for the empty name. */
    int number(final String sectionName) {
        return sectionName.isEmpty() ? 0 : sections.indexOf(section(sectionName)) + 1;
    }

    private static List<StructType> structs(final String name, final List<Section> sections) {
        final Map<String, StructType> structs = new LinkedHashMap<>();
        for (final Section section : sections) {
            collect(name, section.head(), structs);
            collect(name, section.element(), structs);
        }
        return List.copyOf(structs.values());
    }

    private static void collect(
            final String name, final StructType struct, final Map<String, StructType> structs) {
        if (struct == null) {
            return;
        }
        final StructType namesake = structs.get(struct.name());
        if (namesake != null && !namesake.signature().equals(struct.signature())) {
            throw new IllegalArgumentException(
                    "The region \""
                            + name
                            + "\" has two structs named \""
                            + struct.name()
                            + "\" that differ.");
        }
        struct.fields().forEach(field -> collect(name, field.struct(), structs));
        structs.putIfAbsent(struct.name(), struct);
    }

    private static long end(final List<Section> sections) {
        final Section last = sections.get(sections.size() - 1);
        return last.offset() + last.length();
    }

    private static String identity(
            final String name, final List<Role> roles, final List<Section> sections) {
        final StringBuilder text = new StringBuilder(name).append(roles);
        for (final Section s : sections) {
            text.append('/').append(s.name()).append('@').append(s.offset());
            text.append('+').append(s.length()).append('*').append(s.count());
            text.append('#').append(s.shape()).append('d').append(s.describedBy());
            text.append('w').append(s.writers()).append('r').append(s.readers());
        }
        return text.toString();
    }

    /** Places sections one after the other. */
    static RegionDeclaration place(
            final String name,
            final List<SectionSpec> specs,
            final Map<String, List<Parameter>> parameters) {
        final Set<Role> roles = roles(name, specs);
        // One entry more: the schema's.
        long offset =
                Layouts.align(
                        RegionHeader.DIRECTORY_OFFSET
                                + (specs.size() + 1L) * RegionHeader.ENTRY.size(),
                        Layouts.LINE_PAIR);
        final List<Section> sections = new ArrayList<>();
        final Set<String> names = new HashSet<>();
        for (final SectionSpec spec : specs) {
            names.add(spec.name);
            final Section section = spec.at(offset, roles);
            if (!names.contains(section.describedBy()) && !section.describedBy().isEmpty()) {
                throw new IllegalArgumentException(
                        "The section \""
                                + section.name()
                                + "\" is described by \""
                                + section.describedBy()
                                + "\", but no section of that name stands before it.");
            }
            sections.add(section);
            offset = Math.addExact(section.offset(), section.length());
        }
        return new RegionDeclaration(name, List.copyOf(roles), sections, parameters);
    }

    private static Set<Role> roles(final String name, final List<SectionSpec> specs) {
        final Set<Role> roles = new TreeSet<>();
        specs.forEach(spec -> roles.addAll(spec.roles()));
        final Map<Object, Role> seen = new HashMap<>();
        for (final Role role : roles) {
            Names.check("role", role.name());
            final Role other = seen.put(role.code(), role);
            final Role namesake = seen.put(role.name(), role);
            if (other != null || namesake != null) {
                throw new IllegalArgumentException(
                        "The region \""
                                + name
                                + "\" has two roles that share a code or a name: "
                                + (other != null ? other : namesake)
                                + " and "
                                + role
                                + ".");
            }
        }
        return roles;
    }
}

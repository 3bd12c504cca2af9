// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a region looks like from outside: its identity and its directory, whether known from a declaration, from a region's file
 * or from the image that a region starts with. Immutable.
 */
public final class RegionOutline {
    /**
     * The structs of a section, as far as they are known.
     *
     * @param head the struct at its start, or null where it has none
     * @param element the struct of an element, or null where the elements are scalars
     * @param names the names of counters, or empty
     */
    public record Shape(StructType head, StructType element, List<String> names) {
        /** Copies the names. */
        public Shape {
            names = List.copyOf(names);
        }
    }

    private final String name;
    private final long hash;
    private final long length;
    private final List<String> roleNames;
    private final List<SectionEntry> entries;
    private final Map<String, Shape> shapes;
    private final String schema;

    private RegionOutline(
            final String name,
            final long hash,
            final long length,
            final List<String> roleNames,
            final List<SectionEntry> entries,
            final Map<String, Shape> shapes,
            final String schema) {
        this.name = name;
        this.hash = hash;
        this.length = length;
        this.roleNames = List.copyOf(roleNames);
        this.entries = List.copyOf(entries);
        this.shapes = Map.copyOf(shapes);
        this.schema = schema;
    }

    /**
     * {@return the outline of the regions that a declaration describes}
     *
     * @param declaration a declaration, which also tells the structs of all sections
     */
    public static RegionOutline of(final RegionDeclaration declaration) {
        final List<SectionEntry> entries = new ArrayList<>();
        final Map<String, Shape> shapes = new HashMap<>();
        for (final Section section : declaration.sections()) {
            entries.add(section.entry(declaration.number(section.describedBy())));
            shapes.put(
                    section.name(), new Shape(section.head(), section.element(), section.names()));
        }
        return new RegionOutline(
                declaration.name(),
                declaration.hash(),
                declaration.length(),
                names(declaration.roles()),
                entries,
                shapes,
                declaration.schema());
    }

    /**
     * Reads the outline of a region, or of the image that a region starts with. Nothing is mapped; header and directory are
     * copied once and checked as at attach, but for the ready word, which an image does not have.
     *
     * @param file a region's file, {@code /proc/PID/fd/N} of its owner, or an image
     * @return the outline, without the structs of sections
     * @throws RegionException if it cannot be read or trusted
     */
    public static RegionOutline read(final Path file) {
        if (!Files.isRegularFile(file)) {
            throw new RegionException(file + " is no file, expected a region or its image.");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final RegionValidator validator = new RegionValidator(file.toString(), channel.size());
            validator.checkFile();
            // In the private copy an image counts as ready: it has all that an outline tells of.
            final ByteBuffer header =
                    bytes(channel, 0, RegionHeader.DIRECTORY_OFFSET)
                            .putInt(RegionHeader.STRUCT.offset("ready"), RegionHeader.READY);
            final int sections = validator.checkHeader(header);
            final ByteBuffer directory =
                    bytes(
                            channel,
                            RegionHeader.DIRECTORY_OFFSET,
                            sections * RegionHeader.ENTRY.size());
            final RegionFacts facts =
                    RegionFacts.read(
                            header,
                            validator.checkDirectory(directory, RegionFacts.roleBits(header)));
            final List<SectionEntry> entries = List.copyOf(facts.entries().values());
            return new RegionOutline(
                    facts.name(),
                    facts.layoutHash(),
                    facts.length(),
                    names(facts.roles()),
                    entries,
                    Map.of(),
                    schema(channel, entries));
        } catch (final IOException e) {
            throw new RegionException("The region " + file + " cannot be read: " + e + ".", e);
        }
    }

    /** The names of roles by code; empty where there is no such role. */
    private static List<String> names(final List<Role> roles) {
        final String[] names = new String[Role.MAX_CODE + 1];
        Arrays.fill(names, "");
        roles.forEach(role -> names[role.code()] = role.name());
        return List.of(names);
    }

    private static String schema(final FileChannel channel, final List<SectionEntry> entries)
            throws IOException {
        for (final SectionEntry entry : entries) {
            if (entry.kind() == SectionKind.SCHEMA && entry.stride() == 1) {
                return new String(
                        bytes(channel, entry.elementOffset(0), entry.count()).array(), UTF_8);
            }
        }
        return "";
    }

    private static ByteBuffer bytes(final FileChannel channel, final long at, final int length)
            throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new IOException("it ends at byte " + channel.size() + " while it is read");
            }
        }
        return bytes.clear();
    }

    /**
     * {@return the same with the structs of sections, by their names, where they are known from elsewhere: from its
     * {@link #schema}}
     *
     * @param known the structs, by the name of the section; they replace those known so far
     */
    public RegionOutline withShapes(final Map<String, Shape> known) {
        return new RegionOutline(name, hash, length, roleNames, entries, known, schema);
    }

    /** {@return the name of the declaration} */
    public String name() {
        return name;
    }

    /** {@return the hash of the whole declaration} */
    public long hash() {
        return hash;
    }

    /** {@return the length of the region in bytes} */
    public long length() {
        return length;
    }

    /** {@return the names of the roles by code, as the header has them; empty where there is no such role} */
    public List<String> roleNames() {
        return roleNames;
    }

    /** {@return the sections by rising offset} */
    public List<SectionEntry> entries() {
        return entries;
    }

    /**
     * {@return the section of this name, or empty if there is none}
     *
     * @param section the name of a section
     */
    public Optional<SectionEntry> entry(final String section) {
        return entries.stream().filter(e -> e.name().equals(section)).findFirst();
    }

    /**
     * {@return the structs of a section, if they are known}
     *
     * @param section the name of a section
     */
    public Optional<Shape> shape(final String section) {
        return Optional.ofNullable(shapes.get(section));
    }

    /** {@return the schema, unchecked: JSON where nobody has damaged it; empty where there is none} */
    public String schema() {
        return schema;
    }

    /** The name of the section that describes a section's elements, or the empty text. */
    String describedBy(final SectionEntry entry) {
        final int number = entry.describedBy();
        return number < 1 || number > entries.size() ? "" : entries.get(number - 1).name();
    }
}

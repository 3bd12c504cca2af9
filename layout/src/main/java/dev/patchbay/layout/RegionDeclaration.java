// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A region, declared: its sections, where each lies and who owns it. Immutable; the bytes depend on nothing but the calls
 * that built it.
 */
public final class RegionDeclaration {
    private final String name;
    private final List<Section> sections;
    private final long length;
    private final long hash;

    private RegionDeclaration(final String name, final List<Section> sections, final long length) {
        this.name = name;
        this.sections = List.copyOf(sections);
        this.length = length;
        final StringBuilder text = new StringBuilder(name).append('/').append(length);
        for (final Section s : sections) {
            text.append('/')
                    .append(s.name())
                    .append('@')
                    .append(s.offset())
                    .append('+')
                    .append(s.length());
            text.append('*').append(s.count()).append('#').append(s.hash());
            text.append('w').append(s.writer()).append('r').append(EnumSet.copyOf(s.readers()));
        }
        this.hash = Layouts.hash(text.toString());
    }

    /**
     * Starts a declaration.
     *
     * @param name a C identifier; with {@code pb_} before it, the prefix of all names in the header
     */
    public static Builder named(final String name) {
        return new Builder(Names.check("region", name));
    }

    /** The name. */
    public String name() {
        return name;
    }

    /** The sections by rising offset. */
    public List<Section> sections() {
        return sections;
    }

    /** The length of the region in bytes, a multiple of the page size 4096. */
    public long length() {
        return length;
    }

    /** Identifies the whole declaration. */
    public long hash() {
        return hash;
    }

    /**
     * The section of this name.
     *
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

    /** Adds sections in order. */
    public static final class Builder {
        private static final int PAGE = 4096;

        private final String name;
        private final List<Spec> specs = new ArrayList<>();
        private final Set<String> names = new HashSet<>();

        private Builder(final String name) {
            this.name = name;
        }

        /** Adds structs that are written before the region is ready. */
        public Builder constants(
                final String section,
                final String comment,
                final StructType struct,
                final int count) {
            return add(
                    new Spec(section, SectionKind.CONSTANTS, comment, Role.BRIDGE, allBut(null))
                            .structs(struct, count));
        }

        /** Adds structs of atomic fields, each on line pairs of its own. */
        public Builder cells(
                final String section,
                final String comment,
                final Role writer,
                final StructType struct,
                final int count) {
            return add(
                    new Spec(section, SectionKind.CELLS, comment, writer, allBut(writer))
                            .structs(struct, count)
                            .strideOf(Layouts.align(struct.size(), Layouts.LINE_PAIR)));
        }

        /** Adds an array of an atomic scalar type. */
        public Builder array(
                final String section,
                final String comment,
                final Role writer,
                final FieldType type,
                final int count) {
            return add(
                    new Spec(section, SectionKind.ARRAY, comment, writer, allBut(writer))
                            .scalars(type, count));
        }

        /** Adds a bitset. */
        public Builder bitset(
                final String section,
                final String comment,
                final Role setter,
                final Role drainer,
                final int bits) {
            return add(
                    new Spec(section, SectionKind.BITSET, comment, setter, EnumSet.of(drainer))
                            .scalars(FieldType.UINT64, (bits + Long.SIZE - 1) / Long.SIZE));
        }

        /** Adds a struct that is read whole; its size must be a multiple of 8. */
        public Builder snapshot(
                final String section,
                final String comment,
                final Role writer,
                final StructType struct) {
            if (struct.size() % Long.BYTES != 0) {
                throw new IllegalArgumentException(
                        "The snapshot \""
                                + section
                                + "\" is copied in words of 8 bytes, but its struct has "
                                + struct.size()
                                + ".");
            }
            return add(
                    new Spec(section, SectionKind.SNAPSHOT, comment, writer, allBut(writer))
                            .headed(Heads.SNAPSHOT)
                            .structs(struct, 1));
        }

        /** Adds a triple buffer of arrays of structs. */
        public Builder tripleBuffer(
                final String section,
                final String comment,
                final Role writer,
                final Role reader,
                final StructType struct,
                final int count) {
            return add(
                    new Spec(
                                    section,
                                    SectionKind.TRIPLE_BUFFER,
                                    comment,
                                    writer,
                                    EnumSet.of(reader))
                            .headed(Heads.TRIPLE_BUFFER)
                            .structs(struct, count)
                            .copied(3));
        }

        /** Adds an event queue; the capacity is a power of two. */
        public Builder eventQueue(
                final String section,
                final String comment,
                final Role producer,
                final Role consumer,
                final int capacity) {
            if (capacity < 1 || Integer.bitCount(capacity) != 1) {
                throw new IllegalArgumentException(
                        "The capacity of the queue \""
                                + section
                                + "\" must be a power of two, but it is "
                                + capacity
                                + ".");
            }
            return add(
                    new Spec(
                                    section,
                                    SectionKind.EVENT_QUEUE,
                                    comment,
                                    producer,
                                    EnumSet.of(consumer))
                            .headed(Heads.EVENT_QUEUE)
                            .structs(EventDescriptor.STRUCT, capacity));
        }

        /** Adds a blob of at most this many bytes. */
        public Builder blob(
                final String section,
                final String comment,
                final Role writer,
                final Role reader,
                final int bytes) {
            return add(
                    new Spec(section, SectionKind.BLOB, comment, writer, EnumSet.of(reader))
                            .headed(Heads.BLOB)
                            .scalars(FieldType.INT8, bytes)
                            .copied(2));
        }

        /** Adds audio blocks: two slots, each with its channels of 32-bit float samples, inputs first. */
        public Builder audioBlocks(
                final String section,
                final String comment,
                final int inputChannels,
                final int outputChannels,
                final int maxFrames) {
            final Spec spec =
                    new Spec(
                                    section,
                                    SectionKind.AUDIO_BLOCKS,
                                    comment,
                                    Role.BRIDGE,
                                    EnumSet.of(Role.RT))
                            .headed(Heads.AUDIO_BLOCKS)
                            .structs(Heads.AUDIO_SLOT, 2);
            spec.audio = new AudioGeometry(inputChannels, outputChannels, maxFrames);
            return add(spec.strideOf(spec.audio.slotStride()));
        }

        /** Adds named 64-bit counters. */
        public Builder counters(
                final String section,
                final String comment,
                final Role writer,
                final String... counterNames) {
            final Spec spec =
                    new Spec(section, SectionKind.COUNTERS, comment, writer, allBut(writer))
                            .scalars(FieldType.INT64, counterNames.length);
            final Set<String> seen = new HashSet<>();
            for (final String counter : counterNames) {
                if (!seen.add(Names.check("counter", counter))) {
                    throw new IllegalArgumentException(
                            "The section \""
                                    + section
                                    + "\" has two counters named \""
                                    + counter
                                    + "\".");
                }
            }
            spec.names = List.copyOf(Arrays.asList(counterNames));
            return add(spec);
        }

        /**
         * Ends the declaration.
         *
         * @throws IllegalArgumentException if a region of 2 GiB or more would result
         */
        public RegionDeclaration build() {
            long offset =
                    Layouts.align(
                            RegionHeader.DIRECTORY_OFFSET
                                    + (long) specs.size() * RegionHeader.ENTRY.size(),
                            Layouts.LINE_PAIR);
            final List<Section> sections = new ArrayList<>();
            for (final Spec spec : specs) {
                final Section section = spec.at(offset);
                sections.add(section);
                offset = Math.addExact(section.offset(), section.length());
            }
            final long length = Layouts.align(offset, PAGE);
            if (length > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "The region \""
                                + name
                                + "\" needs "
                                + length
                                + " bytes, but at most 2 GiB can be mapped.");
            }
            return new RegionDeclaration(name, sections, length);
        }

        private Builder add(final Spec spec) {
            if (!names.add(Names.check("section", spec.name))) {
                throw new IllegalArgumentException(
                        "The region \""
                                + name
                                + "\" has two sections named \""
                                + spec.name
                                + "\".");
            }
            if (specs.size() == RegionHeader.MAX_SECTIONS) {
                throw new IllegalArgumentException(
                        "The region \""
                                + name
                                + "\" has more than "
                                + RegionHeader.MAX_SECTIONS
                                + " sections.");
            }
            specs.add(spec);
            return this;
        }

        private static Set<Role> allBut(final Role writer) {
            final Set<Role> roles = EnumSet.allOf(Role.class);
            roles.remove(writer);
            return roles;
        }
    }

    /** What a section needs to be placed. */
    private static final class Spec {
        private final String name;
        private final SectionKind kind;
        private final String comment;
        private final Role writer;
        private final Set<Role> readers;
        private StructType head;
        private StructType element;
        private FieldType scalar;
        private List<String> names = List.of();
        private int count;
        private int stride;
        private int copies = 1;
        private AudioGeometry audio;

        private Spec(
                final String name,
                final SectionKind kind,
                final String comment,
                final Role writer,
                final Set<Role> readers) {
            this.name = name;
            this.kind = kind;
            this.comment = comment;
            this.writer = writer;
            this.readers = Set.copyOf(readers);
        }

        private Spec headed(final StructType struct) {
            head = struct;
            return this;
        }

        private Spec structs(final StructType struct, final int n) {
            element = struct;
            stride = struct.size();
            return counted(n);
        }

        private Spec scalars(final FieldType type, final int n) {
            scalar = type;
            stride = type.size();
            return counted(n);
        }

        private Spec counted(final int n) {
            if (n < 1) {
                throw new IllegalArgumentException(
                        "The section \""
                                + name
                                + "\" needs at least one element, but has "
                                + n
                                + ".");
            }
            count = n;
            return this;
        }

        private Spec strideOf(final int bytes) {
            stride = bytes;
            return this;
        }

        private Spec copied(final int n) {
            copies = n;
            return this;
        }

        private Section at(final long offset) {
            final int elementsOffset =
                    head == null ? 0 : Layouts.align(head.size(), elementAlignment());
            final long needed = Layouts.align((long) count * stride, Layouts.LINE_PAIR);
            if (needed > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "The section \""
                                + name
                                + "\" needs "
                                + needed
                                + " bytes, but at most 2 GiB can be mapped.");
            }
            final int copyStride = (int) needed;
            final long length =
                    Layouts.align(elementsOffset + (long) copies * copyStride, Layouts.LINE_PAIR);
            final String shape =
                    kind
                            + "/"
                            + (head == null ? "" : head.signature())
                            + "/"
                            + (element == null ? scalar : element.signature())
                            + "/"
                            + names;
            return new Section(
                    name,
                    kind,
                    writer,
                    readers,
                    head,
                    element,
                    scalar,
                    names,
                    offset,
                    elementsOffset,
                    stride,
                    count,
                    copies,
                    copyStride,
                    length,
                    Layouts.hash(shape),
                    audio,
                    comment);
        }

        /** Elements that are read and written apart from the head get line pairs of their own. */
        private int elementAlignment() {
            return kind == SectionKind.SNAPSHOT ? Long.BYTES : Layouts.LINE_PAIR;
        }
    }
}

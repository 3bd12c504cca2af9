// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Declares a region section by section, in the order in which they will lie. Where a method names no readers, all roles but
 * the writers read. Not thread-safe.
 *
 * <p>A method that adds a section throws {@link IllegalArgumentException} where its name is taken or cannot be one in C, C++ and
 * Java, where it has less than one element, or where it is one more than the {@value RegionHeader#MAX_SECTIONS} of a region, of which
 * the library makes one.
 */
public final class RegionBuilder extends MessageSections {
    private final String name;
    private final Set<String> names = new HashSet<>();
    private final List<SectionSpec> specs = new ArrayList<>();
    private final Map<String, List<Parameter>> parameters = new HashMap<>();

    RegionBuilder(final String name) {
        this.name = name;
    }

    /**
     * Adds structs that are written before the region is ready and never again.
     *
     * @param section its name: a lower-case C identifier, unique within the region
     * @param comment what it is for, in one sentence; goes into the header and the schema
     * @param struct the type of an element
     * @param count how many elements, at least 1
     * @return this builder
     */
    public RegionBuilder constants(
            final String section, final String comment, final StructType struct, final int count) {
        return add(
                new SectionSpec(section, SectionKind.CONSTANTS, comment, Set.of(), null)
                        .structs(struct, count));
    }

    /**
     * Adds structs whose fields are stored and loaded one by one, with release and acquire.
     *
     * @param section its name: a lower-case C identifier, unique within the region
     * @param comment what it is for, in one sentence; goes into the header and the schema
     * @param writer who alone stores into it
     * @param struct the type of an element
     * @param count how many elements, at least 1
     * @return this builder
     */
    public RegionBuilder structs(
            final String section,
            final String comment,
            final Role writer,
            final StructType struct,
            final int count) {
        return add(
                new SectionSpec(section, SectionKind.STRUCTS, comment, Set.of(writer), null)
                        .structs(struct, count));
    }

    /**
     * Adds an array of one scalar type, whose elements are stored and loaded one by one, with release and acquire.
     *
     * @param section its name: a lower-case C identifier, unique within the region
     * @param comment what it is for, in one sentence; goes into the header and the schema
     * @param writer who alone stores into it
     * @param type the type of an element
     * @param count how many elements, at least 1
     * @return this builder
     */
    public RegionBuilder array(
            final String section,
            final String comment,
            final Role writer,
            final FieldType type,
            final int count) {
        return add(
                new SectionSpec(section, SectionKind.ARRAY, comment, Set.of(writer), null)
                        .scalars(type, count));
    }

    /**
     * Adds parameters: their normalized values, with the defaults in place, and a section {@code <section>_info} before it that
     * describes them.
     *
     * @param section its name: a lower-case C identifier, unique within the region
     * @param comment what it is for, in one sentence; goes into the header and the schema
     * @param writer who alone stores values
     * @param declared the parameters; their order is the order of the cells
     * @return this builder
     * @throws IllegalArgumentException if two share an id or a symbol, or there are none
     */
    public RegionBuilder parameters(
            final String section,
            final String comment,
            final Role writer,
            final List<Parameter> declared) {
        Parameter.checkDistinct(declared);
        final String info = section + "_info";
        parameters.put(section, List.copyOf(declared));
        return constants(
                        info,
                        "what each of the " + section + " is",
                        StandardStructs.PARAMETER_INFO,
                        declared.size())
                .parameterCells(section, comment, writer, info, declared.size());
    }

    /**
     * Adds cells for parameters that the region's image describes later.
     *
     * @param section its name: a lower-case C identifier, unique within the region
     * @param comment what it is for, in one sentence; goes into the header and the schema
     * @param writer who alone stores values
     * @param info the section of {@link StandardStructs#PARAMETER_INFO} that describes them; declared before
     * @param count how many cells, at least 1 and at most as many as descriptions
     * @return this builder
     */
    public RegionBuilder parameterCells(
            final String section,
            final String comment,
            final Role writer,
            final String info,
            final int count) {
        return add(
                new SectionSpec(section, SectionKind.PARAMETERS, comment, Set.of(writer), null)
                        .scalars(FieldType.FLOAT32, count)
                        .describedBy(info));
    }

    /**
     * Adds a word for each voice: 0 for a free voice, else packed as {@link VoiceStateDescriptor} says.
     *
     * @param section its name: a lower-case C identifier, unique within the region
     * @param comment what it is for, in one sentence; goes into the header and the schema
     * @param writer who alone stores into it
     * @param voices how many words, one for each voice, at least 1
     * @return this builder
     */
    public RegionBuilder voiceStates(
            final String section, final String comment, final Role writer, final int voices) {
        return add(
                new SectionSpec(section, SectionKind.VOICE_STATES, comment, Set.of(writer), null)
                        .scalars(FieldType.INT32, voices));
    }

    /**
     * Adds meters: for each, peak, mean square and clips of numbered windows, 1 at full scale. How long a window is, the writer
     * sets when it starts.
     *
     * @param section its name: a lower-case C identifier, unique within the region
     * @param comment what it is for, in one sentence; goes into the header and the schema
     * @param writer who alone stores into it
     * @param count how many meters, at least 1
     * @return this builder
     */
    public RegionBuilder meters(
            final String section, final String comment, final Role writer, final int count) {
        return add(
                new SectionSpec(section, SectionKind.METERS, comment, Set.of(writer), null)
                        .headed(MeterDescriptor.HEAD)
                        .structs(MeterDescriptor.METER, count));
    }

    /**
     * Adds a bitset, all bits clear.
     *
     * @param section its name: a lower-case C identifier, unique within the region
     * @param comment what it is for, in one sentence; goes into the header and the schema
     * @param setters who sets bits
     * @param drainer who clears them, by exchange
     * @param bits how many, at least 1; the room is whole words of 64
     * @return this builder
     */
    public RegionBuilder bitset(
            final String section,
            final String comment,
            final Set<Role> setters,
            final Role drainer,
            final int bits) {
        return add(
                new SectionSpec(section, SectionKind.BITSET, comment, setters, Set.of(drainer))
                        .scalars(FieldType.UINT64, (bits + Long.SIZE - 1) / Long.SIZE));
    }

    /**
     * Adds a struct that is read whole.
     *
     * @param section its name: a lower-case C identifier, unique within the region
     * @param comment what it is for, in one sentence; goes into the header and the schema
     * @param writer who alone stores into it
     * @param struct its type, whose size must be a multiple of 8 bytes
     * @return this builder
     * @throws IllegalArgumentException if the struct's size is no multiple of 8 bytes
     */
    public RegionBuilder snapshot(
            final String section,
            final String comment,
            final Role writer,
            final StructType struct) {
        wholeWords("snapshot", section, struct);
        return add(
                new SectionSpec(section, SectionKind.SNAPSHOT, comment, Set.of(writer), null)
                        .headed(Heads.SNAPSHOT)
                        .structs(struct, 1));
    }

    /**
     * Adds a triple buffer of arrays of structs: the reader sees the newest array that is whole.
     *
     * @param section its name: a lower-case C identifier, unique within the region
     * @param comment what it is for, in one sentence; goes into the header and the schema
     * @param writer who alone fills arrays and offers them
     * @param reader who alone takes them
     * @param struct the type of an element
     * @param count how many elements each of the three arrays has, at least 1
     * @return this builder
     */
    public RegionBuilder tripleBuffer(
            final String section,
            final String comment,
            final Role writer,
            final Role reader,
            final StructType struct,
            final int count) {
        return add(
                new SectionSpec(
                                section,
                                SectionKind.TRIPLE_BUFFER,
                                comment,
                                Set.of(writer),
                                Set.of(reader))
                        .headed(Heads.TRIPLE_BUFFER)
                        .structs(struct, count)
                        .copied(3));
    }

    /**
     * Adds a blob: bytes of varying length, of which the last complete ones are always readable.
     *
     * @param section its name: a lower-case C identifier, unique within the region
     * @param comment what it is for, in one sentence; goes into the header and the schema
     * @param writer who alone publishes bytes
     * @param reader who copies the last complete ones
     * @param bytes the most bytes of one publication, at least 1
     * @return this builder
     */
    public RegionBuilder blob(
            final String section,
            final String comment,
            final Role writer,
            final Role reader,
            final int bytes) {
        return add(
                new SectionSpec(section, SectionKind.BLOB, comment, Set.of(writer), Set.of(reader))
                        .headed(Heads.BLOB)
                        .scalars(FieldType.UINT8, bytes)
                        .copied(2));
    }

    /**
     * Adds audio blocks: two slots, each with its channels of 32-bit float samples, inputs first, and a doorbell each way.
     *
     * @param section its name: a lower-case C identifier, unique within the region
     * @param comment what it is for, in one sentence; goes into the header and the schema
     * @param asker who sends blocks to be rendered
     * @param answerer who renders them
     * @param geometry the channels of a slot and the most frames of a block
     * @return this builder
     */
    public RegionBuilder audioBlocks(
            final String section,
            final String comment,
            final Role asker,
            final Role answerer,
            final AudioGeometry geometry) {
        final Set<Role> both = Set.of(asker, answerer);
        return add(
                new SectionSpec(section, SectionKind.AUDIO_BLOCKS, comment, both, both)
                        .headed(Heads.AUDIO_BLOCKS)
                        .structs(Heads.AUDIO_SLOT, 2)
                        .audio(geometry));
    }

    /**
     * Adds named 64-bit counters.
     *
     * @param section its name: a lower-case C identifier, unique within the region
     * @param comment what it is for, in one sentence; goes into the header and the schema
     * @param writer who alone counts
     * @param counterNames an identifier for each, at least one, in the order of their indices
     * @return this builder
     * @throws IllegalArgumentException if two have one name, or one is no identifier
     */
    public RegionBuilder counters(
            final String section,
            final String comment,
            final Role writer,
            final String... counterNames) {
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
        return add(
                new SectionSpec(section, SectionKind.COUNTERS, comment, Set.of(writer), null)
                        .scalars(FieldType.INT64, counterNames.length)
                        .named(List.of(counterNames)));
    }

    /**
     * Adds a histogram of values from 0 to 2⁴⁰, each known to one part in 16.
     *
     * @param section its name: a lower-case C identifier, unique within the region
     * @param comment what it is for, in one sentence; goes into the header and the schema
     * @param writer who alone counts
     * @return this builder
     */
    public RegionBuilder histogram(final String section, final String comment, final Role writer) {
        return add(
                new SectionSpec(section, SectionKind.HISTOGRAM, comment, Set.of(writer), null)
                        .scalars(FieldType.INT64, StandardRegion.HISTOGRAM_BUCKETS));
    }

    /**
     * Adds a cell for each role, by code: pid, start time, state and heartbeat. Each cell has line pairs of its own.
     *
     * @param section its name: a lower-case C identifier, unique within the region
     * @param comment what it is for, in one sentence; goes into the header and the schema
     * @param roles who takes part; their codes start at 0 and leave none out
     * @return this builder
     * @throws IllegalArgumentException if the codes are not 0, 1, 2 and so on
     */
    public RegionBuilder roles(final String section, final String comment, final List<Role> roles) {
        for (int i = 0; i < roles.size(); i++) {
            if (roles.get(i).code() != i) {
                throw new IllegalArgumentException(
                        "The section \""
                                + section
                                + "\" has a cell for each role by code, so the codes must be 0, 1,"
                                + " 2 and so on, but number "
                                + i
                                + " is "
                                + roles.get(i)
                                + ".");
            }
        }
        final Set<Role> all = Set.copyOf(roles);
        return add(
                new SectionSpec(section, SectionKind.ROLES, comment, all, all)
                        .structs(StandardStructs.ROLE, roles.size())
                        .strideOf(Layouts.align(StandardStructs.ROLE.size(), Layouts.LINE_PAIR)));
    }

    /**
     * Ends the declaration.
     *
     * @return the declaration, with a place for each section and a schema as its last
     * @throws IllegalArgumentException if it has no section, two of one name, two roles of one code, or 2 GiB or more
     */
    public RegionDeclaration build() {
        if (specs.isEmpty()) {
            throw new IllegalArgumentException("The region \"" + name + "\" has no section.");
        }
        return RegionDeclaration.place(name, specs, parameters);
    }

    @Override
    RegionBuilder add(final SectionSpec spec) {
        if (Names.check("section", spec.name).equals(RegionDeclaration.SCHEMA)) {
            throw new IllegalArgumentException(
                    "A section cannot be named \""
                            + RegionDeclaration.SCHEMA
                            + "\": every region has one of that name, made by the library.");
        }
        if (!names.add(spec.name)) {
            throw new IllegalArgumentException(
                    "The region \"" + name + "\" has two sections named \"" + spec.name + "\".");
        }
        if (specs.size() == RegionHeader.MAX_SECTIONS - 1) {
            throw new IllegalArgumentException(
                    "The region \""
                            + name
                            + "\" has more than "
                            + (RegionHeader.MAX_SECTIONS - 1)
                            + " sections.");
        }
        specs.add(spec);
        return this;
    }
}

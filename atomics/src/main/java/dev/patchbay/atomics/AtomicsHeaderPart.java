// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.CNames;
import dev.patchbay.layout.CNames.Function;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.Section;
import dev.patchbay.layout.SectionKind;
import dev.patchbay.layout.header.CText;
import dev.patchbay.layout.header.HeaderPart;
import java.util.Set;
import java.util.stream.Collectors;

/** The C side of this module's primitives. */
public final class AtomicsHeaderPart implements HeaderPart {
    private static final String CELLS =
            """
/* Loads the element of this number with acquire; 0 beyond the last. Any thread. Pairs with the stores with release of
   %5$s, in C or in Java. */
static inline %1$s %2$s(const pb_section *section, uint32_t index)
{
    return index < section->count
        ? pb_%4$s_get_acquire((const %1$s *)pb_section_element(section, index)) : (%1$s)0;
}

/* Stores the element of this number with release; does nothing beyond the last. By %5$s alone, one thread. Pairs with
   the loads with acquire of %6$s, in C or in Java. */
static inline void %3$s(const pb_section *section, uint32_t index, %1$s value)
{
    if (index < section->count)
        pb_%4$s_set_release((%1$s *)pb_section_element(section, index), value);
}

""";

    private static final String SNAPSHOT =
            """
/* Copies the struct: 1, or 0 where the writer interfered at each of so many tries; target holds a mixture then. Any
   thread. Partner: pb_snapshot_write, or Snapshot.write in Java, by %4$s. */
static inline int %2$s(const pb_section *section, %1$s *target, int tries)
{
    return pb_snapshot_read(section, target, tries);
}

/* Publishes the struct: readers see all of it or none. By %4$s alone, one thread. Partner: pb_snapshot_read, or
   Snapshot.read in Java, by %5$s. */
static inline void %3$s(const pb_section *section, const %1$s *source)
{
    pb_snapshot_write(section, source);
}

""";

    private static final String BROADCAST =
            """
/* Takes the next message: PB_BROADCAST_MESSAGE, PB_BROADCAST_NOTHING or PB_BROADCAST_OVERRUN; target's content is undefined
   after the last two. By the reader's own thread. Partner: pb_broadcast_write, or BroadcastWriter.write in Java, by %4$s. */
static inline pb_broadcast_result %2$s(const pb_section *section, pb_broadcast_reader *reader, %1$s *target)
{
    return pb_broadcast_read(section, reader, target);
}

/* Publishes a message; never waits or refuses. By %4$s alone, one thread. Partner: pb_broadcast_read, or
   BroadcastReader.read in Java, by %5$s. */
static inline void %3$s(const pb_section *section, const %1$s *source)
{
    pb_broadcast_write(section, source);
}

""";

    private static final String TRIPLE_BUFFER =
            """
/* The elements that the reader has taken by pb_triple_refresh, section->count of them, for plain loads until it does so
   again. By %5$s alone, one thread. Partner: pb_triple_publish, or TripleBuffer.publish in Java. */
static inline const %1$s *%2$s(const pb_section *section)
{
    return (const %1$s *)pb_triple_reader(section);
}

/* The elements that the writer may fill, section->count of them, with plain stores; pb_triple_publish offers them. They
   hold what they held some publications ago. By %4$s alone, one thread. Partner: pb_triple_refresh, or
   TripleBuffer.refresh in Java. */
static inline %1$s *%3$s(const pb_section *section)
{
    return (%1$s *)pb_triple_writer(section);
}

""";

    /** For the service loader. */
    public AtomicsHeaderPart() {}

    @Override
    public int order() {
        return 100;
    }

    @Override
    public String text() {
        return read("cells.h")
                + read("voice_states.h")
                + read("atomics.h")
                + read("role_cell.h")
                + read("meters.h");
    }

    private static String read(final String name) {
        return CText.read(name, AtomicsHeaderPart.class.getResourceAsStream(name));
    }

    @Override
    public String section(final CNames names, final Section section) {
        final String type = names.elementType(section);
        final String writers = roles(section.writers());
        final String readers = roles(section.readers());
        return switch (section.kind()) {
            case ARRAY, PARAMETERS, VOICE_STATES ->
                    CELLS.formatted(
                            type,
                            names.function(section, Function.GET_ACQUIRE),
                            names.function(section, Function.SET_RELEASE),
                            type.replaceAll("_t$", ""),
                            writers,
                            readers);
            case SNAPSHOT, BROADCAST ->
                    (section.kind() == SectionKind.SNAPSHOT ? SNAPSHOT : BROADCAST)
                            .formatted(
                                    type,
                                    names.function(section, Function.READ),
                                    names.function(section, Function.WRITE),
                                    writers,
                                    readers);
            case TRIPLE_BUFFER ->
                    TRIPLE_BUFFER.formatted(
                            type,
                            names.function(section, Function.READER),
                            names.function(section, Function.WRITER),
                            writers,
                            readers);
            default -> "";
        };
    }

    private static String roles(final Set<Role> roles) {
        return roles.isEmpty()
                ? "nobody"
                : roles.stream().map(Role::name).collect(Collectors.joining(", "));
    }
}

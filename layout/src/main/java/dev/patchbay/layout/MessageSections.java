// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.Set;

/** The sections of a {@link RegionBuilder} that hand on messages one after the other: broadcasts, queues of events and rings. */
abstract sealed class MessageSections permits RegionBuilder {
    MessageSections() {}

    /** Adds a section. */
    abstract RegionBuilder add(SectionSpec spec);

    /**
     * Adds a broadcast: the last messages of one writer, who never waits and overwrites the oldest, for any number of readers, each
     * at a position of its own.
     *
     * @param section its name: a lower-case C identifier, unique within the region
     * @param comment what it is for, in one sentence; goes into the header and the schema
     * @param writer who alone publishes messages
     * @param struct the type of a message, whose size must be a multiple of 8 bytes
     * @param capacity slots, a power of two: so many messages a reader may be behind
     * @return this builder
     * @throws IllegalArgumentException if the struct's size is no multiple of 8 bytes, or the capacity no power of two
     */
    public RegionBuilder broadcast(
            final String section,
            final String comment,
            final Role writer,
            final StructType struct,
            final int capacity) {
        wholeWords("broadcast", section, struct);
        powerOfTwo("broadcast", section, capacity);
        return add(
                new SectionSpec(section, SectionKind.BROADCAST, comment, Set.of(writer), null)
                        .headed(Heads.BROADCAST)
                        .structs(struct, capacity)
                        .strideOf(Heads.BROADCAST_SLOT.size() + struct.size()));
    }

    /**
     * Adds an event queue.
     *
     * @param section its name: a lower-case C identifier, unique within the region
     * @param comment what it is for, in one sentence; goes into the header and the schema
     * @param producer who alone appends events
     * @param consumer who alone takes them
     * @param capacity slots, a power of two
     * @return this builder
     * @throws IllegalArgumentException if the capacity is no power of two
     */
    public RegionBuilder eventQueue(
            final String section,
            final String comment,
            final Role producer,
            final Role consumer,
            final int capacity) {
        powerOfTwo("queue", section, capacity);
        return add(
                new SectionSpec(
                                section,
                                SectionKind.EVENT_QUEUE,
                                comment,
                                Set.of(producer),
                                Set.of(consumer))
                        .headed(Heads.EVENT_QUEUE)
                        .structs(EventDescriptor.STRUCT, capacity));
    }

    /**
     * Adds an event queue for many producers: before the slots a lane for each role, by which a dead producer's claim is told from a
     * live one's; behind them a commit word for each.
     *
     * @param section its name: a lower-case C identifier, unique within the region
     * @param comment what it is for, in one sentence; goes into the header and the schema
     * @param producers who append events
     * @param consumer who alone takes them
     * @param capacity slots, a power of two
     * @return this builder
     * @throws IllegalArgumentException if the capacity is no power of two
     */
    public RegionBuilder sharedEventQueue(
            final String section,
            final String comment,
            final Set<Role> producers,
            final Role consumer,
            final int capacity) {
        powerOfTwo("queue", section, capacity);
        return add(
                new SectionSpec(
                                section,
                                SectionKind.SHARED_EVENT_QUEUE,
                                comment,
                                producers,
                                Set.of(consumer))
                        .headed(Heads.SHARED_EVENT_QUEUE)
                        .structs(EventDescriptor.STRUCT, capacity)
                        .trailed((long) capacity * Heads.COMMIT_WORD));
    }

    /**
     * Adds a ring of records of any length, with the bytes of Agrona's OneToOneRingBuffer: the data, then a trailer;
     * before them the count of what was refused.
     *
     * @param section its name: a lower-case C identifier, unique within the region
     * @param comment what it is for, in one sentence; goes into the header and the schema
     * @param producer who alone appends records
     * @param consumer who alone takes them
     * @param capacity bytes of data, a power of two; a record takes at most an eighth
     * @return this builder
     * @throws IllegalArgumentException if the capacity is no power of two
     */
    public RegionBuilder ring(
            final String section,
            final String comment,
            final Role producer,
            final Role consumer,
            final int capacity) {
        return ring(SectionKind.RING, section, comment, Set.of(producer), consumer, capacity);
    }

    /**
     * Adds a ring of records of any length for many producers, with the bytes of Agrona's ManyToOneRingBuffer;
     * before them a lane for each role, by which a dead producer's claim is told from a live one's.
     *
     * @param section its name: a lower-case C identifier, unique within the region
     * @param comment what it is for, in one sentence; goes into the header and the schema
     * @param producers who append records
     * @param consumer who alone takes them
     * @param capacity bytes of data, a power of two; a record takes at most an eighth
     * @return this builder
     * @throws IllegalArgumentException if the capacity is no power of two
     */
    public RegionBuilder sharedRing(
            final String section,
            final String comment,
            final Set<Role> producers,
            final Role consumer,
            final int capacity) {
        return ring(SectionKind.SHARED_RING, section, comment, producers, consumer, capacity);
    }

    private RegionBuilder ring(
            final SectionKind kind,
            final String section,
            final String comment,
            final Set<Role> producers,
            final Role consumer,
            final int capacity) {
        powerOfTwo("ring", section, capacity);
        if (capacity < RingDescriptor.MIN_CAPACITY) {
            throw new IllegalArgumentException(
                    "The ring \""
                            + section
                            + "\" needs at least "
                            + RingDescriptor.MIN_CAPACITY
                            + " bytes, but has "
                            + capacity
                            + ".");
        }
        return add(
                new SectionSpec(section, kind, comment, producers, Set.of(consumer))
                        .headed(RingDescriptor.headOf(kind))
                        .scalars(FieldType.UINT8, capacity)
                        .trailed(RingDescriptor.TRAILER.size()));
    }

    private static void powerOfTwo(final String what, final String section, final int capacity) {
        if (capacity < 1 || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException(
                    "The capacity of the "
                            + what
                            + " \""
                            + section
                            + "\" must be a power of two, but it is "
                            + capacity
                            + ".");
        }
    }

    static void wholeWords(final String what, final String section, final StructType struct) {
        if (struct.size() % Long.BYTES != 0) {
            throw new IllegalArgumentException(
                    "The "
                            + what
                            + " \""
                            + section
                            + "\" is copied in words of 8 bytes, but its struct has "
                            + struct.size()
                            + ". Add a field, or align(8) at its end.");
        }
    }
}

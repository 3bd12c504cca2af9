// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static dev.patchbay.stress.model.PrimitiveScenarios.expect;

import dev.patchbay.eventqueue.RecordWriter;
import dev.patchbay.eventqueue.RingReader;
import dev.patchbay.eventqueue.RingWriter;
import dev.patchbay.eventqueue.SharedRingWriter;
import dev.patchbay.layout.RegionBuilder;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.RingDescriptor;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.SectionKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.concurrent.ControlledMessageHandler.Action;
import org.agrona.concurrent.UnsafeBuffer;

/** What who writes to a ring of records or reads from it does at the edges, and with bytes that no program of this library leaves. */
final class RingOperationScenarios {
    static final int DATA = RingDescriptor.SHARED_HEAD.size();
    static final int CAPACITY = 64;
    static final int CLEARED = RingDescriptor.SHARED_HEAD.offset("cleared");
    private static final int TAIL = trailer("tail");
    private static final int HEAD_CACHE = trailer("head_cache");
    static final int HEAD = trailer("head");

    private RingOperationScenarios() {}

    /** Those of a ring with one producer. */
    static Map<String, Scenario> single() {
        final Map<String, Scenario> all = new LinkedHashMap<>();
        all.put("ring, of a section", section(SectionKind.RING));
        all.put("ring, reads with limits", reads(false));
        all.put("ring, controlled reads", controlledReads(false));
        all.put("ring, broken records", brokenRecords(false));
        all.put("ring, no room but for one", edges(false));
        all.put("ring, room at the front", front(false, true));
        all.put("ring, no room at the front", front(false, false));
        all.put("ring, its size beside a write and 2 reads", size(false));
        return all;
    }

    /** Those of a ring with many producers. */
    static Map<String, Scenario> shared() {
        final Map<String, Scenario> all = new LinkedHashMap<>();
        all.put("shared ring, of a section", section(SectionKind.SHARED_RING));
        all.put("shared ring, reads with limits", reads(true));
        all.put("shared ring, broken records", brokenRecords(true));
        all.put("shared ring, no room but for one", edges(true));
        all.put("shared ring, room at the front", front(true, true));
        all.put("shared ring, no room at the front", front(true, false));
        all.put("shared ring, its size beside a write and 2 reads", size(true));
        return all;
    }

    private static int trailer(final String field) {
        return DATA + CAPACITY + RingDescriptor.TRAILER.offset(field);
    }

    static ModelBuffer memory(final Setup setup, final long start, final boolean shared) {
        final ModelBuffer memory = RingScenarios.memory(setup, DATA, CAPACITY, start);
        setup.name(0, "head of the section");
        if (shared) {
            memory.putLong(CLEARED, start);
        }
        return memory;
    }

    private static RecordWriter writer(final ModelBuffer memory, final boolean shared) {
        return shared
                ? new SharedRingWriter(memory, 0, DATA, CAPACITY, Role.UI)
                : new RingWriter(memory, 0, DATA, CAPACITY);
    }

    static RingReader reader(final ModelBuffer memory, final boolean shared) {
        return shared
                ? RingReader.shared(memory, 0, DATA, CAPACITY)
                : RingReader.single(memory, DATA, CAPACITY);
    }

    private static boolean write(final RecordWriter writer, final int type, final int length) {
        return writer.write(type, new UnsafeBuffer(ByteBuffer.allocate(8)), 0, length);
    }

    /** A committed record, claimed if the length is negative. */
    static void record(
            final ModelBuffer memory, final int index, final int length, final int type) {
        memory.putInt(DATA + index, length);
        memory.putInt(DATA + index + 4, type);
    }

    static void positions(final ModelBuffer memory, final long head, final long tail) {
        memory.putLong(HEAD, head);
        memory.putLong(HEAD_CACHE, head);
        memory.putLong(TAIL, tail);
        memory.putLong(CLEARED, head);
    }

    /** One who stores right behind the data, which are nobody's business but his. */
    static void neighbour(final Setup setup, final ModelBuffer memory) {
        setup.actor("neighbour", () -> memory.putLong(DATA + CAPACITY, 16));
    }

    private static Scenario section(final SectionKind kind) {
        final boolean shared = kind == SectionKind.SHARED_RING;
        final RegionBuilder builder = RegionDeclaration.named("model");
        final RegionDeclaration declaration =
                (shared
                                ? builder.sharedRing("it", "", Set.of(Role.UI), Role.RT, CAPACITY)
                                : builder.ring("it", "", Role.UI, Role.RT, CAPACITY))
                        .build();
        final SectionEntry entry = declaration.section("it").entry();
        final ByteBuffer image = new RegionImage(declaration).bytes();
        return setup -> {
            final ModelBuffer memory = setup.memory(image);
            final boolean[] accepted = {false};
            final List<Integer> taken = new ArrayList<>();
            setup.actor(
                    "producer",
                    () ->
                            accepted[0] =
                                    write(
                                            shared
                                                    ? SharedRingWriter.over(memory, entry, Role.UI)
                                                    : RingWriter.over(memory, entry),
                                            1,
                                            8));
            setup.actor(
                    "consumer",
                    () -> RingReader.over(memory, entry).read((t, b, i, n) -> taken.add(t), 1));
            setup.check(
                    () -> {
                        RingReader.over(memory, entry).read((t, b, i, n) -> taken.add(t), 1);
                        expect(accepted[0] && taken.equals(List.of(1)), "it arrives, once");
                        final long first = memory.getLong((int) entry.offset());
                        expect(
                                first == (shared ? 16 : 0),
                                "only a ring with many producers notes what is being cleared");
                    });
        };
    }

    private static Scenario reads(final boolean shared) {
        return setup -> {
            final ModelBuffer memory = memory(setup, 0, true);
            final RecordWriter writer = writer(memory, shared);
            for (int type = 1; type <= 3; type++) {
                expect(write(writer, type, 8), "there is room");
            }
            neighbour(setup, memory);
            final List<Integer> taken = new ArrayList<>();
            setup.actor(
                    "consumer",
                    () -> {
                        final RingReader reader = reader(memory, shared);
                        expect(reader.size() == 48, "claimed is what was written");
                        expect(reader.read((t, b, i, n) -> taken.add(t), 0) == 0, "none asked for");
                        expect(reader.read((t, b, i, n) -> taken.add(t), 1) == 1, "one asked for");
                        expect(taken.equals(List.of(1)), "the oldest comes first");
                        expect(reader.size() == 32, "one was given back");
                        expect(write(writer, 4, 8), "its room can be had");
                        expect(reader.read((t, b, i, n) -> taken.add(t), 9) == 3, "up to the end");
                        expect(reader.read((t, b, i, n) -> taken.add(t), 9) == 0, "and no more");
                        expect(taken.equals(List.of(1, 2, 3, 4)), "each comes once, in order");
                        expect(reader.size() == 0 && writer.size() == 0, "nothing is left");
                    });
        };
    }

    private static Scenario controlledReads(final boolean shared) {
        return setup -> {
            final ModelBuffer memory = memory(setup, 0, true);
            final RecordWriter writer = writer(memory, shared);
            for (int type = 1; type <= 3; type++) {
                expect(write(writer, type, 8), "there is room");
            }
            neighbour(setup, memory);
            final List<Integer> taken = new ArrayList<>();
            setup.actor(
                    "consumer",
                    () -> {
                        final RingReader reader = reader(memory, shared);
                        final int none = reader.controlledRead((t, b, i, n) -> Action.CONTINUE, 0);
                        expect(none == 0 && reader.size() == 48, "none asked for");
                        final int aborted = reader.controlledRead((t, b, i, n) -> Action.ABORT, 9);
                        expect(aborted == 0 && reader.size() == 48, "what is aborted stays");
                        final int broken = reader.controlledRead((t, b, i, n) -> Action.BREAK, 9);
                        expect(broken == 1 && reader.size() == 32, "a break ends after one");
                        expect(write(writer, 4, 8), "there is room");
                        final int[] held = new int[2];
                        final int two =
                                reader.controlledRead(
                                        (t, b, i, n) -> {
                                            expect(
                                                    i == DATA + 16 * (t - 1) + 8 && n == 8,
                                                    "each is where it lies");
                                            held[t - 2] = reader.size();
                                            taken.add(t);
                                            return Action.COMMIT;
                                        },
                                        2);
                        expect(two == 2 && taken.equals(List.of(2, 3)), "as many as asked for");
                        expect(held[0] == 48 && held[1] == 32, "a commit gives back at once");
                        final int last =
                                reader.controlledRead(
                                        (t, b, i, n) -> {
                                            taken.add(t);
                                            return Action.CONTINUE;
                                        },
                                        9);
                        expect(last == 1 && taken.equals(List.of(2, 3, 4)), "up to the end");
                        expect(reader.size() == 0, "nothing is left");
                        positions(memory, 0, 0);
                        expect(write(writer, 5, 8) && write(writer, 6, 8), "there is room");
                        final int both =
                                reader.controlledRead(
                                        (t, b, i, n) -> {
                                            expect(reader.size() == 32, "none is given back yet");
                                            return Action.CONTINUE;
                                        },
                                        9);
                        expect(both == 2 && reader.size() == 0, "both are given back together");
                        positions(memory, 0, 56);
                        record(memory, 0, 40, RingDescriptor.PADDING);
                        record(memory, 40, 16, 7);
                        record(memory, 56, 0, 0);
                        final int abortedLater =
                                reader.controlledRead((t, b, i, n) -> Action.ABORT, 9);
                        expect(abortedLater == 0 && reader.size() == 16, "padding is passed over");
                        final int empty = reader.controlledRead((t, b, i, n) -> Action.CONTINUE, 9);
                        expect(empty == 1 && reader.size() == 0, "the message is behind it");
                        broken(memory, reader, true);
                    });
        };
    }

    private static int read(final RingReader reader, final boolean controlled) {
        return controlled
                ? reader.controlledRead(
                        (t, b, i, n) -> {
                            expect(t == 1, "only a record is believed");
                            return Action.COMMIT;
                        },
                        9)
                : reader.read((t, b, i, n) -> expect(t == 1, "only a record is believed"), 9);
    }

    /** A padding and a message are taken before what is none, and that is told then. */
    private static void broken(
            final ModelBuffer memory, final RingReader reader, final boolean controlled) {
        positions(memory, 0, 64);
        record(memory, 0, 16, 1);
        record(memory, 16, 40, 1);
        expect(read(reader, controlled) == 1, "what comes before is taken");
        expect(read(reader, controlled) == RingReader.CORRUPT, "and then it is told");
        positions(memory, 0, 64);
        record(memory, 0, 16, RingDescriptor.PADDING);
        record(memory, 16, 40, 1);
        expect(read(reader, controlled) == 0, "padding before is passed over");
        expect(read(reader, controlled) == RingReader.CORRUPT, "and then it is told");
        positions(memory, 4, 64);
        record(memory, 4, 16, 2);
        expect(read(reader, controlled) == RingReader.CORRUPT, "a head between records is none");
    }

    private static Scenario brokenRecords(final boolean shared) {
        return setup -> {
            final ModelBuffer memory = memory(setup, 0, true);
            setup.actor(
                    "consumer",
                    () -> {
                        final RingReader reader = reader(memory, shared);
                        final int[][] none = {{24, 1}, {4, 1}, {8, 0}, {8, -2}, {72, -1}};
                        for (final int[] header : none) {
                            positions(memory, 0, 64);
                            record(memory, 0, header[0], header[1]);
                            expect(
                                    read(reader, false) == RingReader.CORRUPT,
                                    "what is no record is told");
                        }
                        positions(memory, 0, 40);
                        record(memory, 0, 40, RingDescriptor.PADDING);
                        record(memory, 40, 0, 0);
                        expect(read(reader, false) == 0, "padding may be longer than a message");
                        expect(reader.size() == 0, "and is given back");
                        if (!shared) {
                            broken(memory, reader, false);
                            final RecordWriter writer = writer(memory, false);
                            positions(memory, 0, 4);
                            expect(!write(writer, 1, 8), "a tail between records takes none");
                            expect(writer.dropped() == 1, "and that is counted");
                        } else {
                            final RecordWriter writer = writer(memory, true);
                            positions(memory, 0, 4);
                            expect(!write(writer, 1, 8), "a tail between records takes none");
                            expect(writer.dropped() == 1, "and that is counted");
                        }
                    });
        };
    }

    /** Room for exactly one message more: it is accepted, and the next is not. */
    private static Scenario edges(final boolean shared) {
        return setup -> {
            final ModelBuffer memory = memory(setup, shared ? 0 : 8, shared);
            setup.actor(
                    "producer",
                    () -> {
                        final RecordWriter writer = writer(memory, shared);
                        expect(writer.maxLength() == 8, "a small ring takes messages of 8 bytes");
                        expect(write(writer, 1, 8) && write(writer, 2, 8), "there is room");
                        expect(write(writer, 3, shared ? 8 : 0), "there is room");
                        expect(write(writer, 4, 8), "the last room can be had");
                        expect(!write(writer, 5, 8), "what is full is full");
                        expect(writer.dropped() == 1, "that is counted");
                        expect(reader(memory, shared).read((t, b, i, n) -> {}, 1) == 1, "one");
                        expect(write(writer, 6, 8), "what was given back is just enough");
                        expect(
                                new RingWriter(memory, 0, DATA, RingDescriptor.MIN_CAPACITY)
                                                .maxLength()
                                        == 0,
                                "the smallest ring takes messages without bytes");
                    });
        };
    }

    /**
     * At the end of the data, with a head in the cache that leaves no room at the front: with what was read since it is just enough, or it is
     * not.
     */
    private static Scenario front(final boolean shared, final boolean fits) {
        return setup -> {
            final ModelBuffer memory = memory(setup, shared ? 8 : 16, shared);
            setup.actor(
                    "both",
                    () -> {
                        final RecordWriter writer = writer(memory, shared);
                        final RingReader reader = reader(memory, shared);
                        expect(write(writer, 1, 0) && write(writer, 2, 8), "there is room");
                        expect(write(writer, 3, 8), "there is room");
                        expect(!shared || write(writer, 4, 0), "there is room");
                        final List<Integer> taken = new ArrayList<>();
                        if (fits) {
                            expect(reader.read((t, b, i, n) -> taken.add(t), 1) == 1, "one");
                        }
                        expect(write(writer, 5, 8) == fits, "there is room if there is");
                        expect(
                                reader.size() == (fits ? (shared ? 64 : 56) : shared ? 56 : 48),
                                "the end of the data is padded");
                        reader.read((t, b, i, n) -> taken.add(t), 9);
                        expect(fits || reader.size() == 0, "padding is given back");
                        expect(write(writer, 6, 8), "there is room again");
                        reader.read((t, b, i, n) -> taken.add(t), 9);
                        expect(taken.contains(5) == fits && taken.contains(6), "it arrives");
                        expect(writer.dropped() == (fits ? 0 : 1), "what was refused is counted");
                    });
        };
    }

    /**
     * Another looks at the size while a message is sent into the last room, and more is read only after it. No size is told that never was.
     */
    private static Scenario size(final boolean shared) {
        return setup -> {
            final ModelBuffer memory = memory(setup, shared ? 8 : 16, shared);
            final int sent = CLEARED + 64;
            final RecordWriter writer = writer(memory, shared);
            for (int type = 1; type <= 3; type++) {
                expect(write(writer, type, 8), "there is room");
            }
            expect(!shared || write(writer, 4, 0), "there is room");
            final int full = writer.size();
            setup.actor(
                    "producer",
                    () -> {
                        if (write(writer(memory, shared), 5, 8)) {
                            memory.putIntRelease(sent, 1);
                        }
                    });
            setup.actor(
                    "consumer",
                    () -> {
                        final RingReader reader = reader(memory, shared);
                        reader.read((t, b, i, n) -> {}, 1);
                        if (memory.getIntAcquire(sent) == 1) {
                            reader.read((t, b, i, n) -> {}, 9);
                        }
                    });
            setup.actor(
                    "observer",
                    () -> {
                        final int size = RingReader.single(memory, DATA, CAPACITY).size();
                        expect(
                                size == full || size == full - 16 || size == 16,
                                "a size is one that there was");
                    });
        };
    }
}

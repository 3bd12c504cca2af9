// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.soak;

import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.layout.StructType;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The region of the soak: one of each primitive, the journals of all sides, and what the coordinator orders. */
final class SoakRegion {
    static final Role WATCH = new Role("watch", 0);
    static final Role WRITER = new Role("writer", 1);
    static final Role SECOND = new Role("second", 2);
    static final Role READER = new Role("reader", 3);

    /** The words of a struct that is read whole. */
    static final int BLOCK_WORDS = 8;

    /** The elements of a copy of the triple buffer. */
    static final int BLOCKS = 4;

    /** The most events that are sent at a time. */
    static final int MOST_IN_A_BATCH = 4;

    /** The cells of each producer; their bits lie one producer's after the other's. */
    static final int CELLS = 64;

    /** The most bytes of a state. */
    static final int STATE_BYTES = 1000;

    /** The slots of the broadcast: few, so that readers are overrun. */
    static final int NEWS = 16;

    /** The meters. */
    static final int METERS = 4;

    /** The frames in a second by which a window of the meters has one frame. */
    static final int METER_RATE = 100;

    /** The parameters that are changed in bulk. */
    static final int PARAMETERS = 8;

    private static final StructType BLOCK =
            StructType.named("block", "Words that belong together.")
                    .array(FieldType.UINT64, "words", BLOCK_WORDS, "follow from the first")
                    .build();

    /** What the coordinator tells all. */
    enum Order {
        /** Not 0: producers end. */
        STOP_PRODUCERS,
        /** Not 0: the reader takes what is left and ends. */
        STOP_READER,
        /** The bits of the roles that are proved dead. */
        DEAD_ROLES
    }

    /** What a producer notes of a lane. */
    enum Sent {
        /** The number that it is about to send; of a batch, the last. */
        BEGUN,
        /** The number that it last sent. */
        DONE,
        /** How often the queue was full. */
        REFUSED
    }

    /** What the reader notes of a lane. */
    enum Received {
        /** The number that it last checked. */
        CHECKED,
        /** The number up to which it has given the queue's room back. */
        GIVEN_BACK,
        /** How many messages came again after a reader's death. */
        REPEATED,
        /** How many messages a killed producer had begun that did not come. */
        UNSENT,
        /** How many were overwritten before the reader came, as the primitive told it. */
        MISSED
    }

    /** The reader's word behind those of the lanes: the dead roles that it knows of. */
    static final int ACKNOWLEDGED = Lane.values().length * Received.values().length;

    static final RegionDeclaration DECLARATION =
            RegionDeclaration.named("soak")
                    .array("orders", "", WATCH, FieldType.INT64, Order.values().length)
                    .array("writer_journal", "", WRITER, FieldType.INT64, sentWords())
                    .array("second_journal", "", SECOND, FieldType.INT64, sentWords())
                    .array("reader_journal", "", READER, FieldType.INT64, ACKNOWLEDGED + 1)
                    .eventQueue("events", "", WRITER, READER, 64)
                    .sharedEventQueue("crowd", "", Set.of(WRITER, SECOND), READER, 64)
                    .eventQueue("sysex_events", "", WRITER, READER, 32)
                    .ring("sysex", "", WRITER, READER, 2048)
                    .ring("stream", "", WRITER, READER, 4096)
                    .sharedRing("post", "", Set.of(WRITER, SECOND), READER, 4096)
                    .snapshot("place", "", WRITER, BLOCK)
                    .tripleBuffer("copies", "", WRITER, READER, BLOCK, BLOCKS)
                    .blob("state", "", WRITER, READER, STATE_BYTES)
                    .array("writer_values", "", WRITER, FieldType.INT32, CELLS)
                    .array("second_values", "", SECOND, FieldType.INT32, CELLS)
                    .bitset("dirty", "", Set.of(WRITER, SECOND), READER, 2 * CELLS)
                    .broadcast("news", "", WRITER, BLOCK, NEWS)
                    .meters("levels", "", WRITER, METERS)
                    .tripleBuffer(
                            "changes",
                            "",
                            WRITER,
                            READER,
                            StandardStructs.PARAMETER_CHANGE,
                            PARAMETERS)
                    .build();

    private SoakRegion() {}

    private static int sentWords() {
        return Lane.values().length * Sent.values().length;
    }

    static SectionEntry section(final Region region, final String name) {
        return region.section(DECLARATION.section(name));
    }

    /**
     * The contents of a message: the word of a place follows from who sent it and its number. {@code word_of} in soak_common.h does the
     * same.
     */
    static long word(final int producer, final long number, final int place) {
        long word =
                number * 0x9E3779B97F4A7C15L
                        + producer * 0xBF58476D1CE4E5B9L
                        + place * 0x94D049BB133111EBL;
        word = (word ^ word >>> 30) * 0xBF58476D1CE4E5B9L;
        return word ^ word >>> 27;
    }

    /** How many events, from this number on, are sent at a time where there are batches. */
    static int batchOf(final long number) {
        return number % 7 == 0 ? 2 + (int) (number % (MOST_IN_A_BATCH - 1)) : 1;
    }

    /** The bytes of a record, of which the first sixteen are its number and its {@link #origin}. */
    static int recordLength(final long number) {
        return 16 + (int) (number * 7 % 113);
    }

    /** The bytes of a state, of which the first eight are its number. */
    static int stateLength(final long number) {
        return 8 + (int) (number * 13 % (STATE_BYTES - 7));
    }

    /** The cell that a change goes to. */
    static int cellOf(final long number) {
        return (int) (number * 5 % CELLS);
    }

    /** The sample that a meter gets in a window, and the value that a parameter gets in a transaction: 0 to 1, exact as a float. */
    static float level(final long number, final int index) {
        return (float) ((number * 8 + index) % (1 << 20) + 1) / (1 << 21);
    }

    /** The newest transaction up to one that sets a parameter, or 0 where none does: each sets the first parameter, few set the last. */
    static long setBy(final long transaction, final int parameter) {
        return transaction - transaction % (parameter + 1);
    }

    /**
     * What a message says of its sender: whether it is the first of this process, and the number up to which its predecessor is
     * known to have sent.
     */
    static long origin(final boolean isFirst, final long floor) {
        return floor << 1 | (isFirst ? 1 : 0);
    }

    /** The numbers that soak.c needs beside the header of the region. */
    static String numbers() {
        final StringBuilder text = new StringBuilder();
        define(text, "BLOCK_WORDS", BLOCK_WORDS);
        define(text, "BLOCKS", BLOCKS);
        define(text, "CELLS", CELLS);
        define(text, "STATE_BYTES", STATE_BYTES);
        define(text, "MOST_IN_A_BATCH", MOST_IN_A_BATCH);
        define(text, "ACKNOWLEDGED", ACKNOWLEDGED);
        define(text, "METERS_COUNT", METERS);
        define(text, "METER_RATE", METER_RATE);
        define(text, "PARAMETERS", PARAMETERS);
        final List<Lane> all = List.of(Lane.values());
        define(text, "LANE_NAMES", all, lane -> '"' + lane.name() + '"');
        define(text, "LANES_QUEUED", all, lane -> lane.isQueued() ? "1" : "0");
        define(text, "LANES_BATCHED", all, lane -> lane.isBatched() ? "1" : "0");
        define(text, "LANES_NUMBERED", all, lane -> lane.isNumbered() ? "1" : "0");
        define(text, "LANE_PRODUCERS", all, lane -> Integer.toString(lane.producer().code()));
        for (final Enum<?>[] group :
                List.<Enum<?>[]>of(
                        Lane.values(), Order.values(), Sent.values(), Received.values())) {
            for (final Enum<?> one : group) {
                define(text, one.name(), one.ordinal());
            }
            define(
                    text,
                    group[0].getDeclaringClass().getSimpleName().toUpperCase(Locale.ROOT) + "S",
                    group.length);
        }
        return text.toString();
    }

    private static void define(final StringBuilder text, final String name, final int value) {
        text.append("#define SOAK_").append(name).append(' ').append(value).append('\n');
    }

    private static void define(
            final StringBuilder text,
            final String name,
            final List<Lane> lanes,
            final Function<Lane, String> what) {
        text.append("#define SOAK_")
                .append(name)
                .append(lanes.stream().map(what).collect(Collectors.joining(", ", " ", "\n")));
    }
}

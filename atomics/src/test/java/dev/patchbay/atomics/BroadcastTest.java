// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.atomics.BroadcastReader.Result;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StructType;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.AtomicBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BroadcastTest {
    private static final StructType MESSAGE =
            StructType.named("message", "Three words.")
                    .array(FieldType.INT64, "words", 3, "")
                    .build();
    private static final RegionDeclaration DECLARATION =
            RegionDeclaration.named("radio").broadcast("news", "", Role.RT, MESSAGE, 4).build();
    private static final int CAPACITY = 4;
    private static final int WORDS = 3;

    private final AtomicBuffer buffer = Region.scratch(new RegionImage(DECLARATION));
    private final SectionEntry section = DECLARATION.section("news").entry();
    private final BroadcastWriter writer = BroadcastWriter.over(buffer, section);
    private final long[] found = new long[WORDS];

    private BroadcastReader reader() {
        return BroadcastReader.over(Loads.over(buffer), section);
    }

    private static long[] message(final long value) {
        final long[] words = new long[WORDS];
        Arrays.fill(words, value);
        return words;
    }

    private void write(final long first, final long last) {
        for (long value = first; value <= last; value++) {
            writer.write(message(value));
        }
    }

    private void isNext(final BroadcastReader reader, final long value) {
        Arrays.fill(found, -99);
        assertEquals(Result.MESSAGE, reader.read(found));
        assertArrayEquals(message(value), found);
    }

    @Test
    void itsSizesAreThoseOfTheSection() {
        assertEquals(CAPACITY, writer.capacity());
        assertEquals(CAPACITY, reader().capacity());
        assertEquals(WORDS, writer.words());
        assertEquals(WORDS, reader().words());
        assertEquals(8 + 8 * WORDS, section.stride());
    }

    @Test
    void everyReaderGetsEveryMessageInOrder() {
        final BroadcastReader one = reader();
        final BroadcastReader two = reader();
        assertEquals(Result.NOTHING, one.read(found));
        write(1, 3);
        for (long value = 1; value <= 3; value++) {
            isNext(one, value);
        }
        assertEquals(Result.NOTHING, one.read(found));
        write(4, 4);
        for (long value = 1; value <= 4; value++) {
            isNext(two, value);
        }
        isNext(one, 4);
        assertEquals(4, one.position());
        assertEquals(4, writer.position());
    }

    @Test
    void aReaderThatIsAsFarBehindAsThereAreSlotsLosesNothing() {
        final BroadcastReader reader = reader();
        write(1, CAPACITY);
        isNext(reader, 1);
    }

    @Test
    void aReaderThatIsFurtherBehindIsToldHowManyItLostAndGoesOnWithTheOldest() {
        for (int more = 1; more <= 3 * CAPACITY; more++) {
            final BroadcastReader reader = reader();
            reader.seekEnd();
            final long start = reader.position();
            write(start + 1, start + CAPACITY + more);
            assertEquals(Result.OVERRUN, reader.read(found));
            assertEquals(more, reader.lost());
            isNext(reader, start + more + 1);
            assertEquals(more, reader.lost(), "of the last overrun");
        }
    }

    @Test
    void whoComesLateBeginsWithTheNewestTheOldestOrTheNext() {
        final BroadcastReader reader = reader();
        reader.seekOldest();
        assertEquals(0, reader.position());
        write(1, 1);
        isNext(reader(), 1);
        write(2, 3);
        reader.seekOldest();
        isNext(reader, 1);
        reader.seekNewest();
        isNext(reader, 3);
        write(4, 7);
        reader.seekOldest();
        isNext(reader, 4);
        reader.seekNewest();
        isNext(reader, 7);
        reader.seekOldest();
        reader.seekEnd();
        assertEquals(Result.NOTHING, reader.read(found));
        write(8, 8);
        isNext(reader, 8);
    }

    @Test
    void whoComesBackGoesOnAtThePositionThatItKept() {
        write(1, 9);
        final BroadcastReader reader = reader();
        reader.seek(6);
        isNext(reader, 7);
        reader.seek(2);
        assertEquals(Result.OVERRUN, reader.read(found));
        assertEquals(3, reader.lost());
        isNext(reader, 6);
        reader.seek(10);
        assertEquals(Result.NOTHING, reader.read(found));
        write(10, 10);
        assertEquals(Result.NOTHING, reader.read(found));
        write(11, 11);
        isNext(reader, 11);
    }

    /** Where the position, or twice it, gets another sign or begins anew. */
    @ParameterizedTest
    @ValueSource(
            longs = {
                1L << 30,
                1L << 31,
                1L << 32,
                1L << 33,
                1L << 62,
                Long.MIN_VALUE,
                Long.MIN_VALUE + (1L << 62),
                0
            })
    void positionsAndSequenceNumbersMayWrap(final long wrap) {
        for (long before = 0; before <= 2 * CAPACITY; before++) {
            for (int behind = 0; behind <= 2 * CAPACITY; behind++) {
                final long start = wrap - before;
                buffer.putLong(tailAt(), start);
                final BroadcastReader reader = reader();
                reader.seekEnd();
                write(1, behind);
                if (behind > CAPACITY) {
                    assertEquals(Result.OVERRUN, reader.read(found), "at " + start);
                    assertEquals(behind - CAPACITY, reader.lost(), "at " + start);
                }
                for (long value = Math.max(1, behind - CAPACITY + 1); value <= behind; value++) {
                    isNext(reader, value);
                }
                assertEquals(Result.NOTHING, reader.read(found), "at " + start);
                assertEquals(start + behind, reader.position());
            }
        }
    }

    @Test
    void whoSeeksTheOldestNextToAWrapFindsIt() {
        for (final long wrap : new long[] {1L << 31, 1L << 32, 1L << 62, Long.MIN_VALUE}) {
            for (int before = 0; before <= CAPACITY; before++) {
                buffer.putLong(tailAt(), wrap - before);
                write(1, CAPACITY + 1);
                final BroadcastReader reader = reader();
                reader.seekOldest();
                isNext(reader, 2);
                reader.seekNewest();
                isNext(reader, CAPACITY + 1);
            }
        }
    }

    private int tailAt() {
        return (int) section.offset();
    }

    @Test
    void afterTheLastPositionOfAllOnlyWhatFollowedItCountsAsOldest() {
        buffer.putLong(tailAt(), -2);
        write(1, 3);
        final BroadcastReader reader = reader();
        reader.seekOldest();
        isNext(reader, 3);
    }

    /** The numbers in a slot tell the whole and the half message, wherever the writer died, and the successor goes on. */
    @Test
    void wherevertheWriterDiedReadersGoOnAndSoDoesItsSuccessor() {
        int deaths = 0;
        for (boolean died = true; died; deaths++) {
            final String when = "death " + deaths;
            final AtomicBuffer memory = Region.scratch(new RegionImage(DECLARATION));
            final BroadcastWriter first = BroadcastWriter.over(memory, section);
            for (long value = 1; value <= CAPACITY + 1; value++) {
                first.write(message(value));
            }
            final BroadcastReader[] readers = new BroadcastReader[3];
            Arrays.setAll(readers, i -> BroadcastReader.over(Loads.over(memory), section));
            readers[0].seekOldest();
            readers[1].seekNewest();
            readers[2].seekEnd();
            died =
                    MortalBuffer.dies(
                            memory,
                            deaths,
                            b -> BroadcastWriter.over(b, section).write(message(CAPACITY + 2)));
            final long[] last = {1, CAPACITY, CAPACITY + 1};
            for (int i = 0; i < readers.length; i++) {
                last[i] = drain(readers[i], last[i], when);
                assertEquals(died ? CAPACITY + 1 : CAPACITY + 2, last[i], when);
            }
            final BroadcastWriter successor = BroadcastWriter.over(memory, section);
            for (long value = last[0] + 1; value <= last[0] + 3; value++) {
                successor.write(message(value));
            }
            for (int i = 0; i < readers.length; i++) {
                assertEquals(last[i] + 3, drain(readers[i], last[i], when), when);
            }
        }
        assertTrue(deaths > WORDS + 2, "the test killed " + deaths + " times");
    }

    /** Reads all that is there after this value: the last, where each is the one before and those lost in between added up. */
    private static long drain(final BroadcastReader reader, final long value, final String when) {
        final long[] target = new long[WORDS];
        long last = value;
        while (true) {
            switch (reader.read(target)) {
                case NOTHING -> {
                    return last;
                }
                case OVERRUN -> {
                    assertTrue(reader.lost() > 0, when);
                    last += reader.lost();
                }
                case MESSAGE -> assertArrayEquals(message(++last), target, when);
            }
        }
    }

    /** The reader is interrupted at each of its loads by a writer that gets as far as each of its stores, several times round. */
    @Test
    void aReadThatTheWriterInterruptsTellsExactlyWhatWasLost() {
        int overruns = 0;
        int messages = 0;
        for (int step = 0, stores = 0; ; stores++) {
            final AtomicBuffer memory = Region.scratch(new RegionImage(DECLARATION));
            final BroadcastWriter first = BroadcastWriter.over(memory, section);
            for (long value = 1; value <= CAPACITY + 2; value++) {
                first.write(message(value));
            }
            final boolean[] died = {false};
            final int stop = stores;
            final InterruptedBuffer interrupted =
                    new InterruptedBuffer(
                            memory,
                            step,
                            () ->
                                    died[0] =
                                            MortalBuffer.dies(
                                                    memory, stop, b -> sendMore(b, section)));
            final BroadcastReader reader =
                    BroadcastReader.over(Loads.over(interrupted.buffer()), section);
            reader.seekOldest();
            final String when = "step " + step + ", store " + stores;
            final Result result = reader.read(found);
            if (result == Result.MESSAGE) {
                messages++;
                assertArrayEquals(message(reader.position()), found, when);
            } else {
                overruns++;
                assertEquals(Result.OVERRUN, result, when);
            }
            final long last = drain(reader, reader.position(), when);
            assertEquals(BroadcastWriter.over(memory, section).position(), last, when);
            if (!interrupted.interrupted()) {
                break;
            }
            if (!died[0]) {
                step++;
                stores = -1;
            }
        }
        assertTrue(
                overruns > 20 && messages > 20, overruns + " overruns, " + messages + " messages");
    }

    private static void sendMore(final AtomicBuffer memory, final SectionEntry section) {
        final BroadcastWriter more = BroadcastWriter.over(memory, section);
        for (long value = CAPACITY + 3; value <= 3 * CAPACITY; value++) {
            more.write(message(value));
        }
    }

    @Test
    void whateverABrokenWriterStoresAReadReturns() {
        write(1, CAPACITY);
        final long[] numbers = {0, 1, -1, 5, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 62, -(1L << 62)};
        for (final long tail : numbers) {
            for (final long sequence : numbers) {
                buffer.putLong(tailAt(), tail);
                for (int i = 0; i < CAPACITY; i++) {
                    buffer.putLong(section.elementOffset(i), sequence);
                }
                final BroadcastReader reader = reader();
                reader.read(found);
                reader.seekOldest();
                reader.read(found);
                reader.read(found);
                assertTrue(reader.lost() >= 0, tail + " " + sequence);
            }
        }
    }

    @Test
    void aCopyOfAnotherStructAndACapacityThatIsNoPowerOfTwoAreRefused() {
        final StructCopy copy = new StructCopy(MESSAGE);
        copy.integer("words").set(2, 7);
        writer.write(copy);
        final StructCopy back = new StructCopy(MESSAGE);
        assertEquals(Result.MESSAGE, reader().read(back));
        assertEquals(7, back.integer("words").get(2));
        final StructCopy other =
                new StructCopy(
                        StructType.named("other", "").field(FieldType.INT64, "x", "").build());
        final String text =
                "The broadcast holds a struct of 24 bytes, but \"other\" has 8. Make the copy from"
                        + " the section's own struct.";
        assertEquals(text, refusal(() -> writer.write(other)));
        assertEquals(text, refusal(() -> reader().read(other)));
        assertEquals(
                "The capacity of a broadcast must be a power of two, but it is 3.",
                refusal(() -> new BroadcastWriter(buffer, 0, 128, 3, 1)));
        assertEquals(
                "The capacity of a broadcast must be a power of two, but it is 0.",
                refusal(() -> new BroadcastReader(Loads.over(buffer), 0, 128, 0, 1)));
    }

    private static String refusal(final Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }

    @Test
    void betweenThreadsEachMessageIsWholeAndEachLossIsCounted() throws Exception {
        final int last = 500_000;
        final BroadcastReader reader = reader();
        final CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(1, last));
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        long newest = 0;
        long read = 0;
        while (newest < last) {
            assertTrue(System.nanoTime() < deadline, "stopped at " + newest);
            final Result result = reader.read(found);
            if (result == Result.MESSAGE) {
                read++;
                assertArrayEquals(message(++newest), found);
            } else if (result == Result.OVERRUN) {
                newest += reader.lost();
            }
        }
        assertNotEquals(0, read);
        writing.get(10, TimeUnit.SECONDS);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterChangesTest {
    private final Memory memory = new Memory();
    private final SectionEntry section = memory.section(StandardRegion.PARAMETERS_FROM_CONTROL);
    private final ParameterChangesWriter writer =
            new ParameterChangesWriter(memory.buffer, section);
    private final ParameterChangesReader reader =
            new ParameterChangesReader(memory.buffer, section);

    private static List<String> poll(final ParameterChangesReader from) {
        final List<String> changes = new ArrayList<>();
        from.poll((index, value) -> changes.add(index + "=" + value));
        return changes;
    }

    @Test
    void nothingChangesBeforeTheFirstPublication() {
        writer.set(0, 1);
        assertEquals(List.of(), poll(reader));
    }

    @Test
    void aTransactionIsAppliedOnce() {
        writer.set(5, 0.5f);
        writer.set(69, 0.75f);
        writer.publish();
        assertEquals(List.of("5=0.5", "69=0.75"), poll(reader));
        assertEquals(List.of(), poll(reader));
    }

    @Test
    void bothSidesAndTheirSuccessorsTellTheNewestTransaction() {
        assertEquals(0, writer.transaction());
        assertEquals(0, reader.transaction());
        writer.set(5, 0.5f);
        writer.publish();
        writer.set(6, 0.5f);
        assertEquals(1, writer.transaction());
        writer.publish();
        assertEquals(2, writer.transaction());
        assertEquals(0, reader.transaction());
        poll(reader);
        assertEquals(2, reader.transaction());
        assertEquals(2, new ParameterChangesWriter(memory.buffer, section).transaction());
        assertEquals(2, new ParameterChangesReader(memory.buffer, section).transaction());
    }

    @Test
    void nothingIsLostWhereSeveralTransactionsCameBeforeAPoll() {
        writer.set(1, 0.1f);
        writer.set(2, 0.1f);
        writer.publish();
        writer.set(2, 0.2f);
        writer.publish();
        writer.set(3, 0.3f);
        writer.publish();
        assertEquals(List.of("1=0.1", "2=0.2", "3=0.3"), poll(reader));
    }

    @Test
    void whatWasAppliedIsNotAppliedAgainWithLaterTransactions() {
        writer.set(1, 0.1f);
        writer.publish();
        assertEquals(List.of("1=0.1"), poll(reader));
        for (int i = 0; i < 10; i++) {
            writer.set(2, i / 10f);
            writer.publish();
            assertEquals(List.of("2=" + i / 10f), poll(reader));
        }
    }

    @Test
    void theSameValueAgainIsAChange() {
        writer.set(1, 0.1f);
        writer.publish();
        poll(reader);
        writer.set(1, 0.1f);
        writer.publish();
        assertEquals(List.of("1=0.1"), poll(reader));
    }

    @Test
    void aNewReaderAppliesOnlyWhatTheOldOneHasNotTaken() {
        writer.set(1, 0.1f);
        writer.publish();
        poll(reader);
        writer.set(2, 0.2f);
        writer.publish();
        final ParameterChangesReader next = new ParameterChangesReader(memory.buffer, section);
        assertEquals(List.of("2=0.2"), poll(next));
    }

    @Test
    void aNewWriterGoesOnSoThatNothingPublishedIsLostOrApplied() {
        for (int i = 0; i < 5; i++) {
            writer.set(i, i / 10f);
            writer.publish();
        }
        poll(reader);
        writer.set(7, 0.7f);
        writer.publish();
        final ParameterChangesWriter next = new ParameterChangesWriter(memory.buffer, section);
        next.set(8, 0.8f);
        next.publish();
        assertEquals(List.of("7=0.7", "8=0.8"), poll(reader));
    }

    @Test
    void aNewWriterAfterManyTransactionsIsStillHeard() {
        for (int i = 0; i < 1000; i++) {
            writer.set(0, i);
            writer.publish();
        }
        poll(reader);
        final ParameterChangesWriter next = new ParameterChangesWriter(memory.buffer, section);
        next.set(1, 0.5f);
        next.publish();
        assertEquals(List.of("1=0.5"), poll(reader));
    }

    /** As if so many transactions had been published and taken, the last of which set parameter 69. */
    private void after(final int transactions) {
        final int at = TripleBuffer.over(memory.buffer, section).readerOffset();
        memory.buffer.putFloat(at + 69 * section.stride(), 0.5f);
        memory.buffer.putInt(at + 69 * section.stride() + Integer.BYTES, transactions);
    }

    private ParameterChangesWriter nextWriter() {
        return new ParameterChangesWriter(memory.buffer, section);
    }

    private ParameterChangesReader nextReader() {
        return new ParameterChangesReader(memory.buffer, section);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1 << 30,
                Integer.MAX_VALUE - 1,
                Integer.MAX_VALUE,
                Integer.MIN_VALUE,
                Integer.MIN_VALUE + 1,
                -3,
                -2,
                -1
            })
    void successorsOfBothSidesGoOnAfterAnyNumberOfTransactions(final int transactions) {
        after(transactions);
        for (int n = 1; n <= 5; n++) {
            final ParameterChangesWriter late = nextWriter();
            final ParameterChangesReader unaware = nextReader();
            late.set(n, n / 8f);
            late.publish();
            final ParameterChangesReader late2 = nextReader();
            assertEquals(List.of(n + "=" + n / 8f), poll(n % 2 == 0 ? unaware : late2));
            late.set(n, n / 16f);
            late.publish();
            assertEquals(List.of(n + "=" + n / 16f), poll(n % 2 == 0 ? unaware : late2));
            assertEquals(List.of(), poll(nextReader()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, Integer.MIN_VALUE, -2, -1})
    void aWriterThatTakesOverBeforeItsChangesAreTakenKeepsThemAtAnyNumber(final int transactions) {
        after(transactions);
        final ParameterChangesReader old = nextReader();
        final ParameterChangesWriter dead = nextWriter();
        dead.set(1, 0.25f);
        dead.publish();
        final ParameterChangesWriter late = nextWriter();
        late.set(2, 0.75f);
        late.publish();
        assertEquals(List.of("1=0.25", "2=0.75"), poll(old));
    }

    @Test
    void aReaderThatIsTheFirstAfterManyTransactionsAppliesThemAll() {
        final int at = section.elementOffset(0) + section.copyStride();
        memory.buffer.putInt(at + Integer.BYTES, Integer.MIN_VALUE + 7);
        final TripleBuffer triple = TripleBuffer.over(memory.buffer, section);
        while (triple.writerOffset() != at) {
            triple.publish();
        }
        triple.publish();
        assertEquals(List.of("0=0.0"), poll(reader));
    }

    /** Two sides that live while the old change comes to be 2³¹ transactions old, once in each lap of the numbers. */
    @Test
    void aChangeOfLongAgoIsNotAppliedAgain() {
        final int old = 7;
        after(old);
        for (int jump = 1; jump < 32; jump++) {
            // As if so many others had come in between and been taken.
            final int at = TripleBuffer.over(memory.buffer, section).readerOffset();
            memory.buffer.putInt(at + Integer.BYTES, old - 2 + (jump << 28));
            final ParameterChangesWriter late = nextWriter();
            final ParameterChangesReader lateReader = nextReader();
            for (int n = 1; n <= 5; n++) {
                late.set(0, 0.5f);
                late.publish();
                assertEquals(List.of("0=0.5"), poll(lateReader), "jump " + jump);
            }
        }
    }

    @Test
    void publicationsWithoutAChangeDoNotCount() {
        writer.set(1, 0.5f);
        writer.publish();
        poll(reader);
        writer.publish();
        writer.publish();
        assertEquals(List.of(), poll(reader));
        writer.set(2, 0.5f);
        writer.publish();
        assertEquals(List.of("2=0.5"), poll(reader));
        final int now = TripleBuffer.over(memory.buffer, section).readerOffset();
        assertEquals(2, memory.buffer.getInt(now + 2 * section.stride() + Integer.BYTES));
    }

    @Test
    void betweenThreadsBothHalvesOfATransactionArriveTogetherAndNoneIsLost() throws Exception {
        final int last = 100_000;
        final CompletableFuture<Void> writing =
                CompletableFuture.runAsync(
                        () -> {
                            for (int n = 1; n <= last; n++) {
                                writer.set(0, n);
                                writer.set(69, n);
                                writer.set(1 + n % 64, n);
                                writer.publish();
                            }
                        });
        final float[] values = new float[70];
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (values[0] < last) {
            assertTrue(System.nanoTime() < deadline, "stopped at " + values[0]);
            reader.poll((index, value) -> values[index] = value);
            assertEquals(values[0], values[69]);
        }
        writing.get(10, TimeUnit.SECONDS);
        for (int n = last - 63; n <= last; n++) {
            assertEquals(n, values[1 + n % 64]);
        }
    }
}

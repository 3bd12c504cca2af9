// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is left when a process is killed before any one of its stores, and how its successor goes on. */
class DeathTest {
    @Test
    void aSnapshotIsNeverAMixtureWhereverItsWriterDied() {
        int deaths = 0;
        for (boolean died = true; died; deaths++) {
            final Memory memory = new Memory();
            final SectionEntry section = memory.section(StandardRegion.TRANSPORT);
            final Snapshot mine = Snapshot.over(memory.buffer, section);
            mine.write(filled(mine.words(), 1));
            died =
                    MortalBuffer.dies(
                            memory.buffer,
                            deaths,
                            b -> Snapshot.over(b, section).write(filled(mine.words(), 2)));
            final long[] found = new long[mine.words()];
            if (mine.read(found, 3)) {
                assertArrayEquals(filled(mine.words(), found[0]), found, "death " + deaths);
                assertEquals(died ? 1 : 2, found[0], "death " + deaths);
            }
            Snapshot.over(memory.buffer, section).write(filled(mine.words(), 3));
            assertTrue(mine.read(found, 1), "death " + deaths);
            assertArrayEquals(filled(mine.words(), 3), found, "death " + deaths);
        }
        assertTrue(deaths > 8, "the test killed " + deaths + " times");
    }

    @Test
    void theLastCompleteBlobStaysReadableWhereverItsWriterDied() {
        int deaths = 0;
        for (boolean died = true; died; deaths++) {
            final Memory memory = new Memory();
            final SectionEntry section = memory.section(StandardRegion.STATE_FROM_CONTROL);
            final Blob mine = new Blob(memory.buffer, section);
            mine.write(bytes(90, 1), 11);
            mine.write(bytes(100, 2), 12);
            died =
                    MortalBuffer.dies(
                            memory.buffer,
                            deaths,
                            b -> new Blob(b, section).write(bytes(95, 3), 13));
            final Blob.Content found = mine.read();
            assertNotNull(found, "death " + deaths);
            assertArrayEquals(died ? bytes(100, 2) : bytes(95, 3), found.bytes());
            assertEquals(died ? 12 : 13, found.epoch(), "death " + deaths);
            new Blob(memory.buffer, section).write(bytes(7, 4), 14);
            assertArrayEquals(bytes(7, 4), mine.read().bytes(), "death " + deaths);
            assertTrue(mine.read().sequence() > found.sequence(), "death " + deaths);
        }
        assertTrue(deaths > 13, "the test killed " + deaths + " times");
    }

    @Test
    void writerAndReaderOfATripleBufferNeverHoldOneCopyWhereverTheWriterDied() {
        killInATripleBuffer(TripleBuffer::publish);
    }

    @Test
    void writerAndReaderOfATripleBufferNeverHoldOneCopyWhereverTheReaderDied() {
        killInATripleBuffer(TripleBuffer::refresh);
    }

    private static void killInATripleBuffer(final java.util.function.Consumer<TripleBuffer> act) {
        int deaths = 0;
        for (boolean died = true; died; deaths++) {
            final Memory memory = new Memory();
            final SectionEntry section = memory.section(StandardRegion.PARAMETERS_FROM_CONTROL);
            final TripleBuffer writer = TripleBuffer.over(memory.buffer, section);
            final TripleBuffer reader = TripleBuffer.over(memory.buffer, section);
            memory.buffer.putLong(writer.writerOffset(), 1);
            writer.publish();
            died =
                    MortalBuffer.dies(
                            memory.buffer, deaths, b -> act.accept(TripleBuffer.over(b, section)));
            for (int value = 2; value < 6; value++) {
                final String when = "death " + deaths + ", value " + value;
                assertNotEquals(writer.writerOffset(), reader.readerOffset(), when);
                memory.buffer.putLong(writer.writerOffset(), value);
                writer.publish();
                assertNotEquals(writer.writerOffset(), reader.readerOffset(), when);
                memory.buffer.putLong(writer.writerOffset(), 1000);
                assertTrue(reader.refresh(), when);
                assertNotEquals(writer.writerOffset(), reader.readerOffset(), when);
                memory.buffer.putLong(writer.writerOffset(), 2000);
                assertEquals(value, memory.buffer.getLong(reader.readerOffset()), when);
            }
        }
        assertTrue(deaths > 1, "the test killed " + (deaths - 1) + " times");
    }

    @Test
    void aTransactionIsAppliedWholeOrNotAtAllWhereverItsWriterDied() {
        int deaths = 0;
        for (boolean died = true; died; deaths++) {
            final Memory memory = new Memory();
            final SectionEntry section = memory.section(StandardRegion.PARAMETERS_FROM_CONTROL);
            final ParameterChangesReader reader =
                    new ParameterChangesReader(memory.buffer, section);
            final ParameterChangesWriter first = new ParameterChangesWriter(memory.buffer, section);
            final Map<Integer, Float> found = new HashMap<>();
            // Three publications, so that each copy holds an older value.
            for (int i = 0; i < 3; i++) {
                first.set(3, 0.1f);
                first.set(60, 0.1f);
                first.publish();
                reader.poll(found::put);
            }
            died =
                    MortalBuffer.dies(
                            memory.buffer,
                            deaths,
                            b -> {
                                final ParameterChangesWriter w =
                                        new ParameterChangesWriter(b, section);
                                w.set(3, 0.9f);
                                w.set(60, 0.9f);
                                w.publish();
                            });
            final ParameterChangesWriter next = new ParameterChangesWriter(memory.buffer, section);
            next.set(1, 0.5f);
            next.publish();
            reader.poll(found::put);
            final String when = "death " + deaths;
            assertEquals(0.5f, found.get(1), when);
            assertEquals(found.get(3), found.get(60), when + ": half a transaction was applied");
            if (!died) {
                assertEquals(0.9f, found.get(3));
            }
        }
        assertTrue(deaths > 100, "the test killed " + deaths + " times");
    }

    private static long[] filled(final int words, final long value) {
        final long[] all = new long[words];
        Arrays.fill(all, value);
        return all;
    }

    private static byte[] bytes(final int length, final int value) {
        final byte[] all = new byte[length];
        Arrays.fill(all, (byte) value);
        return all;
    }
}

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
import org.junit.jupiter.api.Test;

/**
 * All ways in which a reader can be interrupted once by a writer that gets as far as any one of its stores and stands still
 * there until the reader has ended. What runs on two cores at once is for jcstress to find.
 */
class InterleavingTest {
    @Test
    void aSnapshotThatIsReadAmidTwoWritesIsWholeOrRefused() {
        int refused = 0;
        int read = 0;
        for (int step = 0, stores = 0; ; stores++) {
            final Memory memory = new Memory();
            final SectionEntry section = memory.section(StandardRegion.TRANSPORT);
            final int words = Snapshot.over(memory.buffer, section).words();
            Snapshot.over(memory.buffer, section).write(filled(words, 1));
            final boolean[] died = {false};
            final int stop = stores;
            final InterruptedBuffer reader =
                    new InterruptedBuffer(
                            memory.buffer,
                            step,
                            () ->
                                    died[0] =
                                            MortalBuffer.dies(
                                                    memory.buffer,
                                                    stop,
                                                    b -> {
                                                        final Snapshot s =
                                                                Snapshot.over(b, section);
                                                        s.write(filled(words, 2));
                                                        s.write(filled(words, 3));
                                                    }));
            final long[] found = new long[words];
            if (Snapshot.over(reader.buffer(), section).read(found, 1)) {
                read++;
                assertArrayEquals(
                        filled(words, found[0]), found, "step " + step + ", store " + stores);
            } else {
                refused++;
            }
            if (!reader.interrupted()) {
                break;
            }
            if (!died[0]) {
                step++;
                stores = -1;
            }
        }
        assertTrue(read > 10 && refused > 100, read + " read, " + refused + " refused");
    }

    @Test
    void aBlobThatIsReadAmidTwoWritesIsOneOfThem() {
        int interleavings = 0;
        for (int step = 0, stores = 0; ; stores++) {
            final Memory memory = new Memory();
            final SectionEntry section = memory.section(StandardRegion.STATE_FROM_CONTROL);
            new Blob(memory.buffer, section).write(bytes(1), 1);
            final boolean[] died = {false};
            final int stop = stores;
            final InterruptedBuffer reader =
                    new InterruptedBuffer(
                            memory.buffer,
                            step,
                            () ->
                                    died[0] =
                                            MortalBuffer.dies(
                                                    memory.buffer,
                                                    stop,
                                                    b -> {
                                                        final Blob blob = new Blob(b, section);
                                                        blob.write(bytes(2), 2);
                                                        blob.write(bytes(3), 3);
                                                    }));
            final Blob.Content found = new Blob(reader.buffer(), section).read();
            final String when = "step " + step + ", store " + stores;
            assertNotNull(found, when);
            assertEquals(found.sequence(), found.epoch(), when);
            assertArrayEquals(bytes((int) found.epoch()), found.bytes(), when);
            interleavings++;
            if (!reader.interrupted()) {
                break;
            }
            if (!died[0]) {
                step++;
                stores = -1;
            }
        }
        assertTrue(interleavings > 100, interleavings + " interleavings");
    }

    @Test
    void aTripleBuffersSidesNeverHoldOneCopyWhereverOneInterruptsTheOther() {
        for (int step = 0; ; step++) {
            final Memory memory = new Memory();
            final SectionEntry section = memory.section(StandardRegion.PARAMETERS_FROM_HOST);
            final TripleBuffer writer = TripleBuffer.over(memory.buffer, section);
            final InterruptedBuffer interrupted =
                    new InterruptedBuffer(
                            memory.buffer,
                            step,
                            () -> {
                                memory.buffer.putLong(writer.writerOffset(), 2);
                                writer.publish();
                            });
            memory.buffer.putLong(writer.writerOffset(), 1);
            writer.publish();
            final TripleBuffer reader = TripleBuffer.over(interrupted.buffer(), section);
            assertTrue(reader.refresh(), "step " + step);
            final int held = reader.readerOffset();
            assertNotEquals(writer.writerOffset(), held, "step " + step);
            final boolean two = memory.buffer.getLong(held) == 2;
            assertTrue(two || memory.buffer.getLong(held) == 1, "step " + step);
            if (!interrupted.interrupted()) {
                return;
            }
            assertEquals(!two, TripleBuffer.over(memory.buffer, section).refresh());
        }
    }

    private static long[] filled(final int words, final long value) {
        final long[] all = new long[words];
        Arrays.fill(all, value);
        return all;
    }

    private static byte[] bytes(final int number) {
        final byte[] all = new byte[10 + 9 * number];
        Arrays.fill(all, (byte) number);
        return all;
    }
}

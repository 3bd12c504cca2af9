// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TripleBufferTest {
    private final Memory memory = new Memory();
    private final SectionEntry section = memory.section(StandardRegion.PARAMETERS_FROM_HOST);
    private final TripleBuffer writer = TripleBuffer.over(memory.buffer, section);
    private final TripleBuffer reader = TripleBuffer.over(memory.buffer, section);

    private void publish(final long value) {
        memory.buffer.putLong(writer.writerOffset(), value);
        writer.publish();
    }

    private long taken() {
        return memory.buffer.getLong(reader.readerOffset());
    }

    @Test
    void nothingIsFreshBeforeTheFirstPublication() {
        assertFalse(reader.refresh());
    }

    @Test
    void theNewestCopyWinsAndIsTakenOnce() {
        publish(1);
        publish(2);
        publish(3);
        assertTrue(reader.refresh());
        assertEquals(3, taken());
        assertFalse(reader.refresh());
        assertEquals(3, taken());
    }

    @Test
    void theReadersCopyStaysAsItIsWhileTheWriterPublishesOn() {
        publish(1);
        assertTrue(reader.refresh());
        for (int i = 2; i < 20; i++) {
            publish(i);
            assertEquals(1, taken());
            assertNotEquals(writer.writerOffset(), reader.readerOffset());
        }
        assertTrue(reader.refresh());
        assertEquals(19, taken());
    }

    @Test
    void newObjectsInEitherRoleGoOnWhereTheLastOnesEnded() {
        publish(1);
        assertTrue(reader.refresh());
        publish(2);
        final TripleBuffer newReader = TripleBuffer.over(memory.buffer, section);
        assertEquals(1, memory.buffer.getLong(newReader.readerOffset()));
        assertTrue(newReader.refresh());
        assertEquals(2, memory.buffer.getLong(newReader.readerOffset()));
        final TripleBuffer newWriter = TripleBuffer.over(memory.buffer, section);
        assertEquals(writer.writerOffset(), newWriter.writerOffset());
        assertNotEquals(newWriter.writerOffset(), newReader.readerOffset());
    }

    @Test
    void allCopiesLieWithinTheSectionAndApart() {
        for (int i = 0; i < 9; i++) {
            publish(i);
            if (i % 2 == 0) {
                assertTrue(reader.refresh());
            }
            final long start = section.offset() + section.elementsOffset();
            final long at = writer.writerOffset() - start;
            assertTrue(at >= 0 && at % section.copyStride() == 0 && at / section.copyStride() < 3);
        }
    }

    @Test
    void betweenThreadsEachCopyIsWholeAndNoneIsOlderThanTheOneBefore() throws Exception {
        final int words = section.copyStride() / Long.BYTES;
        final int last = 200_000;
        final CompletableFuture<Void> writing =
                CompletableFuture.runAsync(
                        () -> {
                            for (long value = 1; value <= last; value++) {
                                final int at = writer.writerOffset();
                                for (int w = 0; w < words; w++) {
                                    memory.buffer.putLong(at + w * Long.BYTES, value);
                                }
                                writer.publish();
                            }
                        });
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        long newest = 0;
        while (newest < last) {
            assertTrue(System.nanoTime() < deadline, "stopped at " + newest);
            if (!reader.refresh()) {
                continue;
            }
            final int at = reader.readerOffset();
            final long value = memory.buffer.getLong(at);
            assertTrue(value > newest, value + " after " + newest);
            for (int w = 1; w < words; w++) {
                assertEquals(value, memory.buffer.getLong(at + w * Long.BYTES), "word " + w);
            }
            newest = value;
        }
        writing.get(10, TimeUnit.SECONDS);
    }
}

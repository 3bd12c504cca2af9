// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.Heads;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardStructs;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private final Memory memory = new Memory();
    private final SectionEntry section = memory.section(StandardRegion.TRANSPORT);
    private final Snapshot snapshot = Snapshot.over(memory.buffer, section);
    private final int sequence = (int) section.offset() + Heads.SNAPSHOT.offset("sequence");

    @Test
    void itsWordsAreThoseOfTheStruct() {
        assertEquals(StandardStructs.TRANSPORT.size(), snapshot.words() * Long.BYTES);
    }

    @Test
    void whatWasWrittenIsReadWordByWord() {
        final long[] source = new long[snapshot.words()];
        Arrays.setAll(source, i -> i * 0x0123456789ABCDEFL);
        snapshot.write(source);
        final long[] found = new long[snapshot.words()];
        assertTrue(snapshot.read(found, 1));
        assertArrayEquals(source, found);
        assertEquals(source[1], memory.buffer.getLong(section.elementOffset(0) + Long.BYTES));
    }

    @Test
    void thatOfAWriterThatDiedInTheMiddleIsRefusedUntilTheNextWrite() {
        final long[] words = new long[snapshot.words()];
        Arrays.fill(words, 7);
        snapshot.write(words);
        memory.buffer.putLong(sequence, memory.buffer.getLong(sequence) + 1);
        assertFalse(snapshot.read(words, 5));
        snapshot.write(words);
        assertTrue(snapshot.read(words, 1));
        assertEquals(4, memory.buffer.getLong(sequence), "even again, and new");
    }

    @Test
    void theSequenceMayWrap() {
        memory.buffer.putLong(sequence, -2);
        final long[] words = new long[snapshot.words()];
        snapshot.write(words);
        assertEquals(0, memory.buffer.getLong(sequence));
        assertTrue(snapshot.read(words, 1));
    }

    @Test
    void noTriesAreNoCopy() {
        assertFalse(snapshot.read(new long[snapshot.words()], 0));
    }

    @Test
    void betweenThreadsEachCopyIsWhole() throws Exception {
        final int last = 500_000;
        final CompletableFuture<Void> writing =
                CompletableFuture.runAsync(
                        () -> {
                            final long[] words = new long[snapshot.words()];
                            for (int value = 1; value <= last; value++) {
                                Arrays.fill(words, value);
                                snapshot.write(words);
                            }
                        });
        final long[] found = new long[snapshot.words()];
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        long newest = 0;
        while (newest < last) {
            assertTrue(System.nanoTime() < deadline, "stopped at " + newest);
            if (snapshot.read(found, 3)) {
                assertTrue(found[0] >= newest, found[0] + " after " + newest);
                newest = found[0];
                for (final long word : found) {
                    assertEquals(newest, word);
                }
            }
        }
        writing.get(10, TimeUnit.SECONDS);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.Heads;
import dev.patchbay.layout.RegionException;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BlobTest {
    private final Memory memory = new Memory();
    private final SectionEntry section = memory.section(StandardRegion.STATE_FROM_CONTROL);
    private final Blob blob = new Blob(memory.buffer, section);

    private static byte[] random(final int length) {
        final byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void thereIsNothingBeforeTheFirstWrite() {
        assertNull(blob.read());
        assertEquals(0, blob.published());
    }

    @Test
    void bytesOfEveryLengthComeBackFromBothSlots() {
        for (int length = 0; length <= blob.capacity(); length++) {
            blob.write(random(length), -length);
            final Blob.Content found = blob.read();
            assertArrayEquals(random(length), found.bytes());
            assertEquals(-length, found.epoch());
            assertEquals(length + 1, found.sequence());
            assertEquals(length + 1, blob.published());
        }
        assertEquals(100, blob.capacity());
    }

    @Test
    void bytesThatDoNotFitAreRefusedAndTheLastOnesStay() {
        blob.write(random(100), 5);
        final RegionException refusal =
                assertThrows(RegionException.class, () -> blob.write(random(101), 6));
        assertEquals(
                "The state has 101 bytes, but the region has room for 100; the last state stays"
                        + " published.",
                refusal.getMessage());
        assertArrayEquals(random(100), blob.read().bytes());
        assertEquals(1, blob.published());
    }

    @Test
    void theLastBytesStayReadableWhileTheNextAreWritten() {
        blob.write(random(40), 1);
        blob.write(random(50), 2);
        // The slot of the third write, as in the middle of it.
        final int slot = (int) section.offset() + Heads.BLOB.offset("slot_sequence") + Long.BYTES;
        memory.buffer.putLong(slot, 0);
        memory.buffer.setMemory(section.elementOffset(0) + section.copyStride(), 100, (byte) 0xEE);
        assertArrayEquals(random(50), blob.read().bytes());
    }

    @Test
    void aSlotThatIsNeverFinishedAndALengthThatCannotBeAreNoContent() {
        blob.write(random(40), 1);
        final int head = (int) section.offset();
        memory.buffer.putLong(head + Heads.BLOB.offset("slot_length") + Long.BYTES, 101);
        assertNull(blob.read());
        memory.buffer.putLong(head + Heads.BLOB.offset("slot_length") + Long.BYTES, -1);
        assertNull(blob.read());
        memory.buffer.putLong(head + Heads.BLOB.offset("slot_length") + Long.BYTES, 40);
        assertArrayEquals(random(40), blob.read().bytes());
        memory.buffer.putLong(head + Heads.BLOB.offset("slot_sequence") + Long.BYTES, 0);
        assertNull(blob.read());
    }

    @Test
    void betweenThreadsAllBytesAreOfOneWriteWithItsEpoch() throws Exception {
        final int last = 100_000;
        final CompletableFuture<Void> writing =
                CompletableFuture.runAsync(
                        () -> {
                            for (int n = 1; n <= last; n++) {
                                final byte[] bytes = new byte[20 + n % 80];
                                Arrays.fill(bytes, (byte) n);
                                blob.write(bytes, n);
                            }
                        });
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        long newest = 0;
        while (newest < last) {
            assertTrue(System.nanoTime() < deadline, "stopped at " + newest);
            final Blob.Content found = blob.read();
            if (found == null) {
                continue;
            }
            assertTrue(found.sequence() >= newest, found.sequence() + " after " + newest);
            newest = found.sequence();
            assertEquals(newest, found.epoch());
            assertEquals(20 + newest % 80, found.bytes().length);
            for (final byte b : found.bytes()) {
                assertEquals((byte) newest, b);
            }
        }
        writing.get(10, TimeUnit.SECONDS);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.RingDescriptor;
import dev.patchbay.layout.Role;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What the rings promise at their limits, and of what is no ring. */
class RingTest {
    private static final int CAPACITY = 128;
    private static final int DATA = RingDescriptor.SHARED_HEAD.size();
    private static final int TRAILER = DATA + CAPACITY;
    private static final UnsafeBuffer EMPTY = new UnsafeBuffer(new byte[CAPACITY]);

    private final UnsafeBuffer memory =
            new UnsafeBuffer(ByteBuffer.allocateDirect(TRAILER + RingDescriptor.TRAILER.size()));
    private final RingWriter single = new RingWriter(memory, 0, DATA, CAPACITY);
    private final SharedRingWriter shared =
            new SharedRingWriter(memory, 0, DATA, CAPACITY, Role.UI);

    private RingReader reader(final RecordWriter writer) {
        return writer == single
                ? RingReader.single(memory, DATA, CAPACITY)
                : RingReader.shared(memory, 0, DATA, CAPACITY);
    }

    private void reset() {
        memory.setMemory(0, memory.capacity(), (byte) 0);
    }

    @Test
    void aSharedRingIsFullWhenItsLastByteIsTakenAndOneWithOneProducerAHeaderBefore() {
        for (final RecordWriter writer : List.of(single, shared)) {
            reset();
            int sent = 0;
            while (writer.write(1, EMPTY, 0, 8)) {
                sent++;
            }
            // The one producer keeps a clear header behind its last record, as Agrona's does.
            assertEquals(writer == single ? 7 : 8, sent);
            assertEquals(sent * 16, writer.size());
            assertEquals(1, writer.dropped());
            assertEquals(RecordWriter.FULL, writer.tryClaim(1, 8));
            assertEquals(2, writer.dropped());
            assertEquals(sent, reader(writer).read((type, buffer, index, length) -> {}, 100));
            assertEquals(0, writer.size());
            assertTrue(writer.write(1, EMPTY, 0, 0));
            assertEquals(2, writer.dropped());
        }
    }

    @Test
    void aMessageHasAnEighthOfTheCapacityAtMost() {
        for (final RecordWriter writer : List.of(single, shared)) {
            reset();
            assertEquals(CAPACITY / 8, writer.maxLength());
            assertTrue(writer.write(1, EMPTY, 0, CAPACITY / 8));
            assertEquals(
                    "A message of this ring has 0 to 16 bytes, an eighth of the capacity, but this"
                            + " one has 17.",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> writer.write(1, EMPTY, 0, 17))
                            .getMessage());
            assertThrows(IllegalArgumentException.class, () -> writer.tryClaim(1, -1));
            assertThrows(IllegalArgumentException.class, () -> writer.tryClaim(0, 8));
            assertEquals(24, writer.size());
            assertEquals(0, writer.dropped());
        }
    }

    @Test
    void aClaimEndsOnce() {
        for (final RecordWriter writer : List.of(single, shared)) {
            reset();
            final int claim = writer.tryClaim(7, 8);
            writer.commit(claim);
            assertThrows(IllegalStateException.class, () -> writer.commit(claim));
            assertThrows(IllegalStateException.class, () -> writer.abort(claim));
            assertThrows(IllegalStateException.class, () -> writer.commit(claim + 3));
            assertThrows(IllegalStateException.class, () -> writer.commit(0));
        }
    }

    @Test
    void noMessageComesBeforeAClaimThatIsOpenAndNoneForOneGivenUp() {
        for (final RecordWriter writer : List.of(single, shared)) {
            reset();
            final List<Integer> seen = new ArrayList<>();
            final int claim = writer.tryClaim(7, 8);
            writer.write(8, EMPTY, 0, 8);
            final RingReader reader = reader(writer);
            assertEquals(0, reader.read((type, buffer, index, length) -> seen.add(type), 9));
            writer.abort(claim);
            assertEquals(1, reader.read((type, buffer, index, length) -> seen.add(type), 9));
            assertEquals(List.of(8), seen);
        }
    }

    @Test
    void aHandlerThatThrowsHasHadItsMessage() {
        for (final RecordWriter writer : List.of(single, shared)) {
            reset();
            writer.write(1, EMPTY, 0, 8);
            writer.write(2, EMPTY, 0, 8);
            final RingReader reader = reader(writer);
            assertThrows(
                    UnsupportedOperationException.class,
                    () ->
                            reader.read(
                                    (type, buffer, index, length) -> {
                                        throw new UnsupportedOperationException();
                                    },
                                    9));
            final List<Integer> seen = new ArrayList<>();
            reader.read((type, buffer, index, length) -> seen.add(type), 9);
            assertEquals(List.of(2), seen);
        }
    }

    @Test
    void aLivingProducersClaimIsNotFreedThoughAnotherIsDead() {
        final SharedRingRecovery recovery = new SharedRingRecovery(memory, 0, DATA, CAPACITY);
        final SharedRingWriter dead = new SharedRingWriter(memory, 0, DATA, CAPACITY, Role.CONTROL);
        final int living = shared.tryClaim(1, 8);
        dead.tryClaim(2, 8);
        assertEquals(0, recovery.unblock(Role.CONTROL.bit()));
        shared.commit(living);
        assertEquals(0, recovery.unblock(Role.CONTROL.bit()), "it is committed");
        final RingReader reader = reader(shared);
        assertEquals(1, reader.read((type, buffer, index, length) -> {}, 9));
        assertEquals(0, recovery.unblock(0), "nobody is proved dead");
        assertEquals(16, recovery.unblock(Role.CONTROL.bit()));
        assertEquals(0, reader.read((type, buffer, index, length) -> {}, 9));
        assertEquals(0, shared.size());
    }

    @Test
    void aRecordThatNoProducerWritesIsReportedAndNeverFollowed() {
        final int[][] records = {
            {1, 5},
            {7, 5},
            {CAPACITY, 5},
            {Integer.MAX_VALUE, 5},
            {25, 5},
            {16, 0},
            {16, -2},
            {CAPACITY + 8, -1},
            {4, -1},
        };
        for (final RecordWriter writer : List.of(single, shared)) {
            for (final int[] record : records) {
                reset();
                writer.write(1, EMPTY, 0, 8);
                memory.putInt(DATA + 16, record[0]);
                memory.putInt(DATA + 20, record[1]);
                final RingReader reader = reader(writer);
                final List<Integer> seen = new ArrayList<>();
                assertEquals(1, reader.read((type, buffer, index, length) -> seen.add(length), 9));
                assertEquals(
                        RingReader.CORRUPT,
                        reader.read((type, buffer, index, length) -> seen.add(length), 9),
                        record[0] + " " + record[1]);
                assertEquals(List.of(8), seen);
            }
        }
    }

    /** Whatever lies in data and trailer: no exception, and no message that reaches past the data. */
    @Test
    void noiseDoesNotReachPastTheRing() {
        final long seed = System.nanoTime();
        System.out.println("RingTest: seed of the noise " + seed);
        final Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            for (int at = DATA; at < memory.capacity(); at += 4) {
                final int small = random.nextInt(64) - 16;
                memory.putInt(at, random.nextInt(4) == 0 ? random.nextInt() : small);
            }
            final RecordWriter writer = round % 2 == 0 ? single : shared;
            final RingReader reader = reader(writer);
            for (int i = 0; i < 4; i++) {
                reader.read(
                        (type, buffer, index, length) ->
                                assertTrue(
                                        index >= DATA + 8
                                                && length >= 0
                                                && index + length <= TRAILER),
                        9);
                writer.write(1, EMPTY, 0, random.nextInt(17));
            }
            try {
                single.takeOver();
            } catch (final IllegalStateException e) {
                assertTrue(e.getMessage().contains("are not records"), e.getMessage());
            }
            new SharedRingRecovery(memory, 0, DATA, CAPACITY).unblock(255);
        }
    }

    @Test
    void memoryThatCannotBeARingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> RingReader.single(memory, DATA, 96));
        assertThrows(IllegalArgumentException.class, () -> RingReader.single(memory, DATA + 4, 64));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> RingReader.single(memory, DATA, 2 * CAPACITY));
    }
}

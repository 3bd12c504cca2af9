// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.junit.jupiter.api.Test;

/** The declared bytes of rings against what Agrona's classes do with them. */
class RingDescriptorTest {
    private static final int CAPACITY = 64;
    private static final RegionDeclaration REGION =
            RegionDeclaration.named("rings")
                    .ring("one", "", Role.UI, Role.RT, CAPACITY)
                    .sharedRing("many", "", Set.of(Role.UI, Role.CONTROL), Role.RT, CAPACITY)
                    .build();

    private final UnsafeBuffer memory =
            new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY + RingDescriptor.TRAILER.size()));

    private int trailer(final String field) {
        return CAPACITY + RingDescriptor.TRAILER.offset(field);
    }

    @Test
    void agronaStoresEachPositionWhereTheTrailerHasIt() {
        for (final RingBuffer ring :
                List.of(new OneToOneRingBuffer(memory), new ManyToOneRingBuffer(memory))) {
            memory.setMemory(0, memory.capacity(), (byte) 0);
            memory.putLong(trailer("tail"), 48);
            memory.putLong(trailer("head"), 40);
            memory.putLong(trailer("correlation"), 7);
            memory.putLong(trailer("consumer_heartbeat"), 9);
            assertEquals(48, ring.producerPosition());
            assertEquals(40, ring.consumerPosition());
            assertEquals(8, ring.size());
            assertEquals(7, ring.nextCorrelationId());
            assertEquals(9, ring.consumerHeartbeatTime());
            // A cached head this old makes the producer look at the head and keep it.
            memory.putLong(trailer("head_cache"), -16);
            assertTrue(ring.tryClaim(5, 0) >= 0);
            assertEquals(40, memory.getLong(trailer("head_cache")));
        }
    }

    @Test
    void agronaStoresARecordWhereTheStructHasIt() {
        final RingBuffer ring = new OneToOneRingBuffer(memory);
        final int payload = ring.tryClaim(5, 3);
        assertEquals(RingDescriptor.RECORD.size(), payload);
        assertEquals(
                -(RingDescriptor.RECORD.size() + 3),
                memory.getInt(RingDescriptor.RECORD.offset("length")));
        assertEquals(5, memory.getInt(RingDescriptor.RECORD.offset("type")));
        ring.abort(payload);
        assertEquals(RingDescriptor.PADDING, memory.getInt(RingDescriptor.RECORD.offset("type")));
    }

    /** Agrona takes memory of exactly this length: a power of two, and the trailer. */
    @Test
    void aSectionHoldsAHeadTheDataAndAgronasTrailer() {
        for (final String name : List.of("one", "many")) {
            final Section section = REGION.section(name);
            assertEquals(0, section.elementsOffset() % 128);
            assertEquals(
                    RingDescriptor.headOf(section.kind()).size(),
                    section.head().size(),
                    section.name());
            assertTrue(
                    section.count() + RingDescriptor.TRAILER.size()
                            <= section.length() - section.elementsOffset());
        }
        assertEquals(Role.MAX_CODE + 1, RingDescriptor.SHARED_HEAD.field("lanes").count());
        assertEquals(0, RingDescriptor.LANE.size() % 128);
    }

    @Test
    void aRingIsRefusedThatAgronaWouldRefuse() {
        final RegionBuilder builder = RegionDeclaration.named("rings");
        assertEquals(
                "The ring \"one\" needs at least 16 bytes, but has 8.",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> builder.ring("one", "", Role.UI, Role.RT, 8))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> builder.ring("one", "", Role.UI, Role.RT, 96));
    }

    @Test
    void aFieldIsNotPlacedBeforeTheEndOfTheOneBefore() {
        final StructType.Builder struct =
                StructType.named("s", "").field(FieldType.INT64, "first", "");
        assertEquals(
                "The struct \"s\" has fields up to byte 8, so none can start at byte 4.",
                assertThrows(IllegalArgumentException.class, () -> struct.at(4)).getMessage());
    }
}

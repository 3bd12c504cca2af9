// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static dev.patchbay.layout.FieldType.INT32;
import static dev.patchbay.layout.FieldType.INT64;
import static dev.patchbay.layout.FieldType.UINT64;

import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * The bytes of the rings of records of any length. From {@link #RECORD} and {@link #TRAILER} on they are Agrona's, whose own
 * constants place the fields; the heads lie before the data, where Agrona's classes do not look.
 *
 * <pre>
 *   head            of Patchbay: what was refused, who holds a claim
 *   data            capacity bytes, a power of two: records, each at a multiple of 8
 *     record        int32 length, int32 type, payload; then up to the next multiple of 8
 *   trailer         positions, which count bytes and never go back; a line pair each
 * </pre>
 *
 * <p>A record's length counts its own 8 bytes and the payload. It is 0 where nothing has been written, negative while the record
 * is claimed, positive once it is committed. A padding record, of type {@link #PADDING}, is skipped.
 */
public final class RingDescriptor {
    /** The start of a record. */
    public static final StructType RECORD =
            StructType.named("ring_record", "The start of a ring's record; the payload follows.")
                    .at(RecordDescriptor.lengthOffset(0))
                    .field(
                            INT32,
                            "length",
                            "with these 8 bytes: 0 unwritten, negative claimed, positive committed")
                    .at(RecordDescriptor.typeOffset(0))
                    .field(INT32, "type", "1 and up, or the padding type")
                    .at(RecordDescriptor.HEADER_LENGTH)
                    .build();

    /** What follows the data. */
    public static final StructType TRAILER =
            StructType.named("ring_trailer", "The positions of a ring, in bytes since the start.")
                    .at(RingBufferDescriptor.TAIL_POSITION_OFFSET)
                    .field(UINT64, "tail", "bytes claimed; by the producers")
                    .at(RingBufferDescriptor.HEAD_CACHE_POSITION_OFFSET)
                    .field(UINT64, "head_cache", "a head that the producers have seen")
                    .at(RingBufferDescriptor.HEAD_POSITION_OFFSET)
                    .field(UINT64, "head", "bytes read; by the consumer, with release")
                    .at(RingBufferDescriptor.CORRELATION_COUNTER_OFFSET)
                    .field(INT64, "correlation", "the next correlation id; the users'")
                    .at(RingBufferDescriptor.CONSUMER_HEARTBEAT_OFFSET)
                    .field(INT64, "consumer_heartbeat", "the users'")
                    .at(RingBufferDescriptor.TRAILER_LENGTH)
                    .build();

    /** What precedes the data of a ring with one producer. */
    public static final StructType HEAD =
            StructType.named("ring_head", "What a ring's producer counts.")
                    .field(
                            UINT64,
                            "dropped",
                            "messages refused because the ring was full; by the producer")
                    .build();

    /** What one role's producers of a shared ring, or of an event queue with many producers, count. */
    public static final StructType LANE =
            StructType.named(
                            "ring_lane",
                            "What one role's producers of a shared ring or queue count.")
                    .field(
                            INT64,
                            "open",
                            "claims that the role may hold: raised before the claim, lowered with"
                                    + " release after the commit")
                    .field(UINT64, "dropped", "messages refused because there was no room")
                    .align(Layouts.LINE_PAIR)
                    .build();

    /** What precedes the data of a ring with many producers. */
    public static final StructType SHARED_HEAD =
            StructType.named(
                            "shared_ring_head",
                            "How far the consumer clears; the producers' lanes.")
                    .field(
                            UINT64,
                            "cleared",
                            "the head to be once the bytes before it are cleared; by the consumer")
                    .align(Layouts.LINE_PAIR)
                    .structs(LANE, "lanes", Role.MAX_CODE + 1, "by role code")
                    .build();

    /** The type of a record without a message. */
    public static final int PADDING = RingBuffer.PADDING_MSG_TYPE_ID;

    /** Records start at multiples of this. */
    public static final int ALIGNMENT = RecordDescriptor.ALIGNMENT;

    /** The fewest bytes of data. */
    public static final int MIN_CAPACITY = OneToOneRingBuffer.MIN_CAPACITY;

    private RingDescriptor() {}

    /**
     * {@return the head of a kind of ring}
     *
     * @param kind {@link SectionKind#RING} or {@link SectionKind#SHARED_RING}
     */
    public static StructType headOf(final SectionKind kind) {
        return switch (kind) {
            case RING -> HEAD;
            case SHARED_RING -> SHARED_HEAD;
            default -> throw new IllegalArgumentException(kind + " is not a kind of ring.");
        };
    }

    /** {@return the numbers by name, for the header} */
    public static Map<String, Integer> constants() {
        final Map<String, Integer> constants = new LinkedHashMap<>();
        constants.put("padding", PADDING);
        constants.put("alignment", ALIGNMENT);
        constants.put("min_capacity", MIN_CAPACITY);
        return constants;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static dev.patchbay.layout.FieldType.INT32;
import static dev.patchbay.layout.FieldType.UINT32;
import static dev.patchbay.layout.FieldType.UINT64;

/**
 * The heads of the section kinds that have one: the words by which writer and reader meet. Words of different writers lie
 * on different pairs of cache lines.
 */
public final class Heads {
    /** Of an event queue. Positions count slots since the start; the slot is the position modulo the capacity. */
    public static final StructType EVENT_QUEUE =
            StructType.named("event_queue_head", "The positions of an event queue.")
                    .field(UINT64, "tail", "slots written; by the producer, with release")
                    .field(
                            UINT64,
                            "dropped",
                            "events refused because the queue was full; by the producer")
                    .align(Layouts.LINE_PAIR)
                    .field(UINT64, "head", "slots read; by the consumer, with release")
                    .build();

    /**
     * Of an event queue with many producers; tail and head lie as in {@link #EVENT_QUEUE}. The section:
     *
     * <pre>
     *        0  tail         slots claimed
     *      128  head         slots read
     *      256  lanes        8 × 128 bytes: for each role its open claims and what was refused
     *     1280  slots        capacity × 32 bytes: the events
     *        …  commit words capacity × 8 bytes: of each slot, the position after the event that it holds
     * </pre>
     *
     * <p>The slot and the commit word of position p are number p modulo the capacity. The word is p + 1 once the event may be read, and the
     * same with the highest bit flipped where there is none to be read; anything else, such as a number of the lap before, says that the
     * consumer must wait. Eight words share a line, as two slots do: the consumer looks at them in order and finds a run of events with
     * one miss, and producers that commit neighbouring slots at one moment pass a line between them, as they do with the tail.
     */
    public static final StructType SHARED_EVENT_QUEUE =
            StructType.named(
                            "shared_event_queue_head",
                            "The positions of an event queue with many producers, and their lanes.")
                    .field(UINT64, "tail", "slots claimed; by the producers, by compare-and-set")
                    .align(Layouts.LINE_PAIR)
                    .field(UINT64, "head", "slots read; by the consumer, with release")
                    .align(Layouts.LINE_PAIR)
                    .structs(RingDescriptor.LANE, "lanes", Role.MAX_CODE + 1, "by role code")
                    .build();

    /** Bytes of a slot's commit word in an event queue with many producers. */
    public static final int COMMIT_WORD = Long.BYTES;

    /** Of a triple buffer: one word, so that no death leaves it half changed. */
    public static final StructType TRIPLE_BUFFER =
            StructType.named("triple_buffer_head", "Who holds which of three copies.")
                    .field(
                            UINT32,
                            "state",
                            "the writer's copy in bits 0-1, the one on offer in 2-3, the reader's"
                                    + " in 4-5, the fresh bit 6; by compare-and-set")
                    .build();

    /** Of a snapshot. */
    public static final StructType SNAPSHOT =
            StructType.named("snapshot_head", "The sequence number of a snapshot.")
                    .field(UINT64, "sequence", "odd while the writer writes")
                    .build();

    /** Of a broadcast. Positions count messages since the start; the slot is the position modulo the capacity. */
    public static final StructType BROADCAST =
            StructType.named("broadcast_head", "How far a broadcast is.")
                    .field(UINT64, "tail", "messages published; by the writer, with release")
                    .build();

    /** Of a slot of a broadcast, before its struct. */
    public static final StructType BROADCAST_SLOT =
            StructType.named(
                            "broadcast_slot",
                            "The start of a broadcast's slot; the message follows.")
                    .field(
                            UINT64,
                            "sequence",
                            "twice the position of the slot's message, plus 1 while it is written"
                                    + " and 2 once it is whole; 0 before the first")
                    .build();

    /** Of a blob. */
    public static final StructType BLOB =
            StructType.named("blob_head", "Which of two slots holds the last complete bytes.")
                    .field(
                            UINT64,
                            "published",
                            "number of the last complete one; its slot is this modulo 2")
                    .array(
                            UINT64,
                            "slot_sequence",
                            2,
                            "number of what the slot holds; 0 while it is written")
                    .array(UINT64, "slot_epoch", 2, "the epoch that the slot's bytes belong to")
                    .array(UINT64, "slot_length", 2, "bytes in the slot")
                    .build();

    /** Of the audio blocks: their geometry, which the image fixes, and the doorbells. */
    public static final StructType AUDIO_BLOCKS =
            StructType.named(
                            "audio_head",
                            "Geometry of the audio blocks, and the doorbells of both sides.")
                    .field(UINT32, "max_frames", "the most frames of a block; constant")
                    .field(UINT32, "input_channels", "constant")
                    .field(UINT32, "output_channels", "constant")
                    .field(UINT32, "samples_offset", "from a slot to its first channel; constant")
                    .field(
                            UINT32,
                            "channel_stride",
                            "bytes from channel to channel, inputs first; constant")
                    .align(Layouts.LINE_PAIR)
                    .field(
                            UINT32,
                            "request",
                            "number of the last block asked for; doorbell of RT; by the bridge")
                    .field(
                            UINT32,
                            "bridge_asleep",
                            "1 while the bridge may sleep on done; by the bridge")
                    .align(Layouts.LINE_PAIR)
                    .field(
                            UINT32,
                            "done",
                            "number of the last block rendered; doorbell of the bridge; by RT")
                    .field(UINT32, "rt_asleep", "1 while RT may sleep on request; by RT")
                    .build();

    /** Of a slot of the audio blocks, before its samples. */
    public static final StructType AUDIO_SLOT =
            StructType.named("audio_slot", "A request to RT and its answer.")
                    .field(INT32, "kind", "one of the request kinds; by the bridge")
                    .field(
                            INT32,
                            "frames",
                            "of this block, or the most of a block when activating; by the bridge")
                    .field(INT32, "flags", "see the slot flags; by the bridge")
                    .field(INT32, "reserved", "0")
                    .field(FieldType.FLOAT64, "sample_rate", "in Hz; by the bridge")
                    .field(
                            UINT64,
                            "events_end",
                            "tail of host_events up to which events belong to this block")
                    .align(Layouts.LINE_PAIR)
                    .field(
                            INT32,
                            "status",
                            "0 done, else refused and the role's message says why; by RT")
                    .field(
                            INT32,
                            "tail_frames",
                            "frames that may still sound after the last input; by RT")
                    .field(UINT64, "render_nanos", "time that RT took; by RT")
                    .field(
                            INT32,
                            "latency_frames",
                            "frames by which the output lags behind the input; by RT")
                    .field(INT32, "padding", "0")
                    .field(
                            UINT64,
                            "rt_events_begin",
                            "tail of rt_events before this block; what is there from before comes"
                                    + " late; by RT")
                    .build();

    private Heads() {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static dev.patchbay.layout.FieldType.INT32;
import static dev.patchbay.layout.FieldType.INT64;

/**
 * The bytes of a block trace: a file in which an engine notes what each block cost, for the real-time verifier and the soak. It
 * is written only where the environment asks for it.
 *
 * <pre>
 *    0  int64   magic
 *    8  int64   capacity, a power of two
 *   16  int64   count of all blocks so far, stored with release
 *   24  int64   0
 *   32  record 0 … capacity − 1: block n is in record n modulo capacity
 *
 *   record
 *    0  int64   start_nanos
 *    8  int64   end_nanos
 *   16  int64   allocated_bytes
 *   24  int32   frames
 *   28  int32   minor_faults
 *   32  int32   major_faults
 *   36  int32   voluntary_switches
 *   40  int32   involuntary_switches
 *   44  int32   0
 * </pre>
 */
public final class BlockTraceDescriptor {
    /** The head of the file. Counts of blocks start anew when the engine is activated. */
    public static final StructType HEAD =
            StructType.named("block_trace_head", "The start of a block trace.")
                    .field(INT64, "magic", "tells that the file is a block trace")
                    .field(INT64, "capacity", "records that the file has; a power of two")
                    .field(INT64, "count", "blocks since the activation; stored with release")
                    .field(INT64, "reserved", "0")
                    .build();

    /** What is known of a block. Times are nanoseconds of CLOCK_MONOTONIC; counts are those of the engine's thread alone. */
    public static final StructType RECORD =
            StructType.named("block_trace_record", "What a block cost.")
                    .field(INT64, "start_nanos", "when rendering began")
                    .field(INT64, "end_nanos", "when rendering had ended")
                    .field(INT64, "allocated_bytes", "on the heap, since the block before")
                    .field(INT32, "frames", "of the block")
                    .field(INT32, "minor_faults", "page faults without a read, while rendering")
                    .field(INT32, "major_faults", "page faults that read, while rendering")
                    .field(INT32, "voluntary_switches", "times that the thread waited")
                    .field(
                            INT32,
                            "involuntary_switches",
                            "times that another thread was given its place")
                    .field(INT32, "reserved", "0")
                    .build();

    /** The first eight bytes: {@code PBTRACE1}, read as a little-endian number. */
    public static final long MAGIC = 0x31454341_52544250L;

    /** The most records that a trace may have. */
    public static final int MAX_CAPACITY = 1 << 24;

    /**
     * The variable of the environment that asks an engine for a trace: {@code BLOCKS:FOLDER}, the number of blocks that it is to
     * hold at least, and the folder, best in memory (tmpfs), in which the file is made.
     */
    public static final String VARIABLE = "PATCHBAY_BLOCK_TRACE";

    private BlockTraceDescriptor() {}

    /**
     * {@return the name of the trace of an instance} Each engine of an instance writes one of its own: what an engine that died has
     * noted last is not lost.
     *
     * @param hostPid the process of the host
     * @param instanceId the id of the instance's region
     * @param generation 1 for the first engine of the instance's region, and so on
     */
    public static String fileName(
            final long hostPid, final String instanceId, final int generation) {
        return "blocks-" + hostPid + "-" + instanceId + "-" + generation + ".trace";
    }

    /**
     * {@return the least capacity for a number of blocks: a power of two}
     *
     * @param blocks 1 to {@link #MAX_CAPACITY}
     * @throws IllegalArgumentException if there are fewer or more
     */
    public static int capacityFor(final long blocks) {
        if (blocks < 1 || blocks > MAX_CAPACITY) {
            throw new IllegalArgumentException(
                    "A block trace holds 1 to "
                            + MAX_CAPACITY
                            + " blocks, but "
                            + blocks
                            + " were asked for: play a shorter time.");
        }
        return (int) Math.max(1, Long.highestOneBit(blocks * 2 - 1));
    }

    /**
     * {@return the size of a file in bytes}
     *
     * @param capacity in records
     */
    public static long fileBytes(final int capacity) {
        return HEAD.size() + (long) capacity * RECORD.size();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.realtime;

import dev.patchbay.layout.BlockTraceDescriptor;
import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A block trace as its engine left it: what each block since the activation cost. */
public final class BlockTrace {
    private static final int START = BlockTraceDescriptor.RECORD.offset("start_nanos");
    private static final int END = BlockTraceDescriptor.RECORD.offset("end_nanos");

    private final ByteBuffer bytes;
    private final int count;

    private BlockTrace(final ByteBuffer bytes, final int count) {
        this.bytes = bytes;
        this.count = count;
    }

    /** A figure that must be 0 in each block. */
    public enum Cost {
        /** Bytes that the engine's thread allocated on the heap. */
        ALLOCATED("allocated_bytes"),
        /** Page faults that read nothing. */
        MINOR_FAULTS("minor_faults"),
        /** Page faults that read from a disk. */
        MAJOR_FAULTS("major_faults"),
        /** Times that the thread waited. */
        VOLUNTARY_SWITCHES("voluntary_switches"),
        /** Times that the thread lost its processor. */
        INVOLUNTARY_SWITCHES("involuntary_switches");

        private final int offset;
        private final boolean wide;

        Cost(final String field) {
            offset = BlockTraceDescriptor.RECORD.offset(field);
            wide = BlockTraceDescriptor.RECORD.field(field).size() == Long.BYTES;
        }
    }

    /**
     * Reads a trace whose engine has ended.
     *
     * @throws ToolException if it is none, or holds fewer blocks than were rendered
     */
    public static BlockTrace read(final Path file) {
        final ByteBuffer bytes;
        try (FileChannel channel = FileChannel.open(file)) {
            bytes =
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
                            .order(ByteOrder.LITTLE_ENDIAN);
        } catch (final IOException e) {
            throw new ToolException("The block trace " + file + " cannot be read: " + e + ".", e);
        }
        if (bytes.capacity() < BlockTraceDescriptor.HEAD.size()
                || bytes.getLong(BlockTraceDescriptor.HEAD.offset("magic"))
                        != BlockTraceDescriptor.MAGIC) {
            throw new ToolException(
                    file + " is no block trace, expected one made by an engine of this version.");
        }
        final long count = bytes.getLong(BlockTraceDescriptor.HEAD.offset("count"));
        final long capacity = bytes.getLong(BlockTraceDescriptor.HEAD.offset("capacity"));
        if (count < 0
                || count > capacity
                || bytes.capacity() < BlockTraceDescriptor.fileBytes((int) capacity)) {
            throw new ToolException(
                    "The block trace "
                            + file
                            + " has room for "
                            + capacity
                            + " blocks, but "
                            + count
                            + " were rendered, so some are missing: ask for more room.");
        }
        return new BlockTrace(bytes, (int) count);
    }

    /** The number of blocks. */
    public int count() {
        return count;
    }

    /** When rendering of a block began, on CLOCK_MONOTONIC. */
    public long startNanos(final int block) {
        return bytes.getLong(at(block) + START);
    }

    /** When rendering of a block had ended. */
    public long endNanos(final int block) {
        return bytes.getLong(at(block) + END);
    }

    /** How long a block took. */
    public long nanos(final int block) {
        return endNanos(block) - startNanos(block);
    }

    /** A block's figure. */
    public long cost(final Cost cost, final int block) {
        final int at = at(block) + cost.offset;
        return cost.wide ? bytes.getLong(at) : bytes.getInt(at);
    }

    /** The sum of a figure over all blocks. */
    public long total(final Cost cost) {
        long sum = 0;
        for (int block = 0; block < count; block++) {
            sum += cost(cost, block);
        }
        return sum;
    }

    /** The first block from this one on whose figure is not 0, or -1. */
    public int next(final Cost cost, final int from) {
        for (int block = from; block < count; block++) {
            if (cost(cost, block) != 0) {
                return block;
            }
        }
        return -1;
    }

    /** The last block that had begun at an instant, or -1 before the first. */
    public int blockAt(final long nanos) {
        int low = 0;
        int high = count;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (startNanos(middle) - nanos <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private static int at(final int block) {
        return BlockTraceDescriptor.HEAD.size() + block * BlockTraceDescriptor.RECORD.size();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import com.sun.management.ThreadMXBean;
import dev.patchbay.layout.BlockTraceDescriptor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Notes what each block cost, in a file as {@link BlockTraceDescriptor} describes it, where the environment asks for that: for the
 * verifier and the soak. One thread's. The kernel is asked before and after a block, so a block costs two system calls more
 * then; what is noted is stored after the answer was given. Without a trace every method returns at once.
 *
 * <p>Always the same path is taken while it is on: in the rehearsal too, whose blocks are noted and then forgotten.
 */
@RealTimeExempt(
        reason =
                "A trace is asked for by the verifier and the soak, and then measures itself too;"
                        + " in production it is off.")
final class BlockTrace {
    private static final VarHandle LONG = JAVA_LONG.varHandle();
    private static final long COUNT = BlockTraceDescriptor.HEAD.offset("count");
    private static final long START = BlockTraceDescriptor.RECORD.offset("start_nanos");
    private static final long END = BlockTraceDescriptor.RECORD.offset("end_nanos");
    private static final long ALLOCATED = BlockTraceDescriptor.RECORD.offset("allocated_bytes");
    private static final long FRAMES = BlockTraceDescriptor.RECORD.offset("frames");
    private static final long MINOR = BlockTraceDescriptor.RECORD.offset("minor_faults");
    private static final long MAJOR = BlockTraceDescriptor.RECORD.offset("major_faults");
    private static final long VOLUNTARY = BlockTraceDescriptor.RECORD.offset("voluntary_switches");
    private static final long INVOLUNTARY =
            BlockTraceDescriptor.RECORD.offset("involuntary_switches");

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final boolean on;
    private final MemorySegment file;
    private final ThreadUsage before;
    private final ThreadUsage after;
    private final long mask;
    private long count;
    private int pending;
    private int frames;
    private long start;
    private long end;
    private long allocated;
    private long allocatedBefore;

    private BlockTrace(final MemorySegment file, final long mask) {
        this.on = file != null;
        this.file = file;
        this.mask = mask;
        this.before = on ? new ThreadUsage(Arena.global()) : null;
        this.after = on ? new ThreadUsage(Arena.global()) : null;
    }

    /** A trace that notes nothing. */
    static BlockTrace off() {
        return new BlockTrace(null, 0);
    }

    /**
     * The trace that a text asks for, which is the value of {@link BlockTraceDescriptor#VARIABLE}.
     *
     * @param wish {@code BLOCKS:FOLDER}, or null or empty for none
     * @param hostPid the host's process
     * @param instanceId the id of the instance's region
     * @param generation 1 for the first engine of the instance's region, and so on
     * @throws IllegalArgumentException if it cannot be made, with a sentence
     */
    static BlockTrace open(
            final String wish, final long hostPid, final String instanceId, final int generation) {
        if (wish == null || wish.isEmpty()) {
            return off();
        }
        final int colon = wish.indexOf(':');
        final int capacity;
        try {
            capacity =
                    BlockTraceDescriptor.capacityFor(
                            Long.parseLong(wish.substring(0, Math.max(0, colon))));
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException(
                    BlockTraceDescriptor.VARIABLE
                            + " is \""
                            + wish
                            + "\", expected BLOCKS:FOLDER, such as 100000:/dev/shm.",
                    e);
        }
        final Path path =
                Path.of(wish.substring(colon + 1))
                        .resolve(BlockTraceDescriptor.fileName(hostPid, instanceId, generation));
        try (FileChannel channel =
                FileChannel.open(
                        path,
                        Set.of(
                                StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            final MemorySegment file =
                    channel.map(
                            FileChannel.MapMode.READ_WRITE,
                            0,
                            BlockTraceDescriptor.fileBytes(capacity),
                            // Never unmapped: that would stop all threads for a moment.
                            Arena.global());
            // Touches every page, so that none has to be found while sound is made.
            file.fill((byte) 0);
            file.set(
                    JAVA_LONG,
                    BlockTraceDescriptor.HEAD.offset("magic"),
                    BlockTraceDescriptor.MAGIC);
            file.set(JAVA_LONG, BlockTraceDescriptor.HEAD.offset("capacity"), capacity);
            return new BlockTrace(file, capacity - 1L);
        } catch (final IOException e) {
            throw new IllegalArgumentException(
                    "The block trace "
                            + path
                            + " cannot be made: "
                            + e
                            + ". "
                            + BlockTraceDescriptor.VARIABLE
                            + " asks for it: name a folder that can be written to.",
                    e);
        }
    }

    /** Forgets what was noted so far. On the engine's thread, between blocks. */
    void restart() {
        if (on) {
            pending = 0;
            count = 0;
            LONG.setRelease(file, COUNT, 0L);
            allocatedBefore = threads.getCurrentThreadAllocatedBytes();
        }
    }

    /** A block begins. Real-time safe. */
    void blockStarts() {
        if (on) {
            before.read();
            start = System.nanoTime();
        }
    }

    /** The block that began was rendered. Real-time safe. */
    void blockEnds(final int blockFrames) {
        if (on) {
            end = System.nanoTime();
            after.read();
            final long now = threads.getCurrentThreadAllocatedBytes();
            allocated = now - allocatedBefore;
            allocatedBefore = now;
            frames = blockFrames;
            pending = 1;
        }
    }

    /**
     * Stores what was noted of a block, if any, after its answer. Without a block it stores a record that does not count, rather
     * than taking another path. Real-time safe.
     */
    void store() {
        if (on) {
            final long at =
                    BlockTraceDescriptor.HEAD.size()
                            + (count & mask) * BlockTraceDescriptor.RECORD.size();
            file.set(JAVA_LONG, at + START, start);
            file.set(JAVA_LONG, at + END, end);
            file.set(JAVA_LONG, at + ALLOCATED, allocated);
            file.set(JAVA_INT, at + FRAMES, frames);
            file.set(JAVA_INT, at + MINOR, (int) (after.minorFaults() - before.minorFaults()));
            file.set(JAVA_INT, at + MAJOR, (int) (after.majorFaults() - before.majorFaults()));
            file.set(
                    JAVA_INT,
                    at + VOLUNTARY,
                    (int) (after.voluntarySwitches() - before.voluntarySwitches()));
            file.set(
                    JAVA_INT,
                    at + INVOLUNTARY,
                    (int) (after.involuntarySwitches() - before.involuntarySwitches()));
            count += pending;
            pending = 0;
            // Pairs with the acquire of whoever reads the file.
            LONG.setRelease(file, COUNT, count);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * How much this VM's compilers have done, and whether they have anything left to do, methods in their queues included. The VM tells of its
 * queues only in a safepoint, which would stop the other instances of the process. But a compiler's thread that sleeps has found
 * its queue empty, and what a thread does the kernel knows: {@code /proc/self/task/TID/stat}. One thread; not real-time safe.
 */
final class Compilers implements AutoCloseable {
    private static final File TASKS = new File("/proc/self/task");

    /** As HotSpot calls them, in the 15 characters that the kernel keeps. */
    private static final Set<String> NAMES = Set.of("C1 CompilerThre", "C2 CompilerThre");

    /** A thread that has just begun has the name of its program. */
    private static final String UNNAMED = "java";

    /** A compiler also sleeps where it waits for a lock for a moment, so it must be seen asleep as often as this. */
    private static final int LOOKS = 3;

    private static final long BETWEEN_LOOKS_NANOS = 1_000_000;

    private final ByteBuffer stat = ByteBuffer.allocateDirect(512);
    private final Map<String, FileChannel> compilers = new HashMap<>();
    private final Set<String> others = new HashSet<>();
    private final JvmEvents log = JvmEvents.ofThisVm();

    /** A number that grows with each method that is compiled; where the VM writes no log of them, with the compilers' time. */
    long compiled() {
        log.look();
        final long known = log.compilations();
        return known == JvmEvents.NOT_KNOWN ? CostMeter.compilationMillis() : known;
    }

    /**
     * Waits until no compiler has anything to do.
     *
     * @param end an instant by System.nanoTime at which to give up
     * @return whether it was so; false where time was up
     */
    boolean awaitIdle(final long end) {
        find();
        int looks = 0;
        while (looks < LOOKS || find()) {
            looks = idleNow() ? looks + 1 : 0;
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
        return true;
    }

    /** Whether none of those that are known has anything to do at this moment. */
    boolean idleNow() {
        for (final FileChannel compiler : compilers.values()) {
            if (!asleep(compiler)) {
                return false;
            }
        }
        return true;
    }

    /** The state is the letter behind the name, which stands in brackets. */
    private boolean asleep(final FileChannel compiler) {
        try {
            final int end = nameEnd(compiler);
            return end < 0 || stat.get(end + 2) == 'S';
        } catch (final IOException e) {
            // The thread has ended.
            return true;
        }
    }

    /** Reads what the kernel says of a thread; where its name ends, or -1 for a thread that has ended. */
    private int nameEnd(final FileChannel thread) throws IOException {
        stat.clear();
        int at = thread.read(stat, 0) - 1;
        while (at >= 0 && stat.get(at) != ')') {
            at--;
        }
        return at;
    }

    /** Whether there are compilers that were not known: the VM starts more as its queues grow, and ends them later. */
    private boolean find() {
        final String[] present = TASKS.list();
        if (present == null) {
            throw new IllegalStateException(
                    "The threads of this process cannot be listed in "
                            + TASKS
                            + ", so it cannot be told when the engine is warm.");
        }
        boolean found = false;
        for (final String id : present) {
            if (!compilers.containsKey(id) && !others.contains(id)) {
                found |= meet(id);
            }
        }
        return found;
    }

    private boolean meet(final String id) {
        try {
            final FileChannel thread =
                    FileChannel.open(
                            TASKS.toPath().resolve(id).resolve("stat"), StandardOpenOption.READ);
            final int end = nameEnd(thread);
            final int begin = id.length() + " (".length();
            final String name = end < begin ? UNNAMED : text(begin, end);
            if (NAMES.contains(name)) {
                compilers.put(id, thread);
                return true;
            }
            thread.close();
            if (!name.equals(UNNAMED)) {
                others.add(id);
            }
        } catch (final IOException e) {
            // It has ended since it was listed.
            others.add(id);
        }
        return false;
    }

    private String text(final int begin, final int end) {
        final byte[] bytes = new byte[end - begin];
        stat.get(begin, bytes);
        return new String(bytes, US_ASCII);
    }

    private static void close(final Closeable file) {
        try {
            file.close();
        } catch (final IOException e) {
            throw new UncheckedIOException("A file that was read cannot be closed.", e);
        }
    }

    @Override
    public void close() {
        compilers.values().forEach(Compilers::close);
        compilers.clear();
    }
}

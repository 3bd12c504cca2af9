// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.engine;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/**
 * Allocates as an interface or a sequencer would, and no more than is asked for: lists of small objects, of which a constant number of
 * bytes is alive and which die at random ages, so that a collector has to mark, copy and sweep.
 */
public final class AllocationLoad {
    /** The property with the rate in MB/s, where an engine is to have a load in its own JVM. */
    public static final String RATE = "patchbay.bench.load";

    /** The property with the file that tells how far it is: bytes and nanoseconds. */
    public static final String PROGRESS = "patchbay.bench.load.progress";

    /** The bytes of that file. */
    public static final int PROGRESS_BYTES = 4096;

    /** With their payloads, about 60 MB. */
    private static final int LISTS = 1 << 14;

    private static final int LENGTH = 40;
    private static final int PAYLOAD = 64;
    private static final long PAUSE_NANOS = 500_000;
    private static final long MEGABYTE = 1_000_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Link[] lists = new Link[LISTS];
    private final long bytesPerSecond;
    private final LongBuffer progress;
    private int random = 1;

    /** A small object that points to another. */
    private static final class Link {
        private final Link next;
        private final byte[] payload = new byte[PAYLOAD];

        Link(final Link next) {
            this.next = next;
            payload[0] = 1;
        }
    }

    private AllocationLoad(final long megabytesPerSecond, final Path file) {
        bytesPerSecond = megabytesPerSecond * MEGABYTE;
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            progress =
                    channel.map(FileChannel.MapMode.READ_WRITE, 0, PROGRESS_BYTES)
                            .order(ByteOrder.nativeOrder())
                            .asLongBuffer();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A JVM that does nothing else, until its standard input ends.
     *
     * @param arguments MB/s and the file
     */
    public static void main(final String[] arguments) throws IOException {
        start(Long.parseLong(arguments[0]), Path.of(arguments[1]));
        while (System.in.read() >= 0) {
            continue;
        }
    }

    /** Starts the load that the properties ask for, if any. */
    public static void startAsAsked() {
        final Long rate = Long.getLong(RATE);
        if (rate != null) {
            start(rate, Path.of(System.getProperty(PROGRESS)));
        }
    }

    private static void start(final long megabytesPerSecond, final Path file) {
        final AllocationLoad load = new AllocationLoad(megabytesPerSecond, file);
        final Thread thread = new Thread(load::run, "allocation load");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        final long begin = System.nanoTime();
        final long before = threads.getCurrentThreadAllocatedBytes();
        while (true) {
            final long nanos = System.nanoTime() - begin;
            final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            progress.put(1, nanos);
            progress.put(0, allocated);
            if (allocated > (double) nanos / 1e9 * bytesPerSecond) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            renew();
        }
    }

    /** Replaces one list by a new one. */
    private void renew() {
        random = random * 1_664_525 + 1_013_904_223;
        Link list = null;
        for (int i = 0; i < LENGTH; i++) {
            list = new Link(list);
        }
        lists[(random >>> 8) & (LISTS - 1)] = list;
    }
}

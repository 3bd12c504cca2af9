// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/**
 * What the JVM has counted, for all instances of the process: however many of them ask, it is looked up at most once in a while, since a look
 * at the threads costs as much as there are threads. Any thread.
 */
final class VmCounts {
    private static final long PERIOD_NANOS = 20_000_000L;

    private final AllocationLoad load = new AllocationLoad();
    private final int loadMegabytes;
    private final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long looked = System.nanoTime() - PERIOD_NANOS;
    private Counted counted;

    /**
     * What is published of it.
     *
     * @param collections of the collector
     * @param collectionMillis what they have taken
     * @param allocatedBytes by the threads that live
     * @param loadBytes what the load that was asked for has allocated
     * @param loadNanos how long that has run
     */
    record Counted(
            long collections,
            long collectionMillis,
            long allocatedBytes,
            long loadBytes,
            long loadNanos) {}

    /**
     * Counts of this process.
     *
     * @param loadMegabytes how much is to be allocated in a second beside the work, for demos and tests; 0 for nothing
     */
    VmCounts(final int loadMegabytes) {
        this.loadMegabytes = loadMegabytes;
    }

    /** Starts the load that was asked for, unless it runs. */
    synchronized void startLoad() {
        if (loadMegabytes > 0 && load.nanos() == 0) {
            load.start(loadMegabytes);
        }
    }

    /** {@return what was counted lately} */
    synchronized Counted look() {
        final long now = System.nanoTime();
        if (counted == null || now - looked >= PERIOD_NANOS) {
            looked = now;
            counted = count();
        }
        return counted;
    }

    private Counted count() {
        long collections = 0;
        long millis = 0;
        for (final GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
            // ZGC has a bean for its cycles and one for the pauses in them; a cycle is a
            // collection.
            if (!bean.getName().endsWith("Pauses")) {
                collections += Math.max(0, bean.getCollectionCount());
                millis += Math.max(0, bean.getCollectionTime());
            }
        }
        long allocated = 0;
        for (final long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            allocated += Math.max(0, bytes);
        }
        return new Counted(collections, millis, allocated, load.bytes(), load.nanos());
    }
}

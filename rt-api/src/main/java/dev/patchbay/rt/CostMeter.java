// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import com.sun.management.ThreadMXBean;
import dev.patchbay.atomics.Counters;
import java.lang.management.CompilationMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/**
 * Publishes what the engine's thread has cost since it was warm. The engine counts what it allocated after each block, itself:
 * read once at the end, the figure would hold what ending costs. A monitor publishes collections and compilations now and
 * then, the engine once at its end; a lock keeps the two apart, and no block is rendered under it.
 */
final class CostMeter {
    private static final int BLOCKS = BlockRenderer.counter("blocks");
    private static final int MEASURED = BlockRenderer.counter("measured_blocks");
    private static final int ALLOCATED = BlockRenderer.counter("allocated_bytes");
    private static final int COLLECTIONS = BlockRenderer.counter("collections");
    private static final int COMPILE_MILLIS = BlockRenderer.counter("compile_millis_after_warm_up");

    private static final int COMPILATIONS = BlockRenderer.counter("compilations_after_ready");
    private static final int DEOPTIMIZATIONS = BlockRenderer.counter("deoptimizations_after_ready");
    private static final int READY = BlockRenderer.counter("time_to_ready_nanos");

    /** Looked up once: to find a bean takes a hundred methods, which would be compiled while sound is made. */
    private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

    private final Counters counters;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final GarbageCollectorMXBean[] collectors =
            ManagementFactory.getGarbageCollectorMXBeans().toArray(new GarbageCollectorMXBean[0]);
    private final long begun;
    private final JvmEvents events = JvmEvents.ofThisVm();
    private JvmEvents.Count counted;
    private boolean started;
    private long allocatedBefore;
    private long blocksBefore;
    private long compiledBefore;

    /**
     * Costs of an engine.
     *
     * @param counters take the figures
     * @param begun the instant from which the time to ready counts, by System.nanoTime
     */
    CostMeter(final Counters counters, final long begun) {
        this.counters = counters;
        this.begun = begun;
    }

    /** Counts from now on. On the engine's thread. */
    synchronized void start() {
        if (!started) {
            started = true;
            counters.setRelease(READY, System.nanoTime() - begun);
        }
        endCount();
        counted = events.since(System.nanoTime());
        publishEvents();
        blocksBefore = counters.getAcquire(BLOCKS);
        compiledBefore = compilationMillis();
        allocatedBefore = threads.getCurrentThreadAllocatedBytes();
    }

    /** Publishes what this thread has allocated up to the end of a block. On the engine's thread; real-time safe. */
    @RealTimeExempt(
            reason =
                    "Reads a counter of the VM's own for this thread; allocates nothing and waits"
                            + " for nobody.")
    void blockEnded() {
        counters.setRelease(ALLOCATED, threads.getCurrentThreadAllocatedBytes() - allocatedBefore);
        counters.setRelease(MEASURED, counters.getAcquire(BLOCKS) - blocksBefore);
    }

    /** Publishes the costs since {@link #start}. */
    synchronized void publish() {
        if (!started) {
            return;
        }
        counters.setRelease(COMPILE_MILLIS, compilationMillis() - compiledBefore);
        publishEvents();
        long collections = 0;
        for (final GarbageCollectorMXBean collector : collectors) {
            collections += Math.max(0, collector.getCollectionCount());
        }
        counters.setRelease(COLLECTIONS, collections);
    }

    /** The VM's events, as far as they were read: the monitor looks before it publishes. */
    private void publishEvents() {
        counters.setRelease(COMPILATIONS, counted.compilations());
        counters.setRelease(DEOPTIMIZATIONS, counted.deoptimizations());
    }

    /** Publishes the costs for the last time, with what was logged up to now. On the engine's thread, which renders no more. */
    synchronized void close() {
        events.look();
        publish();
        started = false;
        endCount();
    }

    private void endCount() {
        if (counted != null) {
            counted.end();
            counted = null;
        }
    }

    /** The time the compilers have taken so far, in milliseconds; 0 in a VM that only interprets. */
    static long compilationMillis() {
        return COMPILER == null ? 0 : COMPILER.getTotalCompilationTime();
    }
}

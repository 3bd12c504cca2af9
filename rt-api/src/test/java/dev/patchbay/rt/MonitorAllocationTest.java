// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.Snapshot;
import dev.patchbay.layout.StandardStructs;
import java.lang.management.ManagementFactory;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What the monitor does ten times a second, for days, on a heap that nothing frees. */
class MonitorAllocationTest {
    private static final int TIMES = 1_000;

    private final AtomicBuffer buffer = new UnsafeBuffer(java.nio.ByteBuffer.allocateDirect(4096));

    private static long allocated(final Runnable work) {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // Classes are loaded and constants made by the first rounds.
        for (int i = 0; i < TIMES; i++) {
            work.run();
        }
        final long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < TIMES; i++) {
            work.run();
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void theGaugeOfTheHeapAllocatesNothing() {
        final Counters counters = new Counters(buffer, 0, 32);
        final HeapGauge gauge = new HeapGauge(counters, true, line -> {});
        assertTrue(allocated(gauge::publish) < TIMES, "less than a byte each");
        assertEquals(
                Runtime.getRuntime().maxMemory(),
                counters.getAcquire(EngineInstances.counter("heap_limit_bytes")));
        assertTrue(counters.getAcquire(EngineInstances.counter("heap_used_bytes")) > 0);
    }

    @Test
    void followingAHostThatDoesNotChangeAllocatesNothing() {
        final int words = StandardStructs.AUDIO_THREAD.size() / Long.BYTES;
        final Snapshot audioThread = new Snapshot(buffer, 0, 64, words);
        final Scheduling scheduling = new Scheduling(SystemCalls.threadId(), audioThread, () -> {});
        assertTrue(allocated(scheduling::follow) < TIMES, "less than a byte each");
    }
}

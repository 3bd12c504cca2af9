// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the engine waits: its rules alone, and a real engine's counts. */
class WaitStrategyTest {
    private static final long BRIEF = SpinPolicy.SHORT_NANOS - 1;

    @TempDir private Path folder;

    /** Lets sleeps of this length pass; how many it takes until a look is tried, at most so many. */
    private static int sleepsUntilALook(final SpinPolicy policy, final long nanos) {
        int sleeps = 0;
        while (!policy.looks() && sleeps < 1000) {
            policy.slept(nanos);
            sleeps++;
        }
        return sleeps;
    }

    @Test
    void looksForAsLongAsThatPays() {
        final SpinPolicy policy = new SpinPolicy();
        for (int i = 0; i < 100; i++) {
            assertTrue(policy.looks());
            policy.hit();
        }
    }

    @Test
    void triesALookHalfAsOftenAfterEachInVainDownToOneInSixtyFour() {
        final SpinPolicy policy = new SpinPolicy();
        for (final int sleeps : new int[] {1, 2, 4, 8, 16, 32, 64, 64, 64}) {
            assertTrue(policy.looks());
            policy.missed();
            assertEquals(sleeps, sleepsUntilALook(policy, BRIEF));
        }
        policy.hit();
        policy.missed();
        assertEquals(1, sleepsUntilALook(policy, BRIEF), "a look that paid is forgotten");
    }

    @Test
    void triesNoLookWhileWaitsAreLong() {
        final SpinPolicy policy = new SpinPolicy();
        policy.missed();
        assertEquals(1000, sleepsUntilALook(policy, SpinPolicy.SHORT_NANOS));
        assertFalse(policy.looks());
    }

    @Test
    void anEngineThatNobodyAsksUsesNoProcessorTime() throws Exception {
        try (EngineProcess engine = new EngineProcess(folder, TestModules.Level.class.getName())) {
            final EngineThread thread = new EngineThread(engine);
            engine.activateOffline();
            engine.render(64);
            engine.await("sleep", engine::asleep);
            // The thread sleeps in the kernel once its time stands still.
            long before = -1;
            while (before != thread.processorNanos()) {
                before = thread.processorNanos();
                LockSupport.parkNanos(5_000_000);
            }
            final long waits = waits(engine);
            LockSupport.parkNanos(300_000_000);
            assertEquals(before, thread.processorNanos());
            assertEquals(waits, waits(engine));
        }
    }

    private static long waits(final EngineProcess engine) {
        return engine.counter("spin_hits")
                + engine.counter("spin_misses")
                + engine.counter("sleeps")
                + engine.counter("naps");
    }

    /** Once a look was in vain, a wait that is longer than any look begins with none. */
    @Test
    void anEngineThatIsAskedNowAndThenSleepsAtOnce() throws Exception {
        try (EngineProcess engine = new EngineProcess(folder, TestModules.Level.class.getName())) {
            engine.activateOffline();
            pace(engine, 3);
            final long misses = engine.counter("spin_misses");
            final long sleeps = engine.counter("sleeps");
            pace(engine, 100);
            assertEquals(misses, engine.counter("spin_misses"));
            assertTrue(engine.counter("sleeps") >= sleeps + 100);
        }
    }

    private static void pace(final EngineProcess engine, final int blocks) {
        for (int i = 0; i < blocks; i++) {
            engine.await("the engine to sleep", engine::asleep);
            LockSupport.parkNanos(2 * SpinPolicy.SHORT_NANOS);
            engine.render(64);
        }
    }

    @Test
    void anEngineThatIsAskedAtOnceLooks() throws Exception {
        try (EngineProcess engine = new EngineProcess(folder, TestModules.Level.class.getName())) {
            engine.ask(
                    dev.patchbay.layout.StandardRegion.Request.ACTIVATE,
                    EngineProcess.MAX_FRAMES,
                    0);
            // Where it is permitted, so that both have a processor at the same time on a busy
            // machine.
            new EngineThread(engine).host(Scheduling.FIFO, 5);
            final int self = SystemCalls.threadId();
            SystemCalls.schedule(self, Scheduling.FIFO, 5);
            try {
                for (int round = 0; round < 100 && engine.counter("spin_hits") < 1000; round++) {
                    for (int i = 0; i < 1000; i++) {
                        engine.render(1);
                    }
                }
            } finally {
                SystemCalls.schedule(self, Scheduling.OTHER, 0);
            }
            assertTrue(
                    engine.counter("spin_hits") >= 1000,
                    () ->
                            engine.counter("spin_hits")
                                    + " hits, "
                                    + engine.counter("spin_misses")
                                    + " misses, "
                                    + engine.counter("sleeps")
                                    + " sleeps");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/** What the kernel says of the compilers' threads of the JVM that runs this test. */
class CompilersTest {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Much for a compiler to do: it copies each call into the loop. */
    private static int work(final int x) {
        return mix(mix(mix(mix(x, 3), 5), 7), 11) ^ mix(mix(mix(x, 13), 17), 19);
    }

    private static int mix(final int x, final int y) {
        return twist(twist(x + y) ^ twist(x - y)) + twist(x * y);
    }

    private static int twist(final int x) {
        return Integer.rotateLeft(x, 7) * 31 + (x >>> 3 ^ x << 5) % 1_001;
    }

    @Test
    void areSeenAtWorkAndThenIdle() throws Exception {
        final AtomicBoolean running = new AtomicBoolean(true);
        final IntSupplier sum =
                () -> {
                    int total = 0;
                    for (int i = 0; running.get(); i++) {
                        total += work(i);
                    }
                    return total;
                };
        final Thread worker = new Thread(sum::getAsInt);
        try (Compilers compilers = new Compilers()) {
            final long start = System.nanoTime();
            assertTrue(compilers.awaitIdle(start + PATIENCE_NANOS), "before");
            final long before = CostMeter.compilationMillis();
            worker.start();
            boolean seen = false;
            while (!seen && System.nanoTime() - start < PATIENCE_NANOS) {
                seen = !compilers.idleNow();
            }
            assertTrue(seen, "a method that is compiled is work");
            assertTrue(compilers.awaitIdle(System.nanoTime() + PATIENCE_NANOS), "in the end");
            assertTrue(CostMeter.compilationMillis() > before, "it was compiled meanwhile");
        } finally {
            running.set(false);
            worker.join();
        }
    }

    @Test
    void waitNoLongerThanTheyMay() {
        try (Compilers compilers = new Compilers()) {
            assertFalse(compilers.awaitIdle(System.nanoTime() - 1));
        }
    }
}

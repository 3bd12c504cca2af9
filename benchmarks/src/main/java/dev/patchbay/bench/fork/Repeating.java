// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.fork;

import dev.patchbay.bench.cells.Repeated;
import dev.patchbay.bench.plan.Receipt;
import java.util.Map;

/** Measures an operation by its repetition, and what it finds in every chunk. {@code bench_repeat} in bench.h. */
final class Repeating {
    /** A multiple of every number of cells. */
    private static final int CHUNK = 4096;

    private final Repeated operation;
    private long done;
    private long faults;

    Repeating(final Repeated operation) {
        this.operation = operation;
    }

    Receipt run(final Times times) {
        final long begin = System.nanoTime();
        while (System.nanoTime() - begin < times.warmNanos()) {
            chunk();
        }
        final long before = done;
        final long start = System.nanoTime();
        long end = start;
        while (end - start < times.measureNanos()) {
            chunk();
            end = System.nanoTime();
        }
        return new Receipt(
                (double) (end - start) / (done - before),
                done,
                done,
                null,
                faults,
                null,
                1,
                Map.of());
    }

    private void chunk() {
        final double found = operation.run(done, CHUNK);
        if (found != operation.expected(done, CHUNK)) {
            faults++;
        }
        done += CHUNK;
    }
}

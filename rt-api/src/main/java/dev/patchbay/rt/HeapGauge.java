// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.Counters;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * How much of the heap is left where nothing ever frees it. Measuring allocates nothing: the runtime's two numbers come
 * from the VM as plain longs, while a memory bean makes an object each time. The two are read one after the other, so the
 * figure may be wrong by what is allocated between them. For a thread that does not render.
 */
final class HeapGauge {
    /** Less than one part in so many left is told. */
    static final int LEAST_PART = 8;

    private static final int USED = EngineInstances.counter("heap_used_bytes");
    private static final int LOW = EngineInstances.counter("heap_is_low");
    private static final int LIMIT = EngineInstances.counter("heap_limit_bytes");
    private static final double MIB = 1 << 20;

    private final Counters counters;
    private final boolean freed;
    private final Consumer<String> log;
    private boolean told;

    /**
     * A gauge of this process's heap.
     *
     * @param counters those of the engine region, which take the figures
     * @param freed whether a collector frees memory; what is used then goes down again, and nobody is told
     * @param log takes the warning, once
     */
    HeapGauge(final Counters counters, final boolean freed, final Consumer<String> log) {
        this.counters = counters;
        this.freed = freed;
        this.log = log;
    }

    /** Publishes the figures, and where little is left says so, to the bridge and once in the log. */
    void publish() {
        final Runtime runtime = Runtime.getRuntime();
        final long limit = runtime.maxMemory();
        final long used = runtime.totalMemory() - runtime.freeMemory();
        counters.setRelease(LIMIT, limit);
        counters.setRelease(USED, used);
        if (!freed && !told && limit - used < limit / LEAST_PART) {
            told = true;
            // The bridge looks at it, and has the instances go over to a fresh process.
            counters.setRelease(LOW, 1);
            log.accept(
                    String.format(
                            Locale.ROOT,
                            "%.1f of %.1f MiB of the heap are used, and nothing frees them: the"
                                    + " instances are to go over to a fresh process, and this one"
                                    + " ends when all is used. Let the module allocate in init"
                                    + " alone, or raise modules.rt.heap in build.yaml.",
                            used / MIB,
                            limit / MIB));
        }
    }
}

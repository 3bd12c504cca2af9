// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.Participant;
import dev.patchbay.layout.StandardRegion;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/** What control counts in the region. Of one thread at a time. */
final class ControlCounts {
    private static final List<String> NAMES =
            StandardRegion.prebuilt().section(StandardRegion.CONTROL_COUNTERS).names();

    private final Counters counters;
    private final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    ControlCounts(final Participant participant) {
        counters =
                Counters.over(
                        participant.buffer(), participant.section(StandardRegion.CONTROL_COUNTERS));
    }

    void count(final String counter) {
        counters.add(NAMES.indexOf(counter), 1);
    }

    private void set(final String counter, final long value) {
        counters.setRelease(NAMES.indexOf(counter), value);
    }

    /** What the JVM has counted, and what these have. */
    void measure(final AllocationLoad load, final FormerCode former) {
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
        set("collections", collections);
        set("collection_millis", millis);
        long allocated = 0;
        for (final long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            allocated += Math.max(0, bytes);
        }
        set("allocated_bytes", allocated);
        set("load_bytes", load.bytes());
        set("load_nanos", load.nanos());
        set("former_modules", former.count());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.Participant;
import dev.patchbay.layout.StandardRegion;
import java.util.List;

/** What control counts in the region. Of one thread at a time. */
final class ControlCounts {
    private static final List<String> NAMES =
            StandardRegion.prebuilt().section(StandardRegion.CONTROL_COUNTERS).names();

    private final Counters counters;

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

    /** What the JVM has counted, and how much former code of this instance's is in memory. */
    void publish(final VmCounts.Counted vm, final FormerCode former) {
        set("collections", vm.collections());
        set("collection_millis", vm.collectionMillis());
        set("allocated_bytes", vm.allocatedBytes());
        set("load_bytes", vm.loadBytes());
        set("load_nanos", vm.loadNanos());
        set("former_modules", former.count());
    }
}

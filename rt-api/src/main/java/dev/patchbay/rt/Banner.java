// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.Participant;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** What the engine's log begins with: who runs, under which options, and what the system grants or refuses. */
final class Banner {
    private Banner() {}

    /** The lines. Allocates; before blocks come. */
    static List<String> lines(final Participant process, final String collector) {
        final List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        "pid %d, Java %s, %s, heap of at most %d MB, module %s, engine region %s of"
                                + " process %d",
                        ProcessHandle.current().pid(),
                        Runtime.version(),
                        collector,
                        Runtime.getRuntime().maxMemory() >> 20,
                        process.moduleClass(),
                        process.region().instanceId(),
                        process.hostPid()));
        lines.add(
                "options: "
                        + String.join(
                                " ", ManagementFactory.getRuntimeMXBean().getInputArguments()));
        lines.add(
                "waiting: looks for at most "
                        + WaitStrategy.LOOK_NANOS / 1000
                        + " \u00b5s where that has paid lately, else sleeps");
        return lines;
    }
}

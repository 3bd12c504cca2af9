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
    static List<String> lines(
            final Participant participant, final String collector, final DspThread thread) {
        final List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        "pid %d, Java %s, %s, heap of at most %d MB, module %s, region %s of"
                                + " process %d",
                        ProcessHandle.current().pid(),
                        Runtime.version(),
                        collector,
                        Runtime.getRuntime().maxMemory() >> 20,
                        participant.moduleClass(),
                        participant.region().instanceId(),
                        participant.hostPid()));
        lines.add(
                "options: "
                        + String.join(
                                " ", ManagementFactory.getRuntimeMXBean().getInputArguments()));
        lines.addAll(thread.report());
        lines.add(
                "waiting: looks for at most "
                        + WaitStrategy.LOOK_NANOS / 1000
                        + " \u00b5s where that has paid lately, else sleeps");
        return lines;
    }
}

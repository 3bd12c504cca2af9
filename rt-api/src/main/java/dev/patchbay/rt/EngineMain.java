// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.Participant;
import dev.patchbay.layout.RegionException;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardRegion.RoleState;
import java.lang.management.ManagementFactory;

/** The engine process: one real-time module over the region of one plug-in instance. Started by the bridge. */
public final class EngineMain {
    private static final int MONITOR_MILLIS = 100;

    private EngineMain() {}

    /**
     * Runs the engine until the bridge asks to quit or the host ends.
     *
     * @param args see {@link Participant#attach}
     */
    public static void main(final String[] args) {
        final Participant participant;
        try {
            participant = Participant.attach(Role.RT, args);
        } catch (final IllegalArgumentException | RegionException e) {
            System.err.println("patchbay rt: " + e.getMessage());
            System.exit(1);
            return;
        }
        watchHost(participant.hostPid());
        final String collector = collector();
        participant.identify(collector);
        try {
            final DspThread thread = DspThread.enter(participant, EngineMain::log);
            final Engine engine = new Engine(participant, thread);
            monitor(participant, engine, thread);
            Banner.lines(participant, collector, thread).forEach(EngineMain::log);
            engine.run();
        } catch (final RuntimeException e) {
            System.err.println("patchbay rt: " + e.getMessage());
            participant.role().message(String.valueOf(e.getMessage()));
            participant.role().state(RoleState.FAILED);
            System.exit(1);
        }
        System.exit(0);
    }

    /** The collector as the VM names it: the first word of its first bean. */
    static String collector() {
        return ManagementFactory.getGarbageCollectorMXBeans().get(0).getName().split(" ")[0];
    }

    /** Ends this process with its host, however that ends. */
    private static void watchHost(final long pid) {
        daemon(
                "patchbay host watch",
                () -> {
                    Kernel.awaitEnd(pid);
                    Runtime.getRuntime().halt(0);
                });
    }

    private static void log(final String line) {
        System.err.println("patchbay rt: " + line);
    }

    private static void monitor(
            final Participant participant, final Engine engine, final DspThread thread) {
        final HeapGauge heap =
                new HeapGauge(
                        Counters.over(
                                participant.buffer(),
                                participant.section(StandardRegion.RT_COUNTERS)),
                        !collector().equals("Epsilon"),
                        EngineMain::log);
        daemon(
                "patchbay monitor",
                () -> {
                    while (true) {
                        participant.role().heartbeat(System.nanoTime());
                        engine.costs().publish();
                        heap.publish();
                        thread.tend();
                        try {
                            Thread.sleep(MONITOR_MILLIS);
                        } catch (final InterruptedException e) {
                            return;
                        }
                    }
                });
    }

    private static void daemon(final String name, final Runnable task) {
        final Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}

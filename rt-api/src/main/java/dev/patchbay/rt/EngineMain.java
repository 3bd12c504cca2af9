// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.Participant;
import dev.patchbay.layout.EngineRegion;
import dev.patchbay.layout.RegionException;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion.RoleState;
import java.lang.management.ManagementFactory;

/**
 * The engine process: the real-time modules of the instances of one plug-in in one host, each on a thread of its own over a region
 * of its own. Started by the bridge. The main thread takes the bridge's commands and renders nothing.
 */
public final class EngineMain {
    /** The process's log. */
    static final EngineLog LOG = EngineLog.ofThisProcess();

    private static final int MONITOR_MILLIS = 100;

    /** While an instance rehearses: the monitor's work is to be compiled then, too. */
    private static final int REHEARSAL_MILLIS = 1;

    private EngineMain() {}

    /**
     * Serves commands until the bridge asks to quit or the host ends.
     *
     * @param args see {@link Participant#attach}; the region is an {@link EngineRegion}
     */
    public static void main(final String[] args) {
        final Participant process;
        try {
            Processor.present();
            process = Participant.attach(Role.RT, EngineRegion.declaration(), args);
        } catch (final IllegalArgumentException | IllegalStateException | RegionException e) {
            System.err.println("patchbay rt: " + e.getMessage());
            System.exit(1);
            return;
        }
        watchHost(process.hostPid());
        final String collector = collector();
        process.identify(collector);
        try {
            Banner.lines(process, collector).forEach(LOG);
            final EngineInstances instances = new EngineInstances(process, collector, LOG);
            RealTimeLimit.watch(instances::overran, LOG);
            final EngineCommands commands = new EngineCommands(process, instances);
            monitor(process, instances, !"Epsilon".equals(collector));
            process.role().state(RoleState.READY);
            commands.serve();
        } catch (final RuntimeException | Error e) {
            System.err.println("patchbay rt: the engine's process ends: " + e);
            e.printStackTrace();
            process.role().message(e.toString());
            process.role().state(RoleState.FAILED);
            System.exit(1);
        }
        // A thread whose module hangs does not keep the process.
        Runtime.getRuntime().halt(0);
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

    static void monitor(
            final Participant process, final EngineInstances instances, final boolean freed) {
        final HeapGauge heap =
                new HeapGauge(
                        Counters.over(process.buffer(), process.section(EngineRegion.COUNTERS)),
                        freed,
                        LOG);
        daemon(
                "patchbay monitor",
                () -> {
                    while (true) {
                        final long now = System.nanoTime();
                        process.role().heartbeat(now);
                        heap.publish();
                        final boolean rehearses = instances.tend(now);
                        try {
                            Thread.sleep(rehearses ? REHEARSAL_MILLIS : MONITOR_MILLIS);
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

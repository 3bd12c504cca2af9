// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.Participant;
import dev.patchbay.layout.BlockTraceDescriptor;
import dev.patchbay.layout.RegionException;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion.RoleState;
import java.lang.management.ManagementFactory;

/** The engine process: one real-time module over the region of one plug-in instance. Started by the bridge. */
public final class EngineMain {
    private static final int MONITOR_MILLIS = 100;

    /** At once, before anything plays: a loop that runs ten times a second would be compiled only after minutes. */
    private static final int WARM_ROUNDS = 3_000;

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
            final BlockTrace trace =
                    BlockTrace.open(
                            System.getenv(BlockTraceDescriptor.VARIABLE),
                            participant.hostPid(),
                            participant.region().instanceId());
            final Engine engine = new Engine(participant, trace);
            monitor(participant, engine);
            System.err.printf(
                    "patchbay rt: pid %d, %s, heap of at most %d MB, module %s, region %s of"
                            + " process %d%n",
                    ProcessHandle.current().pid(),
                    collector,
                    Runtime.getRuntime().maxMemory() >> 20,
                    participant.moduleClass(),
                    participant.region().instanceId(),
                    participant.hostPid());
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

    private static void monitor(final Participant participant, final Engine engine) {
        daemon(
                "patchbay monitor",
                () -> {
                    for (long round = 0; ; round++) {
                        engine.beat();
                        try {
                            Thread.sleep(round < WARM_ROUNDS ? 0 : MONITOR_MILLIS);
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

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import dev.patchbay.atomics.Participant;
import dev.patchbay.layout.RegionException;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion.RoleState;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** The control process: one control module over the region of one plug-in instance. Started by the bridge. */
public final class ControlMain {
    private ControlMain() {}

    /**
     * Runs the module until the bridge leaves or the host ends.
     *
     * @param args see {@link Participant#attach}
     */
    public static void main(final String[] args) {
        final Participant participant;
        try {
            participant = Participant.attach(Role.CONTROL, args);
            HostWatch.start(participant.hostPid());
        } catch (final IllegalArgumentException | IllegalStateException | RegionException e) {
            System.err.println("patchbay control: " + e.getMessage());
            System.exit(1);
            return;
        }
        participant.identify(
                ManagementFactory.getGarbageCollectorMXBeans().get(0).getName().split(" ")[0]);
        participant.role().state(RoleState.ATTACHED);
        CodeDesk desk = null;
        try {
            final ControlOptions options =
                    ControlOptions.parse(System.getenv(ControlOptions.VARIABLE));
            desk = openDesk(participant);
            System.err.printf(
                    "patchbay control: pid %d, heap of at most %d MB, module %s, region %s of"
                            + " process %d%n",
                    ProcessHandle.current().pid(),
                    Runtime.getRuntime().maxMemory() >> 20,
                    participant.moduleClass(),
                    participant.region().instanceId(),
                    participant.hostPid());
            final ControlRunner runner = new ControlRunner(participant, options);
            runner.start(
                    desk != null ? desk.first() : CodeDesk.withoutStore(participant.moduleClass()));
            if (desk != null) {
                listen(desk, participant, runner);
            }
            runner.awaitEnd();
        } catch (final RuntimeException e) {
            System.err.println("patchbay control: " + e.getMessage());
            e.printStackTrace();
            participant.role().message(String.valueOf(e.getMessage()));
            close(desk);
            participant.role().state(RoleState.FAILED);
            System.exit(1);
        }
        close(desk);
        System.exit(0);
    }

    /** Null where code cannot be replaced; that is told. */
    private static CodeDesk openDesk(final Participant participant) {
        try {
            return new CodeDesk(
                    System.getenv(),
                    participant.moduleClass(),
                    participant.hostPid(),
                    participant.region().instanceId());
        } catch (final IOException e) {
            cannotReload(e);
            return null;
        }
    }

    private static void listen(
            final CodeDesk desk, final Participant participant, final ControlRunner runner) {
        try {
            ReloadSocket.open(desk, participant.region().instanceId(), runner::reload);
        } catch (final IOException e) {
            cannotReload(e);
        }
        if (desk.development()) {
            SourceWatch.start(desk, runner::reload);
        }
    }

    private static void cannotReload(final IOException e) {
        System.err.println(
                "patchbay control: the code of the module cannot be replaced while it runs: "
                        + e.getMessage());
    }

    private static void close(final CodeDesk desk) {
        try {
            if (desk != null) {
                desk.close();
            }
        } catch (final IOException e) {
            System.err.println("patchbay control: something is left behind: " + e.getMessage());
        }
    }
}

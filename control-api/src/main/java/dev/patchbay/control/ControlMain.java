// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import dev.patchbay.atomics.Participant;
import dev.patchbay.layout.RegionException;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion.RoleState;
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
        final ControlOptions options;
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
        try {
            options = ControlOptions.parse(System.getenv(ControlOptions.VARIABLE));
        } catch (final IllegalArgumentException e) {
            fail(participant, e);
            return;
        }
        System.err.printf(
                "patchbay control: pid %d, heap of at most %d MB, module %s, region %s of"
                        + " process %d%n",
                ProcessHandle.current().pid(),
                Runtime.getRuntime().maxMemory() >> 20,
                participant.moduleClass(),
                participant.region().instanceId(),
                participant.hostPid());
        final VmCounts vm = new VmCounts(options.allocateMegabytes());
        final ControlInstance instance;
        try {
            instance = new ControlInstance(participant, options, vm);
        } catch (final RuntimeException e) {
            e.printStackTrace();
            fail(participant, e);
            return;
        }
        System.exit(instance.run() ? 0 : 1);
    }

    private static void fail(final Participant participant, final RuntimeException e) {
        System.err.println("patchbay control: " + e.getMessage());
        participant.role().message(String.valueOf(e.getMessage()));
        participant.role().state(RoleState.FAILED);
        System.exit(1);
    }
}

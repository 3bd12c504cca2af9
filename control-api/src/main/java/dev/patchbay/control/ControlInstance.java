// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import dev.patchbay.atomics.Participant;
import dev.patchbay.layout.StandardRegion.RoleState;
import java.io.IOException;

/**
 * One plug-in instance in a control process: its region, its module with code of its own, and the ways in which that code is replaced. What the
 * process has beside its instances is in {@link ControlMain}.
 */
final class ControlInstance {
    private final Participant participant;
    private final ControlRunner runner;
    private final CodeDesk desk;

    /**
     * Prepares to serve a region.
     *
     * @param participant whoever made it closes its region once {@link #run} has returned
     * @param vm what the process has counted
     */
    ControlInstance(
            final Participant participant, final ControlOptions options, final VmCounts vm) {
        this.participant = participant;
        this.desk = openDesk(participant);
        this.runner = new ControlRunner(participant, options, vm);
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

    /**
     * Runs the module until the bridge leaves; whatever else ends it is told, here and in the region.
     *
     * @return whether the bridge has left
     */
    boolean run() {
        try {
            runner.start(
                    desk != null ? desk.first() : CodeDesk.withoutStore(participant.moduleClass()));
            if (desk == null) {
                runner.awaitEnd();
            } else {
                awaitEndAndListen();
            }
            close();
            return true;
        } catch (final RuntimeException e) {
            System.err.println("patchbay control: " + e.getMessage());
            e.printStackTrace();
            participant.role().message(String.valueOf(e.getMessage()));
            close();
            participant.role().state(RoleState.FAILED);
            return false;
        }
    }

    private void awaitEndAndListen() {
        final ReloadSocket socket = openSocket();
        final SourceWatch watch =
                desk.development() ? SourceWatch.start(desk, runner::reload) : null;
        try {
            runner.awaitEnd();
        } finally {
            if (socket != null) {
                socket.close();
            }
            if (watch != null) {
                watch.close();
            }
        }
    }

    /** Null where there is none; that is told. */
    private ReloadSocket openSocket() {
        try {
            return ReloadSocket.open(desk, participant.region().instanceId(), runner::reload);
        } catch (final IOException e) {
            cannotReload(e);
            return null;
        }
    }

    private static void cannotReload(final IOException e) {
        System.err.println(
                "patchbay control: the code of the module cannot be replaced while it runs: "
                        + e.getMessage());
    }

    private void close() {
        try {
            if (desk != null) {
                desk.close();
            }
        } catch (final IOException e) {
            System.err.println("patchbay control: something is left behind: " + e.getMessage());
        }
    }
}

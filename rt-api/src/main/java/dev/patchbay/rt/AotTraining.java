// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.Doorbell;
import dev.patchbay.atomics.Participant;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardRegion.Request;
import dev.patchbay.layout.StandardRegion.RoleState;
import dev.patchbay.layout.StandardStructs;
import java.util.concurrent.locks.LockSupport;

/**
 * The engine's process while a bundle's AOT cache is made: the same program, with a thread beside it that does what the bridge
 * would do. It activates, which is to warm up, asks for some blocks, deactivates and quits.
 */
public final class AotTraining {
    private static final double SAMPLE_RATE = 48_000;
    private static final int MOST_FRAMES = 1024;
    private static final int BLOCKS = 200;
    private static final long LOOK_NANOS = 1_000_000;

    private final AudioSlots slots;
    private final Doorbell requests;
    private final Doorbell answers;
    private int request;

    private AotTraining(final AudioSlots slots) {
        this.slots = slots;
        this.requests = slots.requests();
        this.answers = slots.answers();
        this.request = requests.value();
    }

    /**
     * Runs the engine over a region that nobody else uses, then ends the process: with status 0, or with 1 after a sentence on
     * stderr where the module refuses.
     *
     * @param args as those of {@link EngineMain}
     */
    public static void main(final String[] args) {
        final Participant participant = Participant.attach(Role.RT, args);
        final AotTraining training =
                new AotTraining(
                        new AudioSlots(
                                participant.buffer(), participant.section(StandardRegion.AUDIO)));
        final Thread bridge = new Thread(() -> training.play(participant), "patchbay training");
        bridge.setDaemon(true);
        bridge.start();
        EngineMain.main(args);
    }

    private void play(final Participant participant) {
        awaitAttached(participant);
        final int frames = Math.min(MOST_FRAMES, slots.maxFrames());
        boolean good = ask(Request.ACTIVATE, frames);
        for (int i = 0; good && i < BLOCKS; i++) {
            good = ask(Request.PROCESS, 1 + i % frames);
        }
        if (!good) {
            // The engine has said why on stderr.
            System.err.println(
                    "patchbay training: the module "
                            + participant.moduleClass()
                            + " refused to play.");
            // Not exit, at which the JVM would write a cache of what there was.
            Runtime.getRuntime().halt(1);
        }
        ask(Request.DEACTIVATE, 0);
        ask(Request.QUIT, 0);
    }

    /** An engine serves what is asked from then on, and passes over what was asked before. */
    private static void awaitAttached(final Participant participant) {
        final int state =
                participant.section(StandardRegion.ROLES).elementOffset(Role.RT.code())
                        + StandardStructs.ROLE.offset("state");
        while (participant.buffer().getIntAcquire(state) < RoleState.ATTACHED) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Asks and waits; gives whether the engine did it. */
    private boolean ask(final int kind, final int frames) {
        request++;
        slots.ask(request, kind, frames, 0, SAMPLE_RATE, 0);
        if (requests.ring(request)) {
            Kernel.futexWake(slots.addressOf(requests));
        }
        while (answers.value() != request) {
            if (answers.mayWait(request - 1)) {
                Kernel.futexWait(slots.addressOf(answers), request - 1);
            }
            answers.awake();
        }
        return slots.status(request) == 0;
    }
}

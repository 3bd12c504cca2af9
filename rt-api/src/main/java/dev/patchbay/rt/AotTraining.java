// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.Doorbell;
import dev.patchbay.atomics.Participant;
import dev.patchbay.layout.EngineRegion;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardRegion.Request;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The engine's process while a bundle's AOT cache is made: what {@link EngineMain} runs, but told by this class, which does what the
 * bridge would do. It adds an instance, activates it, which is to warm up, asks for some blocks, deactivates and removes it. In the
 * end the process exits, at which the JVM writes its cache; that of {@link EngineMain} is halted.
 */
public final class AotTraining {
    private static final double SAMPLE_RATE = 48_000;
    private static final int MOST_FRAMES = 1024;
    private static final int BLOCKS = 200;

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
     * Runs the engine over regions that nobody else uses, then ends the process: with status 0, or with 1 after a sentence on
     * stderr where the module refuses.
     *
     * @param args file and id of the instance's region, then what {@link EngineMain} is given
     */
    public static void main(final String[] args) throws InterruptedException {
        final Path file = Path.of(args[0]);
        final String id = args[1];
        final Participant process =
                Participant.attach(
                        Role.RT,
                        EngineRegion.declaration(),
                        Arrays.copyOfRange(args, 2, args.length));
        final String collector = EngineMain.collector();
        process.identify(collector);
        Banner.lines(process, collector).forEach(EngineMain.LOG);
        final EngineInstances instances = new EngineInstances(process, collector, EngineMain.LOG);
        EngineMain.monitor(process, instances, false);
        instances.add(file, id, 1);
        final Participant bridge = process.join(file, id, 1);
        final AudioSlots slots =
                new AudioSlots(bridge.buffer(), bridge.section(StandardRegion.AUDIO));
        if (!new AotTraining(slots).play()) {
            // The engine has said why on stderr.
            System.err.println(
                    "patchbay training: the module " + process.moduleClass() + " refused to play.");
            // Not exit, at which the JVM would write a cache of what there was.
            Runtime.getRuntime().halt(1);
        }
        instances.remove(id);
        System.exit(0);
    }

    private boolean play() {
        final int frames = Math.min(MOST_FRAMES, slots.maxFrames());
        boolean good = ask(Request.ACTIVATE, frames);
        for (int i = 0; good && i < BLOCKS; i++) {
            good = ask(Request.PROCESS, 1 + i % frames);
        }
        return good && ask(Request.DEACTIVATE, 0) && ask(Request.QUIT, 0);
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

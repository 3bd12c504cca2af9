// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.Participant;
import dev.patchbay.layout.EngineRegion;
import dev.patchbay.layout.Role;
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

    private AotTraining() {}

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
        try {
            play(new BridgeSide(bridge.region(), () -> true));
        } catch (final IllegalStateException e) {
            // The engine has said why on stderr.
            System.err.println(
                    "patchbay training: the module " + process.moduleClass() + " refused to play.");
            // Not exit, at which the JVM would write a cache of what there was.
            Runtime.getRuntime().halt(1);
        }
        instances.remove(id);
        System.exit(0);
    }

    private static void play(final BridgeSide bridge) {
        final int frames = Math.min(MOST_FRAMES, bridge.maxFrames());
        bridge.activate(SAMPLE_RATE, frames);
        for (int i = 0; i < BLOCKS; i++) {
            bridge.process(1 + i % frames, false, false);
        }
        bridge.deactivate();
        bridge.quit();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import dev.patchbay.rt.BridgeSide;
import dev.patchbay.rt.RtModule;
import dev.patchbay.tools.demo.JvmLog;
import dev.patchbay.tools.files.Folders;
import dev.patchbay.tools.realtime.BlockTrace;
import dev.patchbay.tools.realtime.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;

/**
 * Plays a module in a JVM of its own, with the options of production, and looks for everything that can hold up its thread: the
 * engine is the real one, over a real region, asked by another process at the doorbells, and warm as before it plays in a host.
 * The engine's thread asks the kernel before and after each block, and the JVM's log tells the rest.
 */
public final class DynamicVerifier {
    private static final Path MEMORY = Path.of("/dev/shm");

    private static final int FURTHER_ACTIVATIONS = 2;

    private DynamicVerifier() {}

    /**
     * Plays and judges a module. On any thread; takes some seconds for the start and the warm-up, and then as long as the blocks
     * take.
     *
     * @param module the class that the engine would create
     * @param options how it is played
     * @throws IllegalStateException if the engine cannot be started, or ends, with what it said
     */
    public static DynamicReport verify(
            final Class<? extends RtModule> module, final DynamicOptions options) {
        try {
            // In memory: a page of the trace that waits for a disk would be found as a fault.
            final Path folder =
                    Files.isWritable(MEMORY)
                            ? Files.createTempDirectory(MEMORY, "patchbay-verify-")
                            : Files.createTempDirectory("patchbay-verify-");
            try {
                return verify(module, options, folder);
            } finally {
                Folders.delete(folder);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("The verifier's files cannot be used.", e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The verifier was interrupted.", e);
        }
    }

    private static DynamicReport verify(
            final Class<? extends RtModule> module, final DynamicOptions options, final Path folder)
            throws IOException, InterruptedException {
        final Declared declared = Declared.of(module, options.declaration(), folder);
        try (EngineFork engine = new EngineFork(declared, folder, options.blocks())) {
            try {
                return play(module, declared, options, engine);
            } catch (final IllegalStateException e) {
                throw new IllegalStateException(
                        "The module "
                                + module.getName()
                                + " could not be played: "
                                + e.getMessage()
                                + " Repeat with "
                                + options.repeat()
                                + ". Its process said: "
                                + engine.said(),
                        e);
            }
        }
    }

    private static DynamicReport play(
            final Class<? extends RtModule> module,
            final Declared declared,
            final DynamicOptions options,
            final EngineFork engine)
            throws IOException, InterruptedException {
        final BridgeSide bridge = engine.bridge();
        final Storm storm =
                new Storm(
                        options.seed(),
                        declared.parameters().size(),
                        bridge.maxFrames(),
                        bridge.hostEvents().capacity(),
                        bridge.messages().maxLength());
        final StormPlayer player = new StormPlayer(bridge, declared.parameters().size());
        engine.attach();
        bridge.awaitEngine();
        warmUp(bridge, options);
        engine.awaitCompilers();
        for (int block = 0; block < options.blocks(); block++) {
            player.play(storm.block(block));
        }
        bridge.quit();
        engine.awaitEnd();
        final BlockTrace trace = BlockTrace.read(engine.trace());
        if (trace.count() != options.blocks()) {
            throw new IllegalStateException(
                    "The engine noted "
                            + trace.count()
                            + " blocks, expected "
                            + options.blocks()
                            + ".");
        }
        final DynamicReport report =
                DynamicReport.of(
                        module.getName(),
                        options,
                        Verdict.of(trace, JvmLog.read(engine.log())),
                        times(trace),
                        storm,
                        player);
        report.save(engine.log());
        return report;
    }

    /** As a host that activates again: on a loaded machine a rehearsal can be over before the compiler is. */
    private static void warmUp(final BridgeSide bridge, final DynamicOptions options) {
        int further = FURTHER_ACTIVATIONS;
        while (!bridge.activate(options.sampleRate(), bridge.maxFrames()) && further-- > 0) {
            // With the same largest block, the module would be kept and nothing rehearsed.
            bridge.activate(options.sampleRate(), bridge.maxFrames() - 1);
        }
    }

    private static Histogram times(final BlockTrace trace) {
        final Histogram times = new Histogram(3);
        for (int block = 0; block < trace.count(); block++) {
            times.recordValue(Math.max(0, trace.nanos(block)));
        }
        return times;
    }
}

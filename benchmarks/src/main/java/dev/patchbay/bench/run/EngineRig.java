// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import dev.patchbay.bench.plan.BenchException;
import dev.patchbay.layout.EngineRegion;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.rt.CommandSide;
import dev.patchbay.rt.EngineMain;
import dev.patchbay.rt.RtModule;
import dev.patchbay.tools.bundle.JvmCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An engine in a JVM of its own, with the options that a bundle gives it, which serves one region: what the bridge does when a host
 * activates a plug-in. Whoever plays the region is another process. The engine ends with this program, however that ends.
 */
final class EngineRig implements AutoCloseable {
    /** More than the start of a JVM takes on a machine that has much else to do. */
    private static final int PATIENCE_SECONDS = 60;

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    private static final int END_SECONDS = 30;
    private static final int LAST_WORDS = 600;

    private final Path file;
    private final Path said;
    private final Region commands;
    private final Process process;
    private boolean ended;
    private long asked;

    /**
     * Starts an engine and has it serve a region.
     *
     * @param folder takes both regions and what the engine says; stays until this is closed
     * @param image the instance's region
     * @param module what plays
     * @param flags of the JVM: collector, heap, properties
     */
    EngineRig(
            final Path folder,
            final RegionImage image,
            final Class<? extends RtModule> module,
            final List<String> flags)
            throws IOException {
        file = folder.resolve("instance");
        said = folder.resolve("engine.txt");
        commands =
                Region.create(
                        folder.resolve("engine"), EngineRegion.image(EngineRegion.Share.BUNDLE));
        process =
                new ProcessBuilder(command(folder.resolve("engine"), module, flags))
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        boolean serves = false;
        try (Region instance = Region.create(file, image)) {
            final CommandSide bridge = bridge();
            bridge.awaitReady();
            bridge.add(file, instance.instanceId());
            serves = true;
        } catch (final IllegalStateException e) {
            throw failure(e);
        } finally {
            if (!serves) {
                close();
            }
        }
    }

    private BenchException failure(final IllegalStateException e) {
        final String what =
                process.isAlive() && System.nanoTime() - asked >= PATIENCE_NANOS
                        ? "The engine has not answered within " + PATIENCE_SECONDS + " s."
                        : e.getMessage();
        return new BenchException(what + " " + lastWords(), e);
    }

    /** For commands that are answered soon. */
    private CommandSide bridge() {
        asked = System.nanoTime();
        return new CommandSide(
                commands, () -> process.isAlive() && System.nanoTime() - asked < PATIENCE_NANOS);
    }

    private List<String> command(
            final Path engine, final Class<? extends RtModule> module, final List<String> flags) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(JvmCommand.compilerOptions());
        command.addAll(
                List.of(
                        "-XX:-UsePerfData",
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EngineMain.class.getName(),
                        "--region",
                        engine.toString(),
                        "--id",
                        commands.instanceId(),
                        "--host",
                        Long.toString(ProcessHandle.current().pid()),
                        "--generation",
                        "1",
                        "--module",
                        module.getName()));
        return command;
    }

    /** The region that it serves. */
    Path region() {
        return file;
    }

    /** What the engine said, as a sentence. */
    String lastWords() {
        try {
            final String words = Files.readString(said).strip().replaceAll("\\s+", " ");
            return words.isEmpty()
                    ? "The engine said nothing."
                    : "The engine said: "
                            + words.substring(Math.max(0, words.length() - LAST_WORDS))
                            + ".";
        } catch (final IOException e) {
            return "What the engine said cannot be read: " + e + ".";
        }
    }

    /** Has the engine end in order, once nobody plays any more: its log is whole then. */
    void quit() throws InterruptedException {
        try {
            bridge().quit();
        } catch (final IllegalStateException e) {
            throw failure(e);
        }
        ended = process.waitFor(END_SECONDS, TimeUnit.SECONDS);
        if (!ended || process.exitValue() != 0) {
            throw new BenchException("The engine did not end in order. " + lastWords());
        }
    }

    @Override
    public void close() {
        if (!ended) {
            process.destroyForcibly();
            process.onExit().join();
        }
        commands.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.layout.BlockTraceDescriptor;
import dev.patchbay.layout.EngineRegion;
import dev.patchbay.layout.Region;
import dev.patchbay.rt.BridgeSide;
import dev.patchbay.rt.CommandSide;
import dev.patchbay.tools.bundle.JvmCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * An engine in a JVM of its own, with the command line that the module's bundle would have: the options are {@link JvmCommand}'s,
 * only program and class path are those of the test.
 */
final class EngineFork implements AutoCloseable {
    /** What only a bundle can fill in. */
    private static final Pattern PLACE = Pattern.compile("\\{[a-z]+}");

    private static final int END_SECONDS = 20;
    private static final int COMPILE_SECONDS = 60;

    private final Path folder;
    private final Region engineRegion;
    private final Region region;
    private final Path regionFile;
    private final CommandSide commands;
    private final Process process;
    private final Path output;

    /**
     * Starts an engine.
     *
     * @param declared the module and what its plug-in declares
     * @param folder gets region, trace and logs; best in memory
     * @param blocks how many blocks the trace is to hold
     */
    EngineFork(final Declared declared, final Path folder, final int blocks) throws IOException {
        this.folder = folder;
        this.output = folder.resolve("engine.log");
        final Path file = folder.resolve("engine");
        this.regionFile = folder.resolve("region");
        this.engineRegion = Region.create(file, EngineRegion.image(EngineRegion.Share.BUNDLE));
        this.region = Region.create(regionFile, declared.image());
        try {
            final ProcessBuilder builder = new ProcessBuilder(command(declared, file));
            builder.environment()
                    .put(BlockTraceDescriptor.VARIABLE, blocks + ":" + folder.toAbsolutePath());
            this.process =
                    builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        } catch (final IOException | RuntimeException e) {
            region.close();
            engineRegion.close();
            throw e;
        }
        this.commands = new CommandSide(engineRegion, process::isAlive);
    }

    /** Waits until the engine serves the instance's region. */
    void attach() throws IOException {
        commands.awaitReady();
        commands.add(regionFile, region.instanceId());
    }

    private List<String> command(final Declared declared, final Path file) {
        final Map<String, String> values =
                Map.of(
                        "{region}", file.toString(),
                        "{id}", engineRegion.instanceId(),
                        "{pid}", Long.toString(ProcessHandle.current().pid()),
                        "{generation}", "1",
                        "{logs}", folder.toString());
        final List<String> command = new ArrayList<>();
        String before = "";
        for (final String argument : JvmCommand.of(declared.build().rt())) {
            String text = argument;
            for (final Map.Entry<String, String> value : values.entrySet()) {
                text = text.replace(value.getKey(), value.getValue());
            }
            if (command.isEmpty()) {
                text = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            } else if (before.equals("-cp")) {
                text =
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path"));
            }
            before = argument;
            // What else is in the bundle, such as its cache, is none of this test's.
            if (!PLACE.matcher(text).find()) {
                command.add(text);
            }
        }
        return command;
    }

    /** The bridge's side of its region. */
    BridgeSide bridge() {
        return new BridgeSide(region, process::isAlive);
    }

    /**
     * Waits until the JVM has compiled what it had decided to compile: on a loaded machine methods wait for long after the warm-up
     * has called them often enough, and the module is not to blame for that.
     */
    void awaitCompilers() throws IOException, InterruptedException {
        final long start = System.nanoTime();
        while (compiles()) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(COMPILE_SECONDS)) {
                throw new IllegalStateException(
                        "The engine's JVM was still compiling "
                                + COMPILE_SECONDS
                                + " s after the warm-up: the machine is too busy to tell.");
            }
        }
    }

    /** Whether jcmd tells of a method that is compiled or waits for it: such a line has the number and the tier. */
    private boolean compiles() throws IOException, InterruptedException {
        final Process jcmd =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(process.pid()),
                                "Compiler.queue")
                        .redirectErrorStream(true)
                        .start();
        jcmd.getOutputStream().close();
        final String queue = new String(jcmd.getInputStream().readAllBytes(), UTF_8);
        if (jcmd.waitFor() != 0 || !queue.contains("compile queue")) {
            throw new IllegalStateException(
                    "jcmd cannot ask the engine's JVM what it compiles: " + queue.strip());
        }
        return queue.contains("::");
    }

    /** Tells the process to end and waits for it, after its last block. */
    void awaitEnd() throws InterruptedException {
        commands.quit();
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(
                    "The engine's process "
                            + (process.isAlive()
                                    ? "did not end within " + END_SECONDS + " s"
                                    : "ended with status " + process.exitValue())
                            + ", expected status 0.");
        }
    }

    /** What the process printed. */
    String said() {
        try {
            return Files.readString(output).strip();
        } catch (final IOException e) {
            return "nothing that can be read: " + e;
        }
    }

    /** Its block trace. */
    Path trace() {
        return folder.resolve(
                BlockTraceDescriptor.fileName(
                        ProcessHandle.current().pid(), region.instanceId(), 1));
    }

    /** Its JVM's log. */
    Path log() {
        return folder.resolve(
                "rt-"
                        + ProcessHandle.current().pid()
                        + "-"
                        + engineRegion.instanceId()
                        + ".jvm.log");
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        region.close();
        engineRegion.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import dev.patchbay.layout.EngineRegion;
import dev.patchbay.layout.EngineRegion.Share;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.files.Folders;
import dev.patchbay.tools.project.Aot;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes the AOT cache of a bundle's real-time module: runs its engine with the bundle's own runtime, jars and options over a
 * scratch region, lets it warm up and render, and has the JVM keep the classes and profiles of that run.
 */
final class AotCache {
    /** A training warms up as an engine does, within 10 s, and writes the cache; a loaded machine takes its time. */
    private static final int LIMIT_SECONDS = 180;

    private static final String SPEAKER = "patchbay ";
    private static final int SHOWN_LINES = 6;

    private final Path bundle;
    private final List<String> command;
    private final PrintWriter progress;

    /**
     * A cache to be made.
     *
     * @param bundle the folder of a bundle that is complete but for the cache
     * @param command the command line of its real-time module
     */
    AotCache(final Path bundle, final List<String> command, final PrintWriter progress) {
        this.bundle = bundle;
        this.command = command;
        this.progress = progress;
    }

    /**
     * Makes the cache and its key. Where that fails, and the build file does not ask for the cache by name, the bundle does
     * without, and a warning says why.
     *
     * @throws ToolException if it fails and the build file asks for it
     */
    void make(final RegionImage image, final Aot wish) throws IOException {
        if (wish == Aot.NEVER) {
            return;
        }
        progress.println("AOT cache: training the engine (10 to 30 s)");
        final long start = System.nanoTime();
        final Path work = Files.createTempDirectory("patchbay-aot-");
        try {
            train(image, work);
            Files.writeString(bundle.resolve(JvmCommand.RT_AOT_KEY), AotKey.of(bundle, command));
            progress.printf(
                    "AOT cache: %,d bytes in %.1f s%n",
                    Files.size(bundle.resolve(JvmCommand.RT_AOT)),
                    (System.nanoTime() - start) / 1e9);
        } catch (final TrainingException e) {
            Files.deleteIfExists(bundle.resolve(JvmCommand.RT_AOT));
            if (wish == Aot.ALWAYS) {
                throw new ToolException(
                        "The AOT cache that build.yaml asks for (modules.rt.aot: true) cannot be"
                                + " made: "
                                + e.getMessage(),
                        e);
            }
            progress.println(
                    "warning: the bundle has no AOT cache, so its engine takes longer to become"
                            + " ready: "
                            + e.getMessage()
                            + " With modules.rt.aot: false in build.yaml none is made.");
        } finally {
            Folders.delete(work);
        }
    }

    private void train(final RegionImage image, final Path work)
            throws IOException, TrainingException {
        final Path cache = bundle.resolve(JvmCommand.RT_AOT);
        final Path engineFile = work.resolve("engine");
        final Path file = work.resolve("region");
        try (Region engine = Region.create(engineFile, EngineRegion.image(Share.INSTANCE));
                Region region = Region.create(file, image)) {
            final List<String> training =
                    filled(
                            "-XX:AOTCacheOutput=" + cache,
                            work,
                            engineFile.toString(),
                            engine.instanceId());
            final int main = training.indexOf(JvmCommand.RT_MAIN);
            training.set(main, JvmCommand.RT_TRAINING);
            training.addAll(main + 1, List.of(file.toString(), region.instanceId()));
            run(training, work);
        }
        if (!Files.isRegularFile(cache)) {
            throw new TrainingException("the JVM ended well and wrote no cache.");
        }
        // "on" refuses to start where a cache cannot be used, which "auto" passes over.
        final List<String> check = filled("-XX:AOTCache=" + cache, work, "", "");
        final List<String> options =
                new ArrayList<>(check.subList(0, check.indexOf(JvmCommand.RT_MAIN)));
        options.addAll(List.of("-XX:AOTMode=on", "-version"));
        run(options, work);
    }

    /** The command line as the bridge would make it, in this place. */
    private List<String> filled(
            final String aot, final Path logs, final String region, final String id)
            throws IOException {
        final List<String> result = new ArrayList<>();
        for (final String word : command) {
            final String placed =
                    word.equals(JvmCommand.AOT_PLACE)
                            ? aot
                            : word.replace("{bundle}", bundle.toString())
                                    .replace("{logs}", logs.toString())
                                    .replace("{region}", region)
                                    .replace("{id}", id)
                                    .replace("{pid}", Long.toString(ProcessHandle.current().pid()))
                                    .replace("{generation}", "1");
            result.add(word.equals("{bundle}/" + JvmCommand.RT_JARS + "/*") ? classPath() : placed);
        }
        return result;
    }

    private String classPath() throws IOException {
        final Path folder = bundle.resolve(JvmCommand.RT_JARS);
        return String.join(
                ":",
                AotKey.jars(folder).stream().map(jar -> folder.resolve(jar).toString()).toList());
    }

    private static void run(final List<String> words, final Path work)
            throws IOException, TrainingException {
        final Path output = work.resolve("output");
        final ProcessBuilder builder =
                new ProcessBuilder(words)
                        .directory(work.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        // Options from outside would be part of the training, and of no run after it.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS"));
        builder.environment().keySet().removeAll(List.of("JDK_JAVA_OPTIONS", "JDK_AOT_VM_OPTIONS"));
        final Process process = builder.start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new TrainingException(
                        "the training had not ended after "
                                + LIMIT_SECONDS
                                + " s: "
                                + said(output));
            }
            if (process.exitValue() != 0) {
                throw new TrainingException(
                        "the training ended with status "
                                + process.exitValue()
                                + ": "
                                + said(output));
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The training was interrupted.", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** The engine's own words where there are any, else the last ones of the JVM. */
    private static String said(final Path output) throws IOException {
        final List<String> lines =
                Files.readAllLines(output).stream().filter(line -> !line.isBlank()).toList();
        final List<String> own = lines.stream().filter(line -> line.startsWith(SPEAKER)).toList();
        final List<String> shown = own.isEmpty() ? lines : own;
        return shown.isEmpty()
                ? "it says nothing."
                : String.join(
                        " | ",
                        shown.subList(Math.max(0, shown.size() - SHOWN_LINES), shown.size()));
    }

    /** The cache cannot be made; the message is the end of a sentence. */
    private static final class TrainingException extends Exception {
        private static final long serialVersionUID = 1;

        TrainingException(final String message) {
            super(message);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.files.Folders;
import dev.patchbay.tools.files.NewFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The Java runtime in a bundle: the JDK's modules that are needed and no others, linked by {@code jlink}. Linking takes
 * seconds, so each runtime is kept in a cache under a name that depends on all that it is made of.
 */
final class RuntimeImage {
    /** What Agrona, JNA and the engines need, and what a bundle is looked into with: debugger and flight recorder. */
    private static final List<String> ALWAYS =
            List.of(
                    "java.base",
                    "java.logging",
                    "java.management",
                    "jdk.httpserver",
                    "jdk.jdwp.agent",
                    "jdk.jfr",
                    "jdk.management",
                    "jdk.unsupported");

    /**
     * No archive of class data: it would add 28 MB and 10 s of linking for 0.05 s at each start.
     */
    private static final List<String> OPTIONS =
            List.of("--strip-debug", "--no-man-pages", "--no-header-files", "--compress", "zip-6");

    private final JavaHome jdk;
    private final Path cache;
    private final PrintWriter progress;

    RuntimeImage(final JavaHome jdk, final Path cache, final PrintWriter progress) {
        this.jdk = jdk;
        this.cache = cache;
        this.progress = progress;
    }

    /**
     * The modules of the JDK that a plug-in needs.
     *
     * @param own the author's own jars
     * @param all the folders of all jars, in which theirs are looked up
     */
    SortedSet<String> modulesFor(final List<Path> own, final List<Path> all) throws IOException {
        final SortedSet<String> modules = new TreeSet<>(ALWAYS);
        if (own.isEmpty()) {
            return modules;
        }
        final List<String> folders = new ArrayList<>();
        all.forEach(folder -> folders.add(folder.toString()));
        // Jars with a module-info need a module path; jars that share packages refuse it.
        JavaHome.Output found =
                jdk.run("jdeps", jdeps(own, List.of("--module-path", String.join(":", folders))));
        if (found.status() != 0) {
            found = jdk.run("jdeps", jdeps(own, List.of()));
        }
        if (found.status() != 0) {
            throw new ToolException(
                    "The JDK modules that the plug-in needs cannot be told, since jdeps says: "
                            + oneLine(found.text()));
        }
        for (final String name : found.text().split("[,\\s]+")) {
            if (name.startsWith("java.") || name.startsWith("jdk.")) {
                modules.add(name);
            }
        }
        return modules;
    }

    private static List<String> jdeps(final List<Path> own, final List<String> paths) {
        final List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--ignore-missing-deps",
                                "--print-module-deps",
                                "--multi-release",
                                "25"));
        arguments.addAll(paths);
        own.forEach(jar -> arguments.add(jar.toString()));
        return arguments;
    }

    /** Puts the runtime with these modules into a folder that does not exist yet. */
    void write(final Set<String> modules, final Path folder) throws IOException {
        final Path cached = cache.resolve("runtime-" + key(modules));
        if (Files.isExecutable(cached.resolve("bin/java"))) {
            progress.println("Java runtime: taken from " + cached);
        } else {
            link(modules, cached);
        }
        // A copy and no hard links: who changes a file in a bundle must not change it in all.
        Folders.copy(cached, folder);
    }

    private void link(final Set<String> modules, final Path cached) throws IOException {
        progress.println(
                "Java runtime: linking "
                        + String.join(", ", modules)
                        + " from "
                        + jdk
                        + " (some seconds, once)");
        final long start = System.nanoTime();
        try (NewFolder work = new NewFolder(cached)) {
            final Path linked = work.path().resolve("linked");
            final List<String> arguments =
                    new ArrayList<>(List.of("--add-modules", String.join(",", modules)));
            arguments.addAll(OPTIONS);
            arguments.addAll(List.of("--output", linked.toString()));
            final JavaHome.Output output = jdk.run("jlink", arguments);
            if (output.status() != 0) {
                throw new ToolException(
                        "The Java runtime cannot be linked from "
                                + jdk
                                + ", since jlink says: "
                                + oneLine(output.text()));
            }
            place(linked, cached);
        }
        progress.printf("Java runtime: linked in %.1f s%n", (System.nanoTime() - start) / 1e9);
    }

    /** Another build may have linked the same meanwhile: then its runtime serves as well. */
    private static void place(final Path linked, final Path cached) throws IOException {
        try {
            Files.move(linked, cached);
        } catch (final FileAlreadyExistsException | DirectoryNotEmptyException e) {
            if (!Files.isExecutable(cached.resolve("bin/java"))) {
                throw e;
            }
        }
    }

    private String key(final Set<String> modules) {
        final String text =
                jdk.release() + "\0" + modules + "\0" + OPTIONS + "\0" + ToolVersion.get();
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)),
                            0,
                            12);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    private static String oneLine(final String text) {
        return text.isEmpty()
                ? "(nothing)."
                : String.join(" ", text.lines().map(String::strip).toList());
    }
}

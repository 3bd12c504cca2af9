// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.AtomicBuffer;

/** A VM of its own, for what may end one, or hangs on how it was started. */
final class ForkedJvm {
    static final String FLAG = "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED";

    /** How it ended, and what it wrote. */
    record Result(int status, String output) {}

    private ForkedJvm() {}

    /** The java programs to be had: the one that runs the tests, and those on the PATH. */
    static Set<Path> javas() throws IOException {
        final Set<Path> found = new LinkedHashSet<>();
        found.add(java().toRealPath());
        for (final String folder : System.getenv("PATH").split(File.pathSeparator)) {
            final Path java = Path.of(folder, "java");
            if (Files.isExecutable(java)) {
                found.add(java.toRealPath());
            }
        }
        return found;
    }

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** The folders and jars of the tests, this module and Agrona. */
    static List<Path> classPath() throws Exception {
        final List<Path> path = new ArrayList<>();
        for (final Class<?> c : List.of(ForkedJvm.class, Region.class, AtomicBuffer.class)) {
            final String name = c.getName().replace('.', '/') + ".class";
            final String url = c.getResource('/' + name).toString();
            path.add(
                    Path.of(
                            url.startsWith("jar:")
                                    ? url.substring("jar:file:".length(), url.indexOf('!'))
                                    : url.substring(
                                            "file:".length(), url.length() - name.length())));
        }
        return path;
    }

    static String joined(final List<Path> path) {
        return String.join(File.pathSeparator, path.stream().map(Path::toString).toList());
    }

    /** Runs a class's main method on the class path, with Agrona's flag and others. */
    static Result run(final List<String> options, final Class<?> main, final String... args)
            throws Exception {
        final List<String> command = new ArrayList<>(List.of(java().toString(), FLAG));
        command.addAll(options);
        command.addAll(List.of("-cp", joined(classPath()), main.getName()));
        command.addAll(Arrays.asList(args));
        return run(command);
    }

    static Result run(final List<String> command) throws IOException, InterruptedException {
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        final Process process = builder.start();
        process.getOutputStream().close();
        final String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Result(process.waitFor(), output);
    }
}

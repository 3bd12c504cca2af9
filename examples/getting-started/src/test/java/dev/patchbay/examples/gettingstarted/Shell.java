// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.gettingstarted;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs commands as a person at a shell would: in a folder, with one JDK, and with a local repository of the tests' own. */
final class Shell {
    private static final int MOST_SECONDS = 600;

    private final Path folder;
    private final Jdk jdk;
    private final Repository repository;

    Shell(final Path folder, final Jdk jdk, final Repository repository) {
        this.folder = folder;
        this.jdk = jdk;
        this.repository = repository;
    }

    /**
     * How a command ended.
     *
     * @param status its exit status
     * @param output what it wrote to standard output and standard error
     */
    record Result(int status, String output) {}

    /** Runs a script; fails where any of its commands does. */
    Result bash(final String script) throws IOException, InterruptedException {
        return run(List.of("bash", "-e", "-c", script));
    }

    /** Runs a command to its end, or fails after ten minutes, which a loaded machine may need. */
    Result run(final List<String> command) throws IOException, InterruptedException {
        final Path output = Files.createTempFile("patchbay", ".out");
        try {
            final ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectInput(new File("/dev/null"))
                            .redirectOutput(output.toFile());
            environment(builder.environment());
            final Process process = builder.start();
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                final List<ProcessHandle> all = process.descendants().toList();
                process.destroyForcibly();
                all.forEach(ProcessHandle::destroyForcibly);
                throw new AssertionError(
                        command
                                + " did not end in "
                                + MOST_SECONDS
                                + " s; so far it wrote:\n"
                                + Files.readString(output));
            }
            return new Result(process.exitValue(), Files.readString(output, UTF_8));
        } finally {
            Files.delete(output);
        }
    }

    private void environment(final Map<String, String> environment) {
        environment.put("JAVA_HOME", jdk.home().toString());
        environment.put("PATH", jdk.home().resolve("bin") + ":" + environment.get("PATH"));
        final String options = environment.getOrDefault("MAVEN_OPTS", "");
        environment.put("MAVEN_OPTS", options + " -Dmaven.repo.local=" + repository.folder());
        // Set by the Maven that runs these tests, about its own project.
        environment.remove("MAVEN_PROJECTBASEDIR");
        environment.remove("MAVEN_CMD_LINE_ARGS");
        // Would give every JVM the flags that some of them are to lack.
        environment.remove("JDK_JAVA_OPTIONS");
        environment.remove("JAVA_TOOL_OPTIONS");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.layout.ProcessStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** What the kernel tells of processes. */
final class ProcessFacts {
    /** Of the times in /proc, whatever the kernel was built with: USER_HZ, see proc(5). */
    private static final double TICKS_PER_SECOND = 100;

    private ProcessFacts() {}

    /** Whether the very process lives that began at this time: pids are reused. */
    static boolean lives(final int pid, final long startTime) {
        return pid > 0 && startTime != 0 && ProcessStart.of(pid) == startTime;
    }

    /** The name of a process, as it gave it; empty where there is none. */
    static String command(final long pid) {
        try {
            final String line =
                    new String(Files.readAllBytes(process(pid).resolve("cmdline")), UTF_8);
            final String program = line.isEmpty() ? "" : line.split("\0", 2)[0];
            final String name = program.substring(program.lastIndexOf('/') + 1);
            // A JVM's name says nothing; what it runs does.
            return name.equals("java") ? javaName(line) : name.isEmpty() ? comm(pid) : name;
        } catch (final IOException e) {
            return "";
        }
    }

    private static String comm(final long pid) throws IOException {
        return Files.readString(process(pid).resolve("comm")).strip();
    }

    /** The main class or the jar of a java command line. */
    private static String javaName(final String line) {
        final String[] arguments = line.split("\0");
        for (int i = 1; i < arguments.length; i++) {
            final String a = arguments[i];
            if (a.equals("-cp")
                    || a.equals("-classpath")
                    || a.equals("--class-path")
                    || a.equals("-p")
                    || a.equals("--module-path")
                    || a.equals("--add-modules")
                    || a.equals("--add-opens")
                    || a.equals("--add-exports")) {
                i++;
            } else if (!a.startsWith("-") && !a.startsWith("@")) {
                final String file = a.substring(a.lastIndexOf('/') + 1);
                return "java "
                        + (file.endsWith(".jar")
                                ? file
                                : file.substring(file.lastIndexOf('.') + 1));
            }
        }
        return "java";
    }

    /** For how many seconds a process has lived, if it is the one that began at this time. */
    static OptionalDouble ageSeconds(final int pid, final long startTime) {
        if (!lives(pid, startTime)) {
            return OptionalDouble.empty();
        }
        try {
            final String uptime = Files.readString(Path.of("/proc/uptime")).split(" ")[0];
            return OptionalDouble.of(
                    Math.max(0, Double.parseDouble(uptime) - startTime / TICKS_PER_SECOND));
        } catch (final IOException e) {
            return OptionalDouble.empty();
        }
    }

    private static Path process(final long pid) {
        return Path.of("/proc", Long.toString(pid));
    }
}

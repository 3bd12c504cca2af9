// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a run ran on. */
final class Environment {
    private Environment() {}

    static Map<String, String> of(final Plan plan) {
        final Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "processor",
                processor()
                        + ", "
                        + Runtime.getRuntime().availableProcessors()
                        + " processors to this program");
        facts.put(
                "system",
                System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.version")
                        + ", "
                        + System.getProperty("os.arch"));
        facts.put("runner", "Java " + Runtime.version());
        facts.put(
                "tested JVMs",
                plan.jdks().found().stream()
                        .map(jdk -> "Java " + jdk.version())
                        .collect(Collectors.joining(", ")));
        return facts;
    }

    private static String processor() {
        final Path file = Path.of("/proc/cpuinfo");
        if (Files.isReadable(file)) {
            try (Stream<String> lines = Files.lines(file)) {
                return lines.filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse("unknown");
            } catch (final IOException e) {
                return "unknown (" + e.getMessage() + ")";
            }
        }
        return "unknown";
    }
}

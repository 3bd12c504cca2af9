// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.demo;

import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What the figures were measured on.
 *
 * @param processor its name, as Linux tells it
 * @param processors how many may be used
 * @param memoryMiB of the machine
 * @param kernel name and release
 * @param java the version of the bundle's runtime
 */
public record Machine(
        String processor, int processors, long memoryMiB, String kernel, String java) {
    /** Looks at this machine and a bundle's runtime. */
    static Machine with(final Path bundle) {
        try {
            final String memory = value(Path.of("/proc/meminfo"), "MemTotal");
            return new Machine(
                    value(Path.of("/proc/cpuinfo"), "model name"),
                    Runtime.getRuntime().availableProcessors(),
                    Long.parseLong(memory.split(" ")[0]) / 1024,
                    System.getProperty("os.name") + " " + System.getProperty("os.version"),
                    javaVersion(bundle));
        } catch (final IOException e) {
            throw new ToolException("This machine cannot be described: " + e + ".", e);
        }
    }

    private static String javaVersion(final Path bundle) throws IOException {
        final Properties release = new Properties();
        try (Reader reader =
                Files.newBufferedReader(bundle.resolve("Contents/x86_64-linux/runtime/release"))) {
            release.load(reader);
        }
        return release.getProperty("JAVA_VERSION", "unknown").replace("\"", "");
    }

    private static String value(final Path file, final String key) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(key))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElse("unknown");
    }
}

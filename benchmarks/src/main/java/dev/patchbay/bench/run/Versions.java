// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.bench.plan.BenchException;
import dev.patchbay.tools.bundle.ToolVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Which versions take part. */
final class Versions {
    private static final List<String> PACKAGES =
            List.of(
                    "libboost-dev",
                    "libreaderwriterqueue-dev",
                    "libconcurrentqueue-dev",
                    "libck-dev",
                    "libjack-jackd2-dev");

    private Versions() {}

    /** The versions by name: those in Java as this module was built with them, the others as Debian has them. */
    static Map<String, String> peers() {
        final Map<String, String> versions = new LinkedHashMap<>();
        versions.put("Patchbay", ToolVersion.get());
        final Properties built = new Properties();
        try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
            built.load(in);
        } catch (final IOException e) {
            throw new BenchException("The versions cannot be read: " + e + ".", e);
        }
        new TreeMap<>(built)
                .forEach((name, version) -> versions.put(name.toString(), version.toString()));
        for (final String name : PACKAGES) {
            versions.put(name, debian(name));
        }
        return versions;
    }

    private static String debian(final String name) {
        try {
            final Process process =
                    new ProcessBuilder("dpkg-query", "-W", "-f", "${Version}", name)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            final String version =
                    new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            process.destroy();
            return version.isEmpty() ? "not a Debian package here" : version;
        } catch (final IOException e) {
            return "unknown, since this is no Debian";
        }
    }
}

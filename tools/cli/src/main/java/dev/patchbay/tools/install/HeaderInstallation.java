// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.install;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.header.HeaderGenerator;
import dev.patchbay.layout.header.ModuleHeader;
import dev.patchbay.tools.files.CompleteFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of the standard region where C and C++ projects look for it: under a prefix, with a pkg-config file and a CMake
 * package, which name no place but their own, so the whole may be moved.
 */
public final class HeaderInstallation {
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)(\\.\\d+)*");

    private final Path prefix;
    private final String version;
    private final String major;
    private final String minor;

    /**
     * An installation.
     *
     * @param prefix the folder that has or gets {@code include} and {@code lib}
     * @param version the library's; what follows its numbers, such as "-SNAPSHOT", is left away, since neither tool orders it
     */
    public HeaderInstallation(final Path prefix, final String version) {
        final Matcher numbers = VERSION.matcher(version);
        if (!numbers.lookingAt()) {
            throw new IllegalArgumentException(
                    "The version must begin with numbers such as 1.2, but it is \""
                            + version
                            + "\".");
        }
        this.prefix = prefix;
        this.version = numbers.group();
        this.major = numbers.group(1);
        this.minor = numbers.group(2);
    }

    /**
     * Writes the files, each complete or not at all; older ones are replaced.
     *
     * @return the files
     * @throws dev.patchbay.tools.ToolException if one cannot be written
     */
    public List<Path> write() {
        final Map<Path, String> files = new LinkedHashMap<>();
        files.put(
                prefix.resolve("include/patchbay/standard.h"),
                HeaderGenerator.generate(StandardRegion.prebuilt()));
        files.put(prefix.resolve("include").resolve(ModuleHeader.FILE), ModuleHeader.generate());
        files.put(prefix.resolve("lib/pkgconfig/patchbay.pc"), filled("patchbay.pc"));
        final Path cmake = prefix.resolve("lib/cmake/patchbay");
        for (final String name :
                List.of("patchbay-config.cmake", "patchbay-config-version.cmake")) {
            files.put(cmake.resolve(name), filled(name));
        }
        files.forEach(CompleteFile::write);
        return List.copyOf(files.keySet());
    }

    private String filled(final String template) {
        try (InputStream in = HeaderInstallation.class.getResourceAsStream(template)) {
            return new String(in.readAllBytes(), UTF_8)
                    .replace("@VERSION@", version)
                    .replace("@MAJOR@", major)
                    .replace("@MINOR@", minor);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

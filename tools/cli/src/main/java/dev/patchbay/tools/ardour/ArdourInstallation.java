// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.ardour;

import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An Ardour as Debian installs it.
 *
 * @param major its release, which its programs are named after
 * @param lua runs a script without a screen
 * @param export renders a session to a file
 * @param library the folder of its libraries, and of the program that scans VST3 plug-ins
 */
public record ArdourInstallation(int major, Path lua, Path export, Path library) {
    private static final Pattern LUA = Pattern.compile("ardour([0-9]+)-lua");

    /** The newest on a search path such as {@code PATH}. */
    public static Optional<ArdourInstallation> find(final String searchPath) {
        return Stream.of(Objects.requireNonNullElse(searchPath, "").split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .flatMap(ArdourInstallation::in)
                .max(Comparator.comparingInt(ArdourInstallation::major));
    }

    /** The newest on the {@code PATH}, or one sentence. */
    static ArdourInstallation find() {
        return find(System.getenv("PATH"))
                .orElseThrow(
                        () ->
                                new ToolException(
                                        "No Ardour with ardourN-lua, ardourN-export and"
                                            + " ardour-vst3-scanner was found on the PATH. Install"
                                            + " the Debian package ardour."));
    }

    private static Stream<ArdourInstallation> in(final Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        final Stream.Builder<ArdourInstallation> found = Stream.builder();
        try (DirectoryStream<Path> programs = Files.newDirectoryStream(folder, "ardour*-lua")) {
            for (final Path lua : programs) {
                final Matcher name = LUA.matcher(lua.getFileName().toString());
                if (name.matches()) {
                    final int major = Integer.parseInt(name.group(1));
                    final Path export = lua.resolveSibling("ardour" + major + "-export");
                    final Path library =
                            lua.toRealPath().getParent().resolveSibling("lib/ardour" + major);
                    final var installation = new ArdourInstallation(major, lua, export, library);
                    if (Files.isExecutable(export) && Files.isExecutable(installation.scanner())) {
                        found.add(installation);
                    }
                }
            }
        } catch (final IOException e) {
            throw new ToolException(folder + " cannot be searched for Ardour: " + e, e);
        }
        return found.build();
    }

    /** The program that scans VST3 plug-ins. */
    Path scanner() {
        return library.resolve("ardour-vst3-scanner");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.ardour;

import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A home folder for Ardour alone: settings, the cache of its scans, and one plug-in. Nothing of the user's own is read or changed.
 */
final class ArdourHome {
    private static final int MOST_SECONDS = 300;

    private final ArdourInstallation ardour;
    private final Path folder;
    private final Path plugins;

    /**
     * Makes the home.
     *
     * @param folder an empty folder
     * @param bundle the plug-in
     */
    ArdourHome(final ArdourInstallation ardour, final Path folder, final Path bundle)
            throws IOException {
        this.ardour = ardour;
        this.folder = folder;
        plugins = Files.createDirectories(folder.resolve(".vst3"));
        Files.createSymbolicLink(
                plugins.resolve(bundle.toRealPath().getFileName()), bundle.toRealPath());
        final Path settings =
                Files.createDirectories(folder.resolve(".config/ardour" + ardour.major()));
        Files.writeString(
                settings.resolve("config"),
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <Ardour>
                  <Config>
                    <Option name="discover-plugins-on-start" value="0"/>
                    <Option name="copy-demo-sessions" value="0"/>
                    <Option name="plugin-path-vst3" value="%s"/>
                  </Config>
                </Ardour>
                """
                        .formatted(plugins));
    }

    /** Scans the plug-in as Ardour does when a user asks for it. */
    String scan() {
        try (var found = Files.list(plugins)) {
            return run(
                    "scan",
                    List.of(
                            ardour.scanner().toString(),
                            "--verbose",
                            "--force",
                            found.findFirst().orElseThrow().toString()));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs one of the scripts beside this class; a script that comes to its end says "done". */
    String script(final String name, final String... arguments) {
        final Path file = folder.resolve(name + ".lua");
        try (InputStream in = ArdourHome.class.getResourceAsStream(name + ".lua")) {
            Files.write(file, in.readAllBytes());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        final List<String> command =
                new ArrayList<>(List.of(ardour.lua().toString(), file.toString()));
        command.addAll(List.of(arguments));
        final String output = run(name, command);
        // The interpreter's status tells nothing of an error in a script.
        if (output.lines().noneMatch("done"::equals)) {
            throw new ToolException("Ardour's script " + name + " has failed: " + reason(output));
        }
        return output;
    }

    /** Renders what a session's master bus gives, in the range of the session, to a WAV file of 32-bit floats. */
    void export(final Path session, final String name, final Path wav) {
        run(
                "export",
                List.of(
                        ardour.export().toString(),
                        "--bitdepth",
                        "float",
                        "--output",
                        wav.toString(),
                        session.toString(),
                        name));
        if (!Files.isRegularFile(wav)) {
            throw new ToolException("Ardour has exported nothing to " + wav);
        }
    }

    /** What the bridge said in the last run of that name; it says only what is wrong. */
    List<String> complaints(final String name) {
        try (var lines = Files.lines(folder.resolve(name + ".log"))) {
            return lines.filter(line -> line.startsWith("patchbay: ")).toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String run(final String name, final List<String> command) {
        final Path log = folder.resolve(name + ".log");
        final ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        final Map<String, String> environment = builder.environment();
        environment.put("HOME", folder.toString());
        environment.keySet().removeIf(variable -> variable.startsWith("XDG_"));
        environment.remove("VST3_PATH");
        environment.put("LD_LIBRARY_PATH", ardour.library().toString());
        environment.put("PATCHBAY_LOG_DIR", folder.resolve("bridge").toString());
        try {
            final Process process = builder.start();
            process.getOutputStream().close();
            final ProcessWatch watch = new ProcessWatch(process);
            if (!watch.await(MOST_SECONDS)) {
                process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
                throw new ToolException(
                        "Ardour has not ended "
                                + name
                                + " within "
                                + MOST_SECONDS
                                + " s; what it said is in "
                                + log);
            }
            final String output = Files.readString(log, StandardCharsets.UTF_8);
            if (process.exitValue() != 0) {
                throw new ToolException(
                        "Ardour has ended "
                                + name
                                + " with status "
                                + process.exitValue()
                                + ": "
                                + reason(output));
            }
            watch.checkNothingLeft(name);
            return output;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolException("interrupted while Ardour was to " + name, e);
        }
    }

    private static String reason(final String output) {
        final List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
        return lines.stream()
                .filter(line -> line.startsWith("Error:"))
                .findFirst()
                .orElse(lines.isEmpty() ? "it says nothing" : lines.get(lines.size() - 1));
    }
}

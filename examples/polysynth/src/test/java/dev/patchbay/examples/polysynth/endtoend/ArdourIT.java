// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.tools.ardour.ArdourInstallation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The synth in Ardour, as {@code patchbay ardour} plays it. It takes a minute or more, and so is asked for. */
@EnabledIfSystemProperty(
        named = "patchbay.ardour",
        matches = "true",
        disabledReason = "takes a minute or more: -Dpatchbay.ardour=true plays the synth in Ardour")
class ArdourIT {
    @Test
    void ardourScansPlaysSavesLoadsDoublesAndRemovesTheSynth(@TempDir final Path folder)
            throws Exception {
        assumeTrue(
                ArdourInstallation.find(System.getenv("PATH")).isPresent(),
                "Ardour is not installed: install the Debian package ardour to test with it");
        final Path log = folder.resolve("log");
        final List<String> command = Tools.command("ardour");
        command.addAll(List.of("--bundle", HostRun.BUNDLE.toString()));
        command.addAll(List.of("--host", HostRun.HOST.toString()));
        command.addAll(List.of("--parameter", "Filter Cutoff"));
        command.addAll(List.of("--dir", folder.resolve("ardour").toString()));
        final Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        final boolean ended = process.waitFor(15, TimeUnit.MINUTES);
        final String said = Files.readString(log);
        if (!ended) {
            process.destroyForcibly();
        }
        assertTrue(ended, said);
        assertEquals(0, process.exitValue(), said);
        for (final String step :
                List.of(
                        "scanned: ",
                        "plays as in patchbay-host: ",
                        "saved and loaded twice with Filter Cutoff turned, plays as in"
                                + " patchbay-host: ",
                        "two instances sound as twice one: ",
                        "removed while playing: ")) {
            assertTrue(said.contains(step), step + " is missing in " + said);
        }
    }
}

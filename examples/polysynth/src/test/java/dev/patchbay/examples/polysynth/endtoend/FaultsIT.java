// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.control.automation.Automation;
import dev.patchbay.control.automation.AutomationLane;
import dev.patchbay.control.automation.AutomationPoint;
import dev.patchbay.control.automation.AutomationState;
import dev.patchbay.control.midi.MidiMap;
import dev.patchbay.control.midi.MidiMapState;
import dev.patchbay.control.midi.MidiMapping;
import dev.patchbay.control.state.ComponentState;
import dev.patchbay.control.state.ControlState;
import dev.patchbay.control.state.ParameterValues;
import dev.patchbay.examples.polysynth.PolySynthParameters;
import dev.patchbay.layout.AutomationBase;
import dev.patchbay.layout.MidiMode;
import dev.patchbay.layout.MidiSource;
import dev.patchbay.layout.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "soak faults" with the real synth, automation and a MIDI map; and a promise that is broken on purpose. */
class FaultsIT {
    private static final int VOLUME = 600;
    private static final int CUTOFF = 201;

    @TempDir private Path folder;

    private Path state() throws Exception {
        final byte[] rest = new ControlState(new byte[0], new byte[0]).encode();
        final List<Parameter> parameters = new PolySynthParameters().parameters();
        final Parameter volume =
                parameters.stream().filter(p -> p.id() == VOLUME).findFirst().orElseThrow();
        final MidiMapping knob =
                MidiMapping.of(MidiSource.CONTROLLER, 0, 20, volume, MidiMode.JUMP);
        final AutomationLane lane =
                new AutomationLane(
                        CUTOFF,
                        AutomationBase.SECONDS,
                        1,
                        true,
                        List.of(AutomationPoint.linear(0, 0.4), AutomationPoint.linear(0.9, 0.9)));
        final byte[] control =
                new AutomationState(
                                new Automation(List.of(lane)),
                                new MidiMapState(new MidiMap(List.of(knob)), rest).encode())
                        .encode();
        return Files.write(
                folder.resolve("start.state"),
                new ComponentState(ParameterValues.of(Map.of(VOLUME, 0.6)), control)
                        .encode(parameters));
    }

    private JsonNode soak(final int expectedStatus, final Path host, final String... options)
            throws Exception {
        final Path results = folder.resolve("results");
        final List<String> command = Tools.command("soak");
        command.add("faults");
        command.addAll(List.of("--plugin", HostRun.BUNDLE.toString(), "--host", host.toString()));
        command.addAll(List.of("--midi", Path.of("demo.mid").toAbsolutePath().toString()));
        command.addAll(List.of("--dir", results.toString(), "--state", state().toString()));
        command.addAll(List.of(options));
        final Path log = folder.resolve("soak.log");
        final Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        assertTrue(process.waitFor(180, TimeUnit.SECONDS), () -> "hangs: " + log);
        assertEquals(expectedStatus, process.exitValue(), Files.readString(log));
        try (Stream<Path> files = Files.list(results)) {
            assertEquals(
                    List.of("report.html", "summary.json"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
        return new ObjectMapper().readTree(results.resolve("summary.json").toFile());
    }

    @Test
    void allPromisesAreKeptWhenEngineAndControlAreKilledAndStopped() throws Exception {
        final JsonNode summary =
                soak(
                        0,
                        HostRun.HOST,
                        "--count",
                        "4",
                        "--seed",
                        "7",
                        "--only",
                        "STOP_ENGINE,KILL_BOTH,DELETE_FILES,KILL_HOST");
        assertTrue(summary.get("passed").asBoolean());
        assertEquals(2, summary.get("hosts").asInt());
        final JsonNode faults = summary.get("faults");
        assertEquals("STOP_ENGINE", faults.get(0).get("fault").asText());
        assertTrue(faults.get(0).get("missedBlocks").asInt() > 0, faults.toString());
        assertTrue(faults.get(1).get("backMillis").asDouble() > 0, faults.toString());
    }

    @Test
    void aProcessThatIsLeftBehindIsABrokenPromise() throws Exception {
        final Path host =
                Files.writeString(
                        folder.resolve("host"),
                        "#!/bin/sh\nsleep 60 &\nexec '" + HostRun.HOST + "' \"$@\"\n");
        Files.setPosixFilePermissions(host, PosixFilePermissions.fromString("rwxr-xr-x"));
        final JsonNode summary = soak(1, host, "--count", "1", "--only", "DELETE_FILES");
        assertEquals(
                2, summary.get("broken").size(), "one for each host, and none else: " + summary);
        for (final JsonNode sentence : summary.get("broken")) {
            assertTrue(sentence.asText().contains("processes are left"), sentence.asText());
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed or interrupted in the middle of a unit goes on there. */
@Timeout(120)
class InterruptionTest {
    @TempDir private Path folder;

    private Path results() {
        return folder.resolve("results");
    }

    private Process start(final boolean go) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-D" + FakePart.GO + "=" + go);
        command.add("-cp");
        command.add(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(FakePart.class.getName());
        command.addAll(List.of("--results", results().toString()));
        command.addAll(List.of("--jdk", System.getProperty("java.home")));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
    }

    private String out() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    /** Waits until the unit in the middle has begun; the process that it started. */
    private ProcessHandle begun(final Process process) throws Exception {
        final Path child = results().resolve("units/fake/waits/child");
        while (!Files.exists(child)) {
            assertTrue(process.isAlive(), out());
            Thread.onSpinWait();
        }
        final Optional<ProcessHandle> found =
                ProcessHandle.of(Long.parseLong(Files.readString(child)));
        return found.orElseThrow();
    }

    private void goesOn() throws Exception {
        final Process again = start(true);
        assertTrue(again.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, again.exitValue(), out());
        assertTrue(out().contains("Going on with the run of"), out());
        assertTrue(out().contains("1 of 3 units have their verdict"), out());
        assertTrue(out().contains("3 passed, 0 failed"), out());
        assertEquals("first\nwaits\nlast\n", Files.readString(results().resolve(FakePart.RUNS)));
        final String page = Files.readString(results().resolve(Results.HTML));
        assertTrue(page.contains("3 of 3 planned units passed"), page);
    }

    @Test
    void aRunThatWasKilledGoesOnWithTheUnitThatItWasIn() throws Exception {
        final Process process = start(false);
        final ProcessHandle child = begun(process);
        try {
            process.destroyForcibly().waitFor();
        } finally {
            child.destroyForcibly();
        }
        assertEquals(137, process.exitValue());
        goesOn();
    }

    @Test
    void anInterruptEndsTheProcessesOfTheRunAndItGoesOnLater() throws Exception {
        final Process process = start(false);
        final ProcessHandle child = begun(process);
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        child.onExit().get(60, TimeUnit.SECONDS);
        assertFalse(child.isAlive());
        assertEquals(130, process.exitValue());
        assertTrue(out().contains("Interrupted"), out());
        goesOn();
    }
}

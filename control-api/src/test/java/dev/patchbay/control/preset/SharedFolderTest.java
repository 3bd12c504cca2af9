// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that share a user's folder. */
class SharedFolderTest {
    private static final int PRESETS = 40;

    @TempDir private Path folder;

    private Process start(final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx64m", "-XX:TieredStopAtLevel=1", "-cp"));
        command.add(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")));
        command.addAll(List.of(PresetWriter.class.getName(), folder.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    @Test
    void whenTwoSaveTheSameNamesEachIsSavedOnceAndTheOtherIsTold() throws Exception {
        final List<Process> writers = new ArrayList<>();
        try {
            int saved = 0;
            for (int i = 0; i < 2; i++) {
                writers.add(start("add", Integer.toString(PRESETS)));
            }
            for (final Process writer : writers) {
                try (BufferedReader out = writer.inputReader()) {
                    saved += Integer.parseInt(out.readLine());
                }
                assertEquals(0, writer.waitFor());
            }
            assertEquals(PRESETS, saved);
            final PresetListing listing = Synth.library(folder).list();
            assertEquals(List.of(), listing.problems());
            assertEquals(PRESETS, listing.presets().size());
        } finally {
            writers.forEach(Process::destroyForcibly);
        }
    }

    @Test
    void aWriterThatIsKilledLeavesTheOldPresetOrTheNewOne() throws Exception {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        final PresetLibrary library = Synth.library(folder);
        for (int kill = 0; kill < 5; kill++) {
            final Process writer = start("replace");
            try (BufferedReader out = writer.inputReader()) {
                assertEquals("going", out.readLine(), "seed " + seed);
                // Anywhere in what it does over and over: the time is not waited for, but at
                // random.
                final long end = System.nanoTime() + random.nextInt(60_000_000);
                while (System.nanoTime() < end) {
                    assertEquals(List.of(), library.list().problems(), "seed " + seed);
                }
            } finally {
                writer.destroyForcibly().waitFor();
            }
            assertEquals(List.of(), library.list().problems(), "seed " + seed);
            assertEquals("Loop", library.list().presets().get(0).preset().name());
        }
        library.add("", Synth.preset("After", 0));
        try (Stream<Path> all = Files.list(folder)) {
            final List<String> names = all.map(f -> f.getFileName().toString()).sorted().toList();
            assertEquals(List.of(".lock", "After.json", "Loop.json"), names, "seed " + seed);
        }
        assertTrue(library.list().problems().isEmpty());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.rt.Block;
import dev.patchbay.rt.RtContext;
import dev.patchbay.rt.RtModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input costs nothing: one sentence, a status that is not 0, no file and no process. */
class BadInputIT {
    @TempDir private Path folder;

    /** A module that cannot start. */
    public static final class Unstartable implements RtModule {
        @Override
        public void init(final RtContext context) {
            throw new IllegalStateException("the samples of this synth are missing");
        }

        @Override
        public void handleEvent(final Event event) {}

        @Override
        public void process(final Block block) {}
    }

    private void assertRefused(final HostRun run, final String sentence) throws Exception {
        assertNotEquals(0, run.await());
        assertTrue(run.text().contains(sentence), run.text());
        assertFalse(Files.exists(run.wav), "a WAV file was left");
        try (Stream<Path> files = Files.list(run.folder)) {
            final List<String> left = files.map(f -> f.getFileName().toString()).sorted().toList();
            assertTrue(List.of("host.log", "logs").containsAll(left), left::toString);
        }
        assertEquals(0, childrenOf(run), "a process was left");
    }

    /** Processes that were started for the host's region carry its pid in their command line. */
    private static long childrenOf(final HostRun run) {
        final String mark = "--host " + run.process.pid() + " ";
        return ProcessHandle.allProcesses()
                .filter(p -> commandLine(p.pid()).contains(mark))
                .count();
    }

    private static String commandLine(final long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"))
                    .replace('\0', ' ');
        } catch (final IOException e) {
            return "";
        }
    }

    @Test
    void refusesAMidiFileThatIsNone() throws Exception {
        final Path midi = Files.writeString(folder.resolve("x.mid"), "hello");
        assertRefused(
                HostRun.start(folder.resolve("run"), "--midi", midi.toString()),
                "is not a Standard MIDI File");
    }

    @Test
    void refusesABundleThatIsNone() throws Exception {
        final Path bundle = Files.createDirectories(folder.resolve("X.vst3/Contents"));
        assertRefused(
                HostRun.start(
                        folder.resolve("run"), bundle.getParent(), Map.of(), "--seconds", "1"),
                "X.vst3");
    }

    @Test
    void refusesToPlayWhenTheModuleThrowsInInit() throws Exception {
        final Path bundle = Tools.bundle(folder, Unstartable.class.getName(), 0);
        assertRefused(
                HostRun.start(folder.resolve("run"), bundle, Map.of(), "--seconds", "1"),
                "the samples of this synth are missing");
    }

    @Test
    void refusesToBundleAModuleClassThatDoesNotExist() throws Exception {
        Tools.bundle(folder, "dev.patchbay.examples.NoSuchSynth", 1);
        assertTrue(
                Files.readString(folder.resolve("bundle.log"))
                        .contains("dev.patchbay.examples.NoSuchSynth"),
                "the class is named");
        assertFalse(Files.exists(folder.resolve("Other.vst3")));
    }

    @Test
    void refusesToPlayWhenTheModulesJarIsGone() throws Exception {
        final Path bundle = Tools.bundle(folder, Unstartable.class.getName(), 0);
        try (Stream<Path> jars = Files.list(bundle.resolve("Contents/Resources/modules/rt"))) {
            for (final Path jar :
                    jars.filter(f -> f.getFileName().toString().matches(".*(polysynth|classes).*"))
                            .toList()) {
                Files.delete(jar);
            }
        }
        assertRefused(
                HostRun.start(folder.resolve("run"), bundle, Map.of(), "--seconds", "1"),
                "is not in the bundle's jars");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of this repository's tools, as the launcher composes it. */
final class Tools {
    /** What the tests run on; also holds the jars of the synth. */
    static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    private Tools() {}

    static List<String> command(final String subcommand) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");
        command.add("--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");
        command.addAll(List.of("-cp", CLASS_PATH, "dev.patchbay.tools.Main", subcommand));
        return command;
    }

    /** Bundles the synth with another RT class by the real tool; what it says goes to bundle.log. */
    static Path bundle(final Path folder, final String rtClass, final int expectedStatus)
            throws Exception {
        final String yaml =
                Files.readString(Path.of("build.yaml"))
                        .replace(
                                "dev.patchbay.examples.polysynth.rt.PolySynth\n",
                                // Training would take longer than most of what is tested.
                                rtClass + "\n    aot: false\n");
        assertTrue(yaml.contains(rtClass), yaml);
        return bundleOf(folder, yaml, expectedStatus);
    }

    /** Bundles the synth with another RT class and a heap of 64 MB. */
    static Path bundleWithSmallHeap(final Path folder, final String rtClass) throws Exception {
        final String yaml =
                Files.readString(Path.of("build.yaml"))
                        .replace(
                                "dev.patchbay.examples.polysynth.rt.PolySynth\n",
                                rtClass + "\n    aot: false\n")
                        .replace("heap: 256m", "heap: 64m");
        assertTrue(yaml.contains(rtClass) && yaml.contains("heap: 64m"), yaml);
        return bundleOf(folder, yaml, 0);
    }

    /** Bundles the synth so that each instance has an engine of its own. */
    static Path bundleWithoutSharing(final Path folder) throws Exception {
        final String yaml =
                Files.readString(Path.of("build.yaml"))
                        .replace("gc: disabled\n", "gc: disabled\n    share: instance\n");
        assertTrue(yaml.contains("share: instance"), yaml);
        return bundleOf(folder, yaml, 0);
    }

    /** Bundles the synth so that a spare engine stands by. */
    static Path bundleWithSpare(final Path folder) throws Exception {
        final String yaml =
                Files.readString(Path.of("build.yaml"))
                        .replace(
                                "gc: disabled\n",
                                // Training would take longer than most of what is tested.
                                "gc: disabled\n    spare: true\n    aot: false\n");
        assertTrue(yaml.contains("spare: true"), yaml);
        return bundleOf(folder, yaml, 0);
    }

    /** Bundles the synth with another control class. */
    static Path bundleWithControl(final Path folder, final String controlClass) throws Exception {
        final String yaml =
                Files.readString(Path.of("build.yaml"))
                        .replace(
                                "dev.patchbay.examples.polysynth.control.PolySynthControl\n",
                                controlClass + "\n")
                        .replace("gc: disabled\n", "gc: disabled\n    aot: false\n");
        assertTrue(yaml.contains(controlClass), yaml);
        return bundleOf(folder, yaml, 0);
    }

    private static Path bundleOf(final Path folder, final String yaml, final int expectedStatus)
            throws Exception {
        final Path file = Files.writeString(folder.resolve("build.yaml"), yaml);
        final Path bundle = folder.resolve("Other.vst3");
        final Path log = folder.resolve("bundle.log");
        final List<String> command = command("bundle");
        command.addAll(List.of("--project", file.toString(), "--classpath", CLASS_PATH));
        command.addAll(List.of("--output", bundle.toString()));
        final Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        assertEquals(expectedStatus, process.waitFor(), Files.readString(log));
        return bundle;
    }
}

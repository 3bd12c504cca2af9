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
    private static final String RT_CLASS = "dev.patchbay.examples.polysynth.rt.PolySynth\n";
    private static final String CONTROL_CLASS =
            "dev.patchbay.examples.polysynth.control.PolySynthControl\n";
    private static final String RT_GC = "gc: disabled\n";

    /** Training would take longer than most of what is tested. */
    private static final String UNTRAINED = "\n    aot: false\n";

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
        return bundleOf(folder, synthWith(RT_CLASS, rtClass + UNTRAINED), expectedStatus);
    }

    /** Bundles the synth so that each instance has an engine of its own. */
    static Path bundleWithoutSharing(final Path folder) throws Exception {
        return bundleOf(folder, synthWith(RT_GC, RT_GC + "    share: instance\n"), 0);
    }

    /** Bundles the synth with another RT class, so that a spare engine stands by. */
    static Path bundleWithSpare(final Path folder, final String rtClass) throws Exception {
        return bundleOf(folder, synthWith(RT_CLASS, rtClass + "\n    spare: true" + UNTRAINED), 0);
    }

    /** Bundles the synth with another control class. */
    static Path bundleWithControl(final Path folder, final String controlClass) throws Exception {
        return bundleOf(
                folder,
                synthWith(CONTROL_CLASS, controlClass + "\n", RT_GC, "gc: disabled" + UNTRAINED),
                0);
    }

    /** The synth's own build.yaml with other words in the place of some that are in it. */
    private static String synthWith(final String... wordsAndOthers) throws Exception {
        String yaml = Files.readString(Path.of("build.yaml"));
        for (int i = 0; i < wordsAndOthers.length; i += 2) {
            assertTrue(yaml.contains(wordsAndOthers[i]), wordsAndOthers[i] + " in " + yaml);
            yaml = yaml.replace(wordsAndOthers[i], wordsAndOthers[i + 1]);
        }
        return yaml;
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

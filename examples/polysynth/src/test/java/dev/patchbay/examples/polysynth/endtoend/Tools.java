// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

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
}

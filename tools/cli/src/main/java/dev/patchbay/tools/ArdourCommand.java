// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import dev.patchbay.tools.ardour.ArdourCheck;
import dev.patchbay.tools.files.Folders;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays a bundle in Ardour. */
@Command(
        name = "ardour",
        description = {
            "Plays an instrument in Ardour, without a screen and away from the user's settings:"
                + " scans it, plays a MIDI region, exports, turns a parameter, saves and loads the"
                + " session, plays two instances, and removes them while they play.",
            "What is exported has to be what patchbay-host renders. One sentence says what is not"
                    + " so."
        })
final class ArdourCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Option(
            names = {"--plugin", "--bundle"},
            paramLabel = "BUNDLE",
            defaultValue = PlayerOptions.HOME + "examples/polysynth/target/PolySynth.vst3",
            description = "The bundle to play [${DEFAULT-VALUE}].")
    private Path plugin;

    @Option(
            names = "--host",
            paramLabel = "PATH",
            defaultValue = PlayerOptions.HOME + "c-bridge/target/native/patchbay-host",
            description = "The headless host [${DEFAULT-VALUE}].")
    private Path host;

    @Option(
            names = "--parameter",
            paramLabel = "TITLE",
            defaultValue = "",
            description =
                    "The parameter that is turned; it has to be heard [the first continuous one].")
    private String parameter;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = PlayerOptions.HOME + "target/ardour",
            description =
                    "Where sessions, sounds and logs go; replaced if it is there"
                            + " [${DEFAULT-VALUE}].")
    private Path folder;

    @Override
    public void run() {
        if (!Files.isDirectory(plugin.resolve("Contents"))) {
            throw new ToolException(
                    plugin + " is no bundle, expected a .vst3 folder: give one with --plugin.");
        }
        if (!Files.isExecutable(host) || Files.isDirectory(host)) {
            throw new ToolException(
                    host + " is no program, expected patchbay-host: give it with --host.");
        }
        prepareFolder();
        final PrintWriter text = spec.commandLine().getOut();
        new ArdourCheck(
                        folder,
                        plugin,
                        host.toAbsolutePath(),
                        sentence -> {
                            text.println(sentence);
                            text.flush();
                        })
                .run(parameter);
    }

    /** Only what an earlier run has made is replaced: a slip of the finger must not cost a folder. */
    private void prepareFolder() {
        final Path mark = folder.resolve("made-by-patchbay-ardour");
        try {
            if (Files.exists(folder) && !Files.exists(mark)) {
                throw new ToolException(
                        folder
                                + " is there and was not made by this command, expected a name that"
                                + " is free: give one with --dir.");
            }
            Folders.delete(folder);
            Files.createDirectories(folder);
            Files.createFile(mark);
        } catch (final IOException e) {
            throw new ToolException(folder + " cannot be made anew: " + e, e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import dev.patchbay.tools.project.Aot;
import dev.patchbay.tools.project.BuildFile.Located;
import dev.patchbay.tools.project.BuildFile.Module;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts a bundle's own JVM with the options of a module: what it does not take is refused when the bundle is made, where the author reads
 * it, and not when a host activates the plug-in.
 */
final class JvmFlagsTrial {
    private JvmFlagsTrial() {}

    /**
     * Tries the options that the author gave, if any.
     *
     * @param runtime the folder of the bundle's Java runtime
     * @throws dev.patchbay.tools.ToolException if an option is refused, with where it is given and the JVM's words
     */
    static void run(final Path runtime, final Module module) throws IOException {
        final List<Located> flags = module.jvmFlags();
        if (flags.isEmpty() || words(runtime, module, flags.size()).isEmpty()) {
            return;
        }
        // One at a time, behind those before it: some open the way to others.
        for (int count = 1; count <= flags.size(); count++) {
            final String words = words(runtime, module, count);
            if (!words.isEmpty()) {
                final Located flag = flags.get(count - 1);
                throw flag.place()
                        .error(
                                "names \""
                                        + flag.text()
                                        + "\", which the bundle's Java runtime refuses: "
                                        + words.replaceAll("\\.$", ""));
            }
        }
    }

    /** What the JVM says against the first so many options; nothing where it starts. */
    private static String words(final Path runtime, final Module module, final int count)
            throws IOException {
        final Module part =
                new Module(
                        module.role(),
                        module.className(),
                        module.collector(),
                        module.heapBytes(),
                        module.exports(),
                        module.jvmFlags().subList(0, count),
                        Aot.NEVER,
                        module.paths());
        final List<String> command = new ArrayList<>();
        for (final String argument : JvmCommand.of(part)) {
            if (argument.equals("-cp")) {
                break;
            }
            // The log's file is none of this.
            if (!argument.contains("{")) {
                command.add(argument);
            }
        }
        command.add(0, runtime.resolve("bin/java").toString());
        command.add("-version");
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            final String text =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0
                    ? ""
                    : text.lines().findFirst().orElse("exit status " + process.exitValue());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the trial of a module's options was interrupted", e);
        } finally {
            process.destroy();
        }
    }
}

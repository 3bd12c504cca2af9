// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What an AOT cache depends on, as text: the words of the command line, then path, length and {@link ContentHash} of each file
 * of the runtime and the class path. It lies beside the cache; the bridge writes the same text of what it finds when it starts
 * the process, and uses the cache only where the two are equal. A JVM does not tell by itself: a cache runs the classes it was
 * made with, whatever the jar holds now (JDK-8377932).
 */
final class AotKey {
    private static final String FIRST_LINE = "patchbay aot 1\n";

    /** The runtime: which build it is, the VM, and the classes of the platform. */
    private static final List<String> RUNTIME_FILES =
            List.of("release", "lib/server/libjvm.so", "lib/modules");

    private AotKey() {}

    /**
     * The text for a bundle.
     *
     * @param bundle its folder
     * @param command the command line of its real-time module, with what the bridge replaces
     */
    static String of(final Path bundle, final List<String> command) throws IOException {
        final StringBuilder text = new StringBuilder(FIRST_LINE);
        command.forEach(word -> text.append("word ").append(word).append('\n'));
        for (final String name : RUNTIME_FILES) {
            file(text, bundle, JvmCommand.RUNTIME + "/" + name);
        }
        for (final String jar : jars(bundle.resolve(JvmCommand.RT_JARS))) {
            file(text, bundle, JvmCommand.RT_JARS + "/" + jar);
        }
        file(text, bundle, JvmCommand.RT_AOT);
        return text.toString();
    }

    private static void file(final StringBuilder text, final Path bundle, final String name)
            throws IOException {
        final Path path = bundle.resolve(name);
        text.append(
                String.format(
                        Locale.ROOT,
                        "file %s %d %016x\n",
                        name,
                        Files.size(path),
                        ContentHash.of(path)));
    }

    /** The names of a folder's jars in the order in which the bridge puts them on the class path: that of their bytes. */
    static List<String> jars(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar") || name.endsWith(".JAR"))
                    .sorted((a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8)))
                    .toList();
        }
    }
}

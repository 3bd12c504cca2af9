// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A jar with a changed version of a class of the synth, as its author would make one. */
final class NextVersion {
    private static final Path SOURCES = Path.of("src/main/java/dev/patchbay/examples/polysynth");

    private NextVersion() {}

    /** Compiles a source with a piece of its text replaced, wherever it stands. */
    static Path jar(
            final Path folder,
            final String name,
            final String path,
            final String text,
            final String by)
            throws IOException {
        final String source = Files.readString(SOURCES.resolve(path));
        assertTrue(source.contains(text), path + " has no " + text);
        final Path file =
                Files.createDirectories(folder.resolve(name)).resolve(Path.of(path).getFileName());
        Files.writeString(file, source.replace(text, by));
        final Path classes = folder.resolve(name).resolve("classes");
        final List<String> options =
                List.of("-d", classes.toString(), "-cp", Tools.CLASS_PATH, file.toString());
        final int status =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, options.toArray(String[]::new));
        assertEquals(0, status, "the compiler's status");
        final Path jar = folder.resolve(name + ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (final Path one : files.filter(Files::isRegularFile).toList()) {
                entries.putNextEntry(new JarEntry(classes.relativize(one).toString()));
                Files.copy(one, entries);
            }
        }
        return jar;
    }

    /** Puts the classes of a jar in the place of those of the same name in the jars of a folder, as a build of them would. */
    static void replace(final Path folder, final Path jar) throws IOException {
        int replaced = 0;
        try (FileSystem next = FileSystems.newFileSystem(jar);
                Stream<Path> jars = Files.list(folder);
                Stream<Path> entries = Files.walk(next.getPath("/"))) {
            final List<Path> classes = entries.filter(Files::isRegularFile).toList();
            for (final Path former : jars.filter(f -> f.toString().endsWith(".jar")).toList()) {
                try (FileSystem archive = FileSystems.newFileSystem(former)) {
                    for (final Path one : classes) {
                        final Path there = archive.getPath(one.toString());
                        if (Files.exists(there)) {
                            Files.copy(one, there, StandardCopyOption.REPLACE_EXISTING);
                            replaced++;
                        }
                    }
                }
            }
            assertEquals(classes.size(), replaced, "classes that were there");
        }
    }
}

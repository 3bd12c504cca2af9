// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.mutants;

import dev.patchbay.atomics.Doorbell;
import dev.patchbay.eventqueue.EventQueue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The classes of the primitives' packages that access shared memory and that no scenario is to prove. */
final class Uncovered {
    private Uncovered() {}

    /** Their simple names, sorted. */
    static Set<String> classes() {
        final Set<String> subjects =
                Examination.subjects().stream().map(Class::getName).collect(Collectors.toSet());
        return Stream.of(Doorbell.class, EventQueue.class)
                .flatMap(c -> namesBeside(c).stream())
                .filter(name -> !subjects.contains(name.replaceAll("\\$.*", "")))
                .filter(Uncovered::accessesMemory)
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean accessesMemory(final String name) {
        return PointFinder.points(MutantLoader.original(name)).stream()
                .anyMatch(p -> p.call() != null);
    }

    private static List<String> namesBeside(final Class<?> type) {
        final String folder = type.getPackageName().replace('.', '/');
        try {
            final URI source = type.getProtectionDomain().getCodeSource().getLocation().toURI();
            if (Files.isDirectory(Path.of(source))) {
                return names(Path.of(source).resolve(folder), type.getPackageName());
            }
            try (FileSystem jar =
                    FileSystems.newFileSystem(URI.create("jar:" + source), Map.of())) {
                return names(jar.getPath(folder), type.getPackageName());
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> names(final Path folder, final String in) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith(".class"))
                    .map(f -> in + "." + f.substring(0, f.length() - ".class".length()))
                    .sorted()
                    .toList();
        }
    }
}

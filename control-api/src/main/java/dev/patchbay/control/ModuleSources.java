// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Where a module's code comes from: the process's class path but for the framework, and new jars in its folders. */
final class ModuleSources {
    private final List<Path> classPath;
    private final Set<Path> folders;
    private final Set<String> frameworkNames;

    ModuleSources(final FrameworkClasses framework) {
        this(System.getProperty("java.class.path"), framework);
    }

    ModuleSources(final String path, final FrameworkClasses framework) {
        this.classPath =
                Arrays.stream(path.split(File.pathSeparator))
                        .filter(entry -> !entry.isEmpty())
                        .map(entry -> Path.of(entry).toAbsolutePath())
                        .filter(entry -> !framework.is(entry))
                        .toList();
        this.folders =
                classPath.stream()
                        .filter(ModuleSources::isJar)
                        .map(Path::getParent)
                        .collect(Collectors.toCollection(TreeSet::new));
        this.frameworkNames = framework.names().collect(Collectors.toSet());
    }

    private static boolean isJar(final Path entry) {
        return entry.toString().endsWith(".jar");
    }

    /** As the process was started. */
    List<Path> started() {
        return classPath.stream().filter(Files::exists).toList();
    }

    /** As it would be started now: a folder that was built anew may have other jars. */
    List<Path> now() throws IOException {
        final List<Path> entries = new ArrayList<>();
        for (final Path folder : folders) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
                final List<Path> found = new ArrayList<>();
                jars.forEach(found::add);
                found.removeIf(jar -> frameworkNames.contains(jar.getFileName().toString()));
                found.sort(null);
                entries.addAll(found);
            } catch (final NoSuchFileException e) {
                // It is being built.
            }
        }
        classPath.stream().filter(Files::isDirectory).forEach(entries::add);
        return entries;
    }

    /** The same with these jars before, and in the place of those of the same names. */
    List<Path> with(final List<Path> jars) throws IOException {
        final Set<Path> names = jars.stream().map(Path::getFileName).collect(Collectors.toSet());
        final List<Path> entries = new ArrayList<>(jars);
        for (final Path entry : now()) {
            if (!names.contains(entry.getFileName())) {
                entries.add(entry);
            }
        }
        return entries;
    }
}

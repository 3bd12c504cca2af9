// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import dev.patchbay.layout.Role;
import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The jars of a plug-in's class path, and which module gets which: what an entry is shows by the classes in it, not by its
 * name, so a build's folders of classes serve as well as jars. {@link ModuleReach} tells what a module needs.
 */
final class ModuleJars {
    private static final String JNA = "com/sun/jna/Native";
    private static final String JNA_LIBRARY = "com/sun/jna/linux-x86-64/libjnidispatch.so";

    /** A class of each library that the runtime's modules are chosen for in any case. */
    private static final List<String> LIBRARIES =
            List.of(
                    JNA,
                    "com/sun/jna/platform/linux/LibC",
                    "dev/patchbay/rt/RtModule",
                    "dev/patchbay/control/ControlModule",
                    "dev/patchbay/layout/Region",
                    "dev/patchbay/atomics/Doorbell",
                    "dev/patchbay/eventqueue/EventQueue",
                    "org/agrona/DirectBuffer");

    private static final Set<String> BUILD_FOLDERS =
            Set.of("target", "build", "out", "bin", "classes", "java", "main", "production");

    private final List<ClassPathEntry> entries = new ArrayList<>();

    /**
     * The jars of a plug-in.
     *
     * @param shared jars and folders of classes that both modules may need
     * @param own what one module alone may see
     */
    ModuleJars(final List<Path> shared, final Map<Role, List<Path>> own) {
        final Set<String> names = new HashSet<>();
        shared.forEach(path -> add(path, names, Set.of(Role.RT, Role.CONTROL)));
        own.forEach((role, paths) -> paths.forEach(path -> add(path, names, Set.of(role))));
    }

    private void add(final Path path, final Set<String> names, final Set<Role> roles) {
        if (Files.exists(path)) {
            entries.add(ClassPathEntry.of(path, unique(names, jarName(path)), roles));
        } else if (path.toString().endsWith(".jar")) {
            throw new ToolException(
                    "The class path entry " + path + " does not exist: build the project first.");
        }
        // A folder of classes that was never made is legal for Java, and usual for projects
        // without resources.
    }

    /**
     * Copies to each module what it needs.
     *
     * @param roots the classes by which each module's process begins
     * @param folders where the jars of each module go
     * @return the copies, one of each jar, by their names
     */
    SortedMap<String, Path> copy(final Map<Role, List<String>> roots, final Map<Role, Path> folders)
            throws IOException {
        final SortedMap<String, Path> copies = new TreeMap<>();
        final Map<Role, Set<ClassPathEntry>> needed = new ModuleReach(entries).needed(roots);
        for (final Role role : List.of(Role.RT, Role.CONTROL)) {
            final Path folder = Files.createDirectories(folders.get(role));
            for (final ClassPathEntry entry : needed.get(role)) {
                final Path jar = folder.resolve(entry.jarName());
                copy(entry, jar);
                copies.put(entry.jarName(), jar);
            }
        }
        return copies;
    }

    private static void copy(final ClassPathEntry entry, final Path jar) throws IOException {
        if (Files.isDirectory(entry.path())) {
            FolderJar.write(entry.path(), jar);
        } else {
            Files.copy(entry.path(), jar, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** Takes the native library out of JNA's jar. */
    void extractNative(final Path folder) throws IOException {
        for (final ClassPathEntry entry : entries) {
            if (entry.classes().containsKey(JNA)) {
                try (ZipFile zip = new ZipFile(entry.path().toFile())) {
                    final ZipEntry library = zip.getEntry(JNA_LIBRARY);
                    if (library == null) {
                        throw new ToolException(
                                entry.path()
                                        + " has no "
                                        + JNA_LIBRARY
                                        + ", expected a JNA with its library for x86-64 Linux.");
                    }
                    Files.createDirectories(folder);
                    Files.copy(zip.getInputStream(library), folder.resolve("libjnidispatch.so"));
                }
                return;
            }
        }
        throw new ToolException(
                "The class path has no JNA, which the control module's process needs: add"
                        + " patchbay-control-api with its dependencies.");
    }

    /** The names of the author's own jars, and of the libraries that only they need. */
    Set<String> ownJarNames() {
        final Set<String> names = new HashSet<>();
        entries.stream()
                .filter(entry -> !isLibrary(entry))
                .forEach(entry -> names.add(entry.jarName()));
        return names;
    }

    private static boolean isLibrary(final ClassPathEntry entry) {
        return LIBRARIES.stream().anyMatch(entry.classes()::containsKey);
    }

    /** A folder such as {@code synth/target/classes} is called after its project. */
    private static String jarName(final Path path) {
        if (Files.isRegularFile(path)) {
            return path.getFileName().toString();
        }
        String name = "classes";
        for (final Path part : path.toAbsolutePath().normalize()) {
            name = BUILD_FOLDERS.contains(part.toString()) ? name : part.toString();
        }
        return name + ".jar";
    }

    private static String unique(final Set<String> taken, final String name) {
        String unique = name;
        for (int i = 2; !taken.add(unique); i++) {
            unique = name.substring(0, name.lastIndexOf('.')) + "-" + i + ".jar";
        }
        return unique;
    }
}

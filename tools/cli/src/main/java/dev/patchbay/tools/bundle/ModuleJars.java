// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The jars of a plug-in's class path, and which module gets which: what an entry is shows by the classes in it, not by its
 * name, so a build's folders of classes serve as well as jars.
 */
final class ModuleJars {
    private static final String RT_API = "dev/patchbay/rt/RtModule.class";
    private static final String CONTROL_API = "dev/patchbay/control/ControlModule.class";
    private static final String JNA = "com/sun/jna/Native.class";
    private static final String JNA_PLATFORM = "com/sun/jna/platform/linux/LibC.class";
    private static final String JNA_LIBRARY = "com/sun/jna/linux-x86-64/libjnidispatch.so";
    private static final List<String> LIBRARIES =
            List.of(
                    RT_API,
                    CONTROL_API,
                    JNA,
                    JNA_PLATFORM,
                    "dev/patchbay/layout/Region.class",
                    "dev/patchbay/atomics/Doorbell.class",
                    "dev/patchbay/eventqueue/EventQueue.class",
                    "org/agrona/DirectBuffer.class");
    private static final Set<String> BUILD_FOLDERS =
            Set.of("target", "build", "out", "bin", "classes", "java", "main", "production");

    private final List<Entry> entries = new ArrayList<>();

    /**
     * One entry of the class path.
     *
     * @param path a jar, or a folder of classes
     * @param jarName its name in the bundle
     * @param holds which of the classes that tell libraries apart are in it
     */
    private record Entry(Path path, String jarName, Set<String> holds) {
        boolean isLibrary() {
            return !holds.isEmpty();
        }
    }

    ModuleJars(final List<Path> classPath) {
        final Set<String> names = new HashSet<>();
        for (final Path path : classPath) {
            if (Files.exists(path)) {
                entries.add(new Entry(path, unique(names, jarName(path)), holds(path)));
            } else if (path.toString().endsWith(".jar")) {
                throw new ToolException(
                        "The class path entry "
                                + path
                                + " does not exist: build the project first.");
            }
            // A folder of classes that was never made is legal for Java, and usual for projects
            // without resources.
        }
    }

    /** Copies what the real-time module needs: all but the control module's library and JNA. */
    List<Path> copyForRt(final Path folder) throws IOException {
        return copy(folder, Set.of(CONTROL_API, JNA, JNA_PLATFORM));
    }

    /** Copies what the control module needs: all but the real-time library. */
    List<Path> copyForControl(final Path folder) throws IOException {
        return copy(folder, Set.of(RT_API));
    }

    /** Takes the native library out of JNA's jar. */
    void extractNative(final Path folder) throws IOException {
        for (final Entry entry : entries) {
            if (entry.holds().contains(JNA)) {
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
                .filter(entry -> !entry.isLibrary())
                .forEach(entry -> names.add(entry.jarName()));
        return names;
    }

    private List<Path> copy(final Path folder, final Set<String> without) throws IOException {
        Files.createDirectories(folder);
        final List<Path> jars = new ArrayList<>();
        for (final Entry entry : entries) {
            if (entry.holds().stream().anyMatch(without::contains)) {
                continue;
            }
            final Path jar = folder.resolve(entry.jarName());
            if (Files.isDirectory(entry.path())) {
                FolderJar.write(entry.path(), jar);
            } else {
                Files.copy(entry.path(), jar, StandardCopyOption.COPY_ATTRIBUTES);
            }
            jars.add(jar);
        }
        return jars;
    }

    private static Set<String> holds(final Path path) {
        final Set<String> found = new HashSet<>();
        if (Files.isDirectory(path)) {
            LIBRARIES.stream().filter(name -> Files.exists(path.resolve(name))).forEach(found::add);
            return found;
        }
        try (ZipFile zip = new ZipFile(path.toFile())) {
            final Enumeration<? extends ZipEntry> all = zip.entries();
            while (all.hasMoreElements()) {
                final String name = all.nextElement().getName();
                if (LIBRARIES.contains(name)) {
                    found.add(name);
                }
            }
        } catch (final IOException e) {
            throw new ToolException(
                    "The class path entry "
                            + path
                            + " is no jar ("
                            + e.getMessage()
                            + "), expected jars and folders of classes.",
                    e);
        }
        return found;
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

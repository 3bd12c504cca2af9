// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.layout.Role;
import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A jar or a folder of classes on a plug-in's class path.
 *
 * @param path where it lies
 * @param jarName its name in the bundle
 * @param roles the modules that may see it
 * @param classes what each class mentions that may be the name of another, by its own name; all with slashes
 * @param services the names of the classes that it offers, by the name of a service
 */
record ClassPathEntry(
        Path path,
        String jarName,
        Set<Role> roles,
        Map<String, Set<String>> classes,
        Map<String, List<String>> services) {
    private static final String VERSIONS = "META-INF/versions/";
    private static final String SERVICES = "META-INF/services/";
    private static final String CLASS = ".class";

    /** Files of this name describe a module or a package, and are no classes that code can come to. */
    private static final String DESCRIPTION = "-info.class";

    /** Looks into a jar or a folder. */
    static ClassPathEntry of(final Path path, final String jarName, final Set<Role> roles) {
        final ClassPathEntry entry =
                new ClassPathEntry(path, jarName, roles, new HashMap<>(), new HashMap<>());
        try (Content content = Content.open(path)) {
            for (final String name : content.names()) {
                if (name.endsWith(CLASS) && !name.endsWith(DESCRIPTION)) {
                    // Of a class for several releases of Java, any may be the one that runs.
                    entry.classes
                            .computeIfAbsent(className(name), key -> new HashSet<>())
                            .addAll(MentionedNames.in(content.read(name), path, name));
                } else if (name.startsWith(SERVICES)) {
                    entry.services.put(
                            name.substring(SERVICES.length()).replace('.', '/'),
                            providers(new String(content.read(name), UTF_8)));
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
        return entry;
    }

    /** Whether a class in here mentions one of another entry. */
    boolean mentions(final ClassPathEntry other) {
        return classes.values().stream()
                .anyMatch(names -> other.classes.keySet().stream().anyMatch(names::contains));
    }

    private static String className(final String file) {
        final String name = file.substring(0, file.length() - CLASS.length());
        return name.startsWith(VERSIONS)
                ? name.substring(name.indexOf('/', VERSIONS.length()) + 1)
                : name;
    }

    private static List<String> providers(final String text) {
        return text.lines()
                .map(line -> line.replaceAll("#.*", "").strip().replace('.', '/'))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** The files of a jar or of a folder. */
    private interface Content extends AutoCloseable {
        List<String> names() throws IOException;

        byte[] read(String name) throws IOException;

        @Override
        void close() throws IOException;

        static Content open(final Path path) throws IOException {
            return Files.isDirectory(path) ? new Folder(path) : new Jar(path);
        }
    }

    private record Folder(Path path) implements Content {
        @Override
        public List<String> names() throws IOException {
            try (Stream<Path> files = Files.walk(path)) {
                return files.filter(Files::isRegularFile)
                        .map(file -> path.relativize(file).toString())
                        .toList();
            }
        }

        @Override
        public byte[] read(final String name) throws IOException {
            return Files.readAllBytes(path.resolve(name));
        }

        @Override
        public void close() {}
    }

    private static final class Jar implements Content {
        private final ZipFile zip;

        Jar(final Path path) throws IOException {
            zip = new ZipFile(path.toFile());
        }

        @Override
        public List<String> names() {
            final List<String> names = new ArrayList<>();
            final Enumeration<? extends ZipEntry> all = zip.entries();
            while (all.hasMoreElements()) {
                names.add(all.nextElement().getName());
            }
            return names;
        }

        @Override
        public byte[] read(final String name) throws IOException {
            try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
                return in.readAllBytes();
            }
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }
}

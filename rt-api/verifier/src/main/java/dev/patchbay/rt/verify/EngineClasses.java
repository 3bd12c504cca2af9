// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import dev.patchbay.rt.RtModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The classes of rt-api: of these are the objects that the engine hands to a module, whose making no module sees. */
final class EngineClasses {
    private static final String FOLDER = RtModule.class.getPackageName().replace('.', '/');

    private EngineClasses() {}

    /** The internal names of those of which there can be objects. */
    static Set<String> concrete(final ClassTable classes) {
        final Set<String> result = new TreeSet<>();
        for (final String name : names()) {
            final ClassTable.Type type = classes.type(name);
            if (type != null && type.concrete() && !classes.isA(name, FOLDER + "/RtModule")) {
                result.add(name);
            }
        }
        return result;
    }

    private static Set<String> names() {
        try {
            final URI place =
                    RtModule.class.getProtectionDomain().getCodeSource().getLocation().toURI();
            final Path path = Path.of(place);
            if (Files.isDirectory(path)) {
                return names(path.resolve(FOLDER));
            }
            try (FileSystem jar = FileSystems.newFileSystem(path)) {
                return names(jar.getPath(FOLDER));
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("Cannot list the classes of rt-api", e);
        } catch (final URISyntaxException e) {
            throw new IllegalStateException("rt-api comes from a place that is no file", e);
        }
    }

    private static Set<String> names(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            final Set<String> result = new TreeSet<>();
            files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".class"))
                    .forEach(file -> result.add(FOLDER + "/" + file.replace(".class", "")));
            return result;
        }
    }
}

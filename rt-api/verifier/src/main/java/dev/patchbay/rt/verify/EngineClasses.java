// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import dev.patchbay.atomics.Counters;
import dev.patchbay.eventqueue.Event;
import dev.patchbay.layout.MappedRegion;
import dev.patchbay.rt.RtModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The classes of rt-api and what it stands on: of these are the objects that the engine hands to a module, whose making no module sees. */
final class EngineClasses {
    private static final String MODULE = RtModule.class.getName().replace('.', '/');
    private static final List<Class<?>> LIBRARIES =
            List.of(RtModule.class, Event.class, Counters.class, MappedRegion.class);

    private EngineClasses() {}

    /** The internal names of those of which there can be objects. */
    static Set<String> concrete(final ClassTable classes) {
        final Set<String> result = new TreeSet<>();
        for (final Class<?> library : LIBRARIES) {
            for (final String name : names(library)) {
                final ClassTable.Type type = classes.type(name);
                if (type != null && type.concrete() && !classes.isA(name, MODULE)) {
                    result.add(name);
                }
            }
        }
        return result;
    }

    private static Set<String> names(final Class<?> library) {
        final String folder = library.getPackageName().replace('.', '/');
        try {
            final URI place = library.getProtectionDomain().getCodeSource().getLocation().toURI();
            final Path path = Path.of(place);
            if (Files.isDirectory(path)) {
                return names(path.resolve(folder), folder);
            }
            try (FileSystem jar = FileSystems.newFileSystem(path)) {
                return names(jar.getPath(folder), folder);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "Cannot list the classes of " + library.getPackageName(), e);
        } catch (final URISyntaxException e) {
            throw new IllegalStateException(library + " comes from a place that is no file", e);
        }
    }

    private static Set<String> names(final Path place, final String folder) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            final Set<String> result = new TreeSet<>();
            files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".class"))
                    .forEach(file -> result.add(folder + "/" + file.replace(".class", "")));
            return result;
        }
    }
}

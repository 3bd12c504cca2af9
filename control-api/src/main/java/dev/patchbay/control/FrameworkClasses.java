// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.sun.jna.Native;
import dev.patchbay.atomics.Participant;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.layout.Region;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.concurrent.AtomicBuffer;
import org.objectweb.asm.ClassWriter;

/** What the control process itself is made of: it is loaded once, and all versions of a module share it. */
final class FrameworkClasses {
    /** One class of each of its jars. */
    private static final List<Class<?>> ONE_OF_EACH =
            List.of(
                    ControlModule.class,
                    EventQueue.class,
                    Participant.class,
                    Region.class,
                    AtomicBuffer.class,
                    Native.class,
                    JsonFactory.class,
                    ClassWriter.class);

    private final ClassLoader loader = ControlModule.class.getClassLoader();
    private final Set<Path> places;

    /** Only finds; loads nothing. */
    private final URLClassLoader finder;

    FrameworkClasses() {
        final List<URL> urls =
                ONE_OF_EACH.stream()
                        .map(one -> one.getProtectionDomain().getCodeSource().getLocation())
                        .distinct()
                        .toList();
        places = urls.stream().map(FrameworkClasses::path).collect(Collectors.toSet());
        finder = new URLClassLoader(urls.toArray(URL[]::new), null);
    }

    private static Path path(final URL url) {
        try {
            return Path.of(url.toURI()).toAbsolutePath().normalize();
        } catch (final URISyntaxException e) {
            throw new IllegalStateException(url + " is no file", e);
        }
    }

    /** Whether a class is one of them. */
    boolean has(final String className) {
        return finder.findResource(className.replace('.', '/') + ".class") != null;
    }

    Class<?> load(final String className) throws ClassNotFoundException {
        return loader.loadClass(className);
    }

    /** Whether a jar or folder is one of its own. */
    boolean is(final Path place) {
        return places.contains(place.toAbsolutePath().normalize());
    }

    /** Its jars and folders. */
    List<Path> places() {
        return places.stream().sorted().toList();
    }

    /** The names of its jars and folders: a rebuilt bundle has them anew, and they stay as they are in this process. */
    Stream<String> names() {
        return places.stream().map(place -> place.getFileName().toString());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.mutants;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.patchbay.atomics.Doorbell;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.stress.model.NamedScenario;
import dev.patchbay.stress.model.Scenarios;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;

/** The classes of the primitives' packages: which are proved by a scenario, for itself or as a part of another. */
final class Primitives {
    private Primitives() {}

    /** The classes that have mutants: the subjects of all scenarios, in their order, and the parts that they share. */
    static List<String> subjects() {
        final Set<String> subjects = new LinkedHashSet<>();
        Scenarios.all().forEach(s -> s.subjects().forEach(c -> subjects.add(c.getName())));
        for (final String name : outer()) {
            if (accessesMemory(name) && Scenarios.all().stream().anyMatch(s -> isUsed(name, s))) {
                subjects.add(name);
            }
        }
        return List.copyOf(subjects);
    }

    /** The simple names of the classes that access shared memory and are no subject, sorted. */
    static Set<String> withoutScenario() {
        final List<String> subjects = subjects();
        final Set<String> rest = new TreeSet<>();
        outer().stream()
                .filter(name -> !subjects.contains(name) && accessesMemory(name))
                .forEach(name -> rest.add(simple(name)));
        return rest;
    }

    /** Whether the scenario is to prove the class: it is a subject, or a subject has it as a part that is not public. */
    static boolean proves(final NamedScenario scenario, final String name) {
        return scenario.subjects().stream().anyMatch(c -> c.getName().equals(name))
                || isUsed(name, scenario);
    }

    private static boolean isUsed(final String name, final NamedScenario scenario) {
        return !isPublic(name)
                && scenario.subjects().stream().anyMatch(c -> uses(c.getName(), name));
    }

    private static boolean uses(final String user, final String part) {
        final Set<String> seen = new LinkedHashSet<>(List.of(user));
        final List<String> open = new ArrayList<>(seen);
        while (!open.isEmpty()) {
            final String constants = new String(MutantLoader.original(open.remove(0)), ISO_8859_1);
            for (final String name : outer()) {
                if (!isPublic(name)
                        && constants.contains(name.replace('.', '/'))
                        && seen.add(name)) {
                    open.add(name);
                }
            }
        }
        return seen.contains(part);
    }

    private static boolean isPublic(final String name) {
        return (new ClassReader(MutantLoader.original(name)).getAccess() & Opcodes.ACC_PUBLIC) != 0;
    }

    /** The class and those within it. */
    static List<String> withInner(final String name) {
        return all().stream().filter(n -> n.equals(name) || n.startsWith(name + "$")).toList();
    }

    static String simple(final String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static boolean accessesMemory(final String name) {
        return withInner(name).stream()
                .flatMap(n -> PointFinder.points(MutantLoader.original(n)).stream())
                .anyMatch(p -> p.call() != null);
    }

    private static List<String> outer() {
        return all().stream().filter(name -> !name.contains("$")).toList();
    }

    private static List<String> all() {
        return Names.ALL;
    }

    /** The names, looked up once. */
    private static final class Names {
        static final List<String> ALL =
                Stream.of(Doorbell.class, EventQueue.class)
                        .flatMap(c -> beside(c).stream())
                        .toList();

        private static List<String> beside(final Class<?> type) {
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
                        .filter(f -> f.endsWith(".class") && !f.equals("package-info.class"))
                        .map(f -> in + "." + f.substring(0, f.length() - ".class".length()))
                        .sorted()
                        .toList();
            }
        }
    }
}

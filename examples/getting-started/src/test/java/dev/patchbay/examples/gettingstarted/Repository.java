// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.gettingstarted;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A local Maven repository that holds what this build publishes, laid out as an installation does, and nothing else of Patchbay.
 * Everything of others is a link into the user's own local repository: found there, or fetched into it. What the user may
 * have installed of Patchbay is neither seen nor changed.
 */
final class Repository {
    private final Path folder;

    private Repository(final Path folder) {
        this.folder = folder;
    }

    /** The repository of this test run, made anew from the build's files. */
    static Repository ofThisBuild() throws IOException {
        final Repository repository = new Repository(setting("patchbay.repository"));
        repository.linkOthers(setting("patchbay.user.repository"));
        repository.remove();
        for (final PublishedModule module : PublishedModule.of(root())) {
            repository.install(module);
        }
        return repository;
    }

    /** The top of this build. */
    static Path root() {
        return setting("patchbay.root");
    }

    Path folder() {
        return folder;
    }

    private static Path setting(final String name) {
        final String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException(
                    "The system property "
                            + name
                            + " is not set: run these tests by \"mvn verify\", which sets it.");
        }
        return Path.of(value);
    }

    /** Links all groups but dev.patchbay, whose first part it shares with others. */
    private void linkOthers(final Path user) throws IOException {
        Files.createDirectories(user);
        final Path own = Path.of(PublishedModule.GROUP.replace('.', '/'));
        Path shared = folder;
        Path theirs = user;
        for (final Path part : own) {
            Files.createDirectories(shared);
            linkAll(theirs, shared, part);
            shared = shared.resolve(part);
            theirs = theirs.resolve(part);
        }
    }

    private static void linkAll(final Path from, final Path to, final Path but) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> entries = Files.list(from)) {
            for (final Path entry : entries.filter(Files::isDirectory).toList()) {
                final Path link = to.resolve(entry.getFileName());
                if (!entry.getFileName().equals(but)
                        && !Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createSymbolicLink(link, entry);
                }
            }
        }
    }

    private Path group() {
        return folder.resolve(PublishedModule.GROUP.replace('.', '/'));
    }

    private void remove() throws IOException {
        if (!Files.exists(group())) {
            return;
        }
        try (Stream<Path> files = Files.walk(group())) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void install(final PublishedModule module) throws IOException {
        final Path target =
                Files.createDirectories(
                        group().resolve(module.artifact()).resolve(module.version()));
        copy(module.folder().resolve("pom.xml"), target.resolve(module.fileName("", "pom")));
        final List<String> classifiers = module.hasJars() ? module.classifiers() : List.of();
        for (final String classifier : classifiers) {
            copy(module.built(classifier), target.resolve(module.fileName(classifier, "jar")));
        }
    }

    private static void copy(final Path from, final Path to) throws IOException {
        Files.copy(from, to, REPLACE_EXISTING);
    }
}

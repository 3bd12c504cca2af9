// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * Copies of the jars that a module runs, in a folder of the instance, so that a build may overwrite what it made, and a process that takes
 * the place of one that died goes on with the code that it had. Each version has a folder of its own; the file {@code current} names the one that serves.
 */
final class CodeStore {
    private static final String CURRENT = "current";
    private static final String CLASS_PATH = "classpath";

    private final Path folder;
    private int number;

    /** A copied class path. */
    record Copy(Path folder, List<Path> classPath) {}

    /** A file as a look sees it. */
    record Seen(Path file, Object key, long length, FileTime changed) {}

    /**
     * The store of an instance.
     *
     * @param folder its own; made when something is copied
     */
    CodeStore(final Path folder) {
        this.folder = folder;
    }

    /** What the files are like now; those that are not there are left out. */
    static List<Seen> look(final List<Path> files) throws IOException {
        final List<Seen> seen = new ArrayList<>();
        for (final Path file : files) {
            try {
                final BasicFileAttributes now =
                        Files.readAttributes(file, BasicFileAttributes.class);
                seen.add(new Seen(file, now.fileKey(), now.size(), now.lastModifiedTime()));
            } catch (final NoSuchFileException e) {
                // It is on its way, or was taken away.
            }
        }
        return seen;
    }

    /**
     * Copies a class path: jars are copied, folders of classes stay where they are.
     *
     * @throws IOException if a jar is not whole, or changes while it is copied, with a sentence
     */
    Copy copy(final List<Path> classPath) throws IOException {
        final List<Seen> before = look(classPath);
        final Path to = nextFolder();
        try {
            final List<Path> copies = new ArrayList<>();
            for (final Path entry : classPath) {
                if (Files.isDirectory(entry)) {
                    copies.add(entry);
                    continue;
                }
                // Jars of different folders may have the same name.
                final Path place = Files.createDirectory(to.resolve("" + copies.size()));
                final Path jar = place.resolve(entry.getFileName());
                try {
                    Files.copy(entry, jar);
                } catch (final NoSuchFileException e) {
                    throw new IOException(entry + " is not there", e);
                }
                checkJar(entry, jar);
                copies.add(jar);
            }
            if (!look(classPath).equals(before)) {
                throw new IOException("the jars change while they are read");
            }
            Files.write(to.resolve(CLASS_PATH), copies.stream().map(Path::toString).toList());
            return new Copy(to, copies);
        } catch (final IOException e) {
            delete(to);
            throw e;
        }
    }

    private Path nextFolder() throws IOException {
        Files.createDirectories(folder);
        while (true) {
            final Path next = folder.resolve(Integer.toString(++number));
            if (!Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
                return Files.createDirectory(next);
            }
        }
    }

    private static void checkJar(final Path named, final Path jar) throws IOException {
        try (ZipFile entries = new ZipFile(jar.toFile())) {
            if (entries.size() == 0) {
                throw new IOException(named + " is a jar without an entry");
            }
        } catch (final IOException e) {
            throw new IOException(named + " is not a complete jar: " + e.getMessage(), e);
        }
    }

    /** Whether two class paths hold the same bytes under the same names. */
    static boolean same(final List<Path> one, final List<Path> other) throws IOException {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            final boolean folders = Files.isDirectory(one.get(i));
            if (folders
                    ? !one.get(i).equals(other.get(i))
                    : !one.get(i).getFileName().equals(other.get(i).getFileName())
                            || Files.isDirectory(other.get(i))
                            || Files.mismatch(one.get(i), other.get(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** The version that serves: what a successor of this process goes on with. */
    void serve(final Copy copy) throws IOException {
        final Path next = folder.resolve(CURRENT + ".new");
        Files.writeString(next, copy.folder().getFileName().toString());
        Files.move(
                next,
                folder.resolve(CURRENT),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** The version that served in a process before this one, if there was one. */
    Optional<Copy> former() throws IOException {
        final Path served;
        try {
            served = folder.resolve(Files.readString(folder.resolve(CURRENT)).strip());
        } catch (final NoSuchFileException e) {
            return Optional.empty();
        }
        final List<Path> classPath =
                Files.readAllLines(served.resolve(CLASS_PATH)).stream().map(Path::of).toList();
        for (final Path entry : classPath) {
            if (!Files.exists(entry)) {
                throw new IOException("its " + entry + " is gone");
            }
        }
        return Optional.of(new Copy(served, classPath));
    }

    /** Removes versions that do not serve. */
    void removeAllBut(final Optional<Copy> served) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.list(folder)) {
            for (final Path one : all.filter(Files::isDirectory).toList()) {
                if (served.isEmpty() || !one.equals(served.get().folder())) {
                    delete(one);
                }
            }
        }
    }

    /** Removes everything. */
    void delete() throws IOException {
        delete(folder);
    }

    /** Deletes a folder with all in it; links are deleted, not followed. */
    static void delete(final Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(
                            final Path file, final BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            final Path visited, final IOException failure) throws IOException {
                        if (failure != null) {
                            throw failure;
                        }
                        Files.delete(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}

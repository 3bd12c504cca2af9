// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.testing.CProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Creating and opening where the system sets limits: in processes of their own that have them. */
class RegionFileTest {
    @TempDir private Path folder;

    private static List<String> java(final Class<?> main, final Path file) throws Exception {
        return List.of(
                ForkedJvm.java().toString(),
                ForkedJvm.FLAG,
                "-XX:-UsePerfData",
                "-cp",
                ForkedJvm.joined(ForkedJvm.classPath()),
                main.getName(),
                file.toString());
    }

    private static ForkedJvm.Result shell(final String script, final List<String> command)
            throws Exception {
        final List<String> all = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        all.addAll(command);
        return ForkedJvm.run(all);
    }

    @Test
    void theModeIs0600WhateverTheUmask() throws Exception {
        for (final String umask : List.of("000", "022", "077", "777")) {
            final Path file = folder.resolve("region-" + umask);
            assertEquals(
                    new ForkedJvm.Result(0, "created standard\n"),
                    shell("umask " + umask + "; exec \"$@\"", java(Create.class, file)));
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
                    umask);
        }
    }

    /** The region has more bytes than the file system. */
    @Test
    void aFullTmpfsIsAnErrorAtCreationAndLeavesNoFile() throws Exception {
        Assumptions.assumeTrue(
                ForkedJvm.run(List.of("unshare", "-m", "true")).status() == 0,
                "a file system of its own needs the right to mount; the limit on a file's size in"
                        + " RegionTest stands in for it");
        final Path mount = Files.createDirectory(folder.resolve("small"));
        final ForkedJvm.Result result =
                shell(
                        "exec unshare -m sh -c 'mount -t tmpfs -o size=16k none \"$0\" && \"$@\";"
                                + " ls -A \"$0\"' "
                                + mount
                                + " \"$@\"",
                        java(Create.class, mount.resolve("region")));
        assertEquals(
                "The region "
                        + mount.resolve("region")
                        + " was not created: java.io.IOException: No space left on device.\n",
                result.output());
    }

    @Test
    void somebodyElsesRegionIsRefusedInASentence() throws Exception {
        Assumptions.assumeTrue(
                ForkedJvm.run(List.of("id", "-u")).output().trim().equals("0")
                        && CProgram.has("setpriv"),
                "another user's process can only be started as root, with setpriv");
        final Path open = Files.createDirectory(folder.resolve("open"));
        final Path file = open.resolve("region");
        Region.create(file, new RegionImage(Small.DECLARATION)).close();
        final List<Path> path = new ArrayList<>();
        for (final Path entry : ForkedJvm.classPath()) {
            path.add(copy(entry, open.resolve(Integer.toString(path.size()))));
        }
        readable(folder);
        final List<String> command =
                new ArrayList<>(
                        Arrays.asList(
                                "setpriv",
                                "--reuid=65534",
                                "--regid=65534",
                                "--clear-groups",
                                ForkedJvm.java().toString(),
                                ForkedJvm.FLAG,
                                "-XX:-UsePerfData",
                                "-cp",
                                ForkedJvm.joined(path),
                                Attach.class.getName(),
                                file.toString()));
        final String sentence =
                "The region "
                        + file
                        + " cannot be opened: this process, of the user nobody, may not. A region's"
                        + " file belongs to whoever made it, with mode 0600: run both sides as the"
                        + " same user.\n";
        assertEquals(new ForkedJvm.Result(0, sentence + sentence), ForkedJvm.run(command));
    }

    private static Path copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (final Path source : all.toList()) {
                Files.copy(source, to.resolve(from.relativize(source).toString()));
            }
        }
        return to;
    }

    /** All but the region itself. */
    private static void readable(final Path top) throws IOException {
        try (Stream<Path> all = Files.walk(top)) {
            for (final Path path : all.toList()) {
                if (!path.endsWith("region")) {
                    Files.setPosixFilePermissions(
                            path, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
            }
        }
    }

    /** Whoever looks sees no file, an incomplete one that is refused, or a whole one. */
    @Test
    void nothingHalfWrittenIsEverAttached() throws Exception {
        final Path file = folder.resolve("region");
        final RegionImage image =
                new RegionImage(StandardRegion.declare(StandardRegion.Counts.DEFAULT));
        final Thread creator =
                new Thread(
                        () -> {
                            for (int i = 0; i < 30; i++) {
                                Region.create(file, image).close();
                                file.toFile().delete();
                            }
                        });
        creator.start();
        int attached = 0;
        while (creator.isAlive()) {
            try (ReadOnlyRegion region = Region.attachReadOnly(file)) {
                assertEquals("standard", region.name());
                assertFalse(region.instanceId().equals("0".repeat(32)));
                assertEquals(ProcessHandle.current().pid(), region.creatorPid());
                attached++;
            } catch (final RegionException e) {
                assertTrue(
                        e.fault() == null
                                || e.fault() == RegionFault.TOO_SHORT
                                || e.fault() == RegionFault.LENGTH
                                || e.fault() == RegionFault.READY,
                        e.getMessage());
            }
        }
        creator.join();
        System.out.println("RegionFileTest: attached " + attached + " times");
    }

    /** Creates a region and says so, or why not. */
    static final class Create {
        private Create() {}

        public static void main(final String[] args) {
            final RegionDeclaration d = StandardRegion.declare(StandardRegion.Counts.DEFAULT);
            try (Region region = Region.create(Path.of(args[0]), new RegionImage(d))) {
                System.out.println("created " + region.name());
            } catch (final RegionException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    /** Attaches both ways and says why not. */
    static final class Attach {
        private Attach() {}

        public static void main(final String[] args) {
            try {
                Region.attach(Path.of(args[0])).close();
            } catch (final RegionException e) {
                System.out.println(e.getMessage());
            }
            try {
                Region.attachReadOnly(Path.of(args[0])).close();
            } catch (final RegionException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}

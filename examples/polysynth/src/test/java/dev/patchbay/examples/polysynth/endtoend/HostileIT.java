// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The synth for a user who owns nothing: the render has to be, byte for byte, the one of a friendly place. */
class HostileIT {
    private static final String MIDI = Path.of("demo.mid").toAbsolutePath().toString();
    private static final Path ROOT_ONLY = Path.of("/usr/bin/setpriv");

    @TempDir private static Path shared;
    private static byte[] expected;

    @TempDir private Path folder;

    @BeforeAll
    static void renderWhereAllIsWell() throws Exception {
        final HostRun run =
                HostRun.start(shared.resolve("reference"), "--midi", MIDI, "--seconds", "1")
                        .succeed();
        expected = Files.readAllBytes(run.wav);
    }

    @Test
    void playsForAnotherUserWhoMayOnlyReadTheBundle() throws Exception {
        assumeTrue(
                "root".equals(System.getProperty("user.name")) && Files.isExecutable(ROOT_ONLY),
                "only root can play as another user");
        // The bundle is found by who may not look into our folders only below one that is open.
        final Path open = Files.createTempDirectory("patchbay-hostile-");
        try {
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
            final Path bundle = open.resolve("PolySynth.vst3");
            copy(HostRun.BUNDLE, bundle);
            final Path out = Files.createDirectory(open.resolve("out"));
            Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("rwxrwxrwx"));
            copy(HostRun.HOST, open.resolve("host"));
            copy(Path.of(MIDI), open.resolve("demo.mid"));
            renderAsNobody(open, bundle, out);
        } finally {
            run("rm", "-rf", open.toString());
        }
    }

    private void renderAsNobody(final Path open, final Path bundle, final Path out)
            throws Exception {
        final Path log = folder.resolve("host.log");
        final Process process =
                new ProcessBuilder(
                                ROOT_ONLY.toString(),
                                "--reuid=65534",
                                "--regid=65534",
                                "--clear-groups",
                                open.resolve("host").toString(),
                                "render",
                                "--quiet",
                                "--plugin",
                                bundle.toString(),
                                "--midi",
                                open.resolve("demo.mid").toString(),
                                "--seconds",
                                "1",
                                "--out",
                                out.resolve("out.wav").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the host hangs: " + Files.readString(log));
        }
        assertEquals(0, process.exitValue(), Files.readString(log));
        assertArrayEquals(expected, Files.readAllBytes(out.resolve("out.wav")));
    }

    private static void copy(final Path from, final Path to) throws Exception {
        run("cp", "-a", from.toString(), to.toString());
    }

    private static void run(final String... command) throws Exception {
        final Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }
}

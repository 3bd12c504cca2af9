// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The synth where little is as it should be: each render has to be, byte for byte, the one of a friendly place. */
class HostileIT {
    private static final String MIDI = Path.of("demo.mid").toAbsolutePath().toString();
    private static final Path ROOT_ONLY = Path.of("/usr/bin/setpriv");
    private static final Path SANDBOX = Path.of("/usr/bin/bwrap");

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

    /** Renders with nothing in the environment but this. */
    private void render(
            final List<String> wrapper,
            final Path bundle,
            final Path out,
            final Map<String, String> environment)
            throws Exception {
        final List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(HostRun.HOST.toString(), "render", "--quiet"));
        command.addAll(List.of("--plugin", bundle.toString(), "--midi", MIDI));
        command.addAll(List.of("--seconds", "1", "--out", out.resolve("out.wav").toString()));
        final Path log = folder.resolve("host.log");
        final ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        final Process process = builder.start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the host hangs: " + Files.readString(log));
        }
        assertEquals(0, process.exitValue(), Files.readString(log));
        assertArrayEquals(
                expected,
                Files.readAllBytes(out.resolve("out.wav")),
                () -> "another sound; the log is " + log);
    }

    @Test
    void playsWithoutJavaOrHomeFromAFolderOfAnyNameWhateverTheVariablesSay() throws Exception {
        final Path odd = Files.createDirectory(folder.resolve("Klänge und 音 \"neu\""));
        final Path bundle = odd.resolve("PolySynth.vst3");
        copy(HostRun.BUNDLE, bundle);
        render(
                List.of(),
                bundle,
                folder,
                Map.of(
                        "PATH",
                        "/nonexistent",
                        "JAVA_HOME",
                        "/nonexistent",
                        "HOME",
                        "/proc/nonexistent",
                        "XDG_STATE_HOME",
                        "/proc/nonexistent",
                        "XDG_RUNTIME_DIR",
                        "/proc/nonexistent",
                        "JAVA_TOOL_OPTIONS",
                        "-XX:+NoSuchOption",
                        "JDK_JAVA_OPTIONS",
                        "-Xmx1k",
                        "_JAVA_OPTIONS",
                        "-XX:NoSuchOption=1",
                        "LD_LIBRARY_PATH",
                        odd.toString()));
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

    @Test
    void playsInASandboxWithNamespacesOfItsOwnAndNoJavaOnTheMachine() throws Exception {
        assumeTrue(
                Files.isExecutable(SANDBOX)
                        && new ProcessBuilder(
                                                SANDBOX.toString(),
                                                "--unshare-all",
                                                "--ro-bind",
                                                "/",
                                                "/",
                                                "true")
                                        .start()
                                        .waitFor()
                                == 0,
                "bubblewrap is not installed, or may make no namespaces");
        final List<String> sandbox = new ArrayList<>(List.of(SANDBOX.toString()));
        sandbox.addAll(List.of("--unshare-all", "--die-with-parent", "--ro-bind", "/", "/"));
        // A /dev without devices but the usual, whose /dev/shm nobody can write to, and an empty
        // /usr/lib/jvm.
        sandbox.addAll(List.of("--dev", "/dev", "--ro-bind", "/usr/share", "/dev/shm"));
        sandbox.addAll(List.of("--proc", "/proc"));
        if (Files.isDirectory(Path.of("/usr/lib/jvm"))) {
            sandbox.addAll(List.of("--tmpfs", "/usr/lib/jvm"));
        }
        sandbox.addAll(List.of("--bind", folder.toString(), folder.toString()));
        render(sandbox, HostRun.BUNDLE, folder, Map.of("PATH", "/usr/bin:/bin"));
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

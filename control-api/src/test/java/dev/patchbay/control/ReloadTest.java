// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.control.state.ControlState;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Other code takes a module's place in a real control process, or does not. */
class ReloadTest extends ControlProcess {
    private Versions versions;

    @BeforeEach
    void prepare() {
        versions = new Versions(folder.resolve("versions"));
    }

    private void startWith(final Path version, final String options) throws IOException {
        before = versions.install(version) + ":";
        start(Versions.MODULE, options, ProcessHandle.current().pid());
        await("its socket", () -> Files.exists(socket()) && !published().isEmpty());
    }

    private Path socket() {
        return folder.resolve("run")
                .resolve(
                        ProcessHandle.current().pid()
                                + "-"
                                + region.instanceId().substring(0, 8)
                                + ".control");
    }

    private List<String> ask(final String... lines) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket()));
            channel.write(ByteBuffer.wrap((String.join("\n", lines) + "\n\n").getBytes(UTF_8)));
            return new String(Channels.newInputStream(channel).readAllBytes(), UTF_8)
                    .lines()
                    .toList();
        }
    }

    private List<String> reload(final Path jar) throws IOException {
        return ask("reload", "instance " + region.instanceId(), "jar " + jar);
    }

    private String refused(final Path jar) throws IOException {
        final List<String> answer = reload(jar);
        assertEquals("failed", answer.get(0), this::log);
        assertTrue(answer.get(1).contains("was refused, and the former goes on"), answer.get(1));
        return answer.get(1);
    }

    @Test
    void newCodeTakesOverWithTheStateOfTheOldAndTheOldIsClosed() throws Exception {
        startWith(versions.jar("A"), "");
        parameters.setRelease(1, 0.25f);
        await("a change", () -> published().equals("A 0.25"));
        assertEquals(List.of("ok 1"), reload(versions.jar("B")));
        await("its state", () -> published().equals("AB 0.25"));
        assertTrue(log().contains("A was closed"), this::log);
        parameters.setRelease(1, 0.5f);
        await("a change told to the new code", () -> published().equals("AB 0.5"));
        assertEquals(1, counter("reloads"));
    }

    @Test
    void codeThatCannotServeIsRefusedAndTheOldGoesOn() throws Exception {
        startWith(versions.jar("A"), "reload-limit=2");
        final String thrown =
                refused(
                        versions.jar(
                                "B",
                                "INIT",
                                "context.registry().writer(\"b\","
                                        + " java.time.Duration.ofDays(1)).begin(0);"
                                        + " throw new IllegalStateException(\"no tables"
                                        + " today\");"));
        assertTrue(thrown.contains("no tables today"), thrown);
        final String unread =
                refused(
                        versions.jar(
                                "C",
                                "LOAD",
                                "if (true) throw new IllegalArgumentException(\"too old\");"));
        assertTrue(unread.contains("too old"), unread);
        final String broken =
                refused(versions.jar("D", "INIT", "throw new NoClassDefFoundError(\"Gone\");"));
        assertTrue(broken.contains("Gone"), broken);
        final String hangs = refused(versions.jar("E", "INIT", "while (true);"));
        assertTrue(hangs.contains("it was not ready within 2.0 s"), hangs);
        final Path torn = folder.resolve("torn.jar");
        final byte[] whole = Files.readAllBytes(versions.jar("F"));
        Files.write(torn, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertTrue(reload(torn).get(1).contains("torn.jar is not a complete jar"));
        assertTrue(reload(folder.resolve("none.jar")).get(1).contains("none.jar is not there"));
        parameters.setRelease(1, 0.5f);
        await("the old code", () -> published().equals("A 0.5"));
        assertEquals(4, counter("reloads_refused"));
        assertFalse(log().contains("A was closed"), this::log);
        // What the refused ones have left does no harm to one that serves.
        final Path good =
                versions.jar("G", "INIT", "more = \" held=\" + context.registry().isHeld(0);");
        assertEquals(List.of("ok 1"), reload(good));
        await("the good one", () -> published().startsWith("AG"));
    }

    @Test
    void whatTheOldCodeHeldOfTheFrameworkIsGivenBack() throws Exception {
        final Path holds =
                versions.jar(
                        "A",
                        "INIT",
                        "context.registry().writer(\"a\", java.time.Duration.ofDays(1)).begin(0);"
                                + "context.registry().listen(new ParameterListener() {"
                                + " public void changed(int i, double v, String w) {"
                                + " System.err.println(\"A hears\"); } });");
        startWith(holds, "");
        parameters.setRelease(1, 0.25f);
        await("a listener", () -> log().contains("A hears"));
        final Path asks =
                versions.jar("B", "INIT", "more = \" held=\" + context.registry().isHeld(0);");
        assertEquals(List.of("ok 1"), reload(asks));
        // In init both were there.
        await("the new code", () -> published().startsWith("AB"));
        final String soFar = log();
        final Path looks =
                versions.jar("C", "INIT", "more = \" held=\" + context.registry().isHeld(0);");
        assertEquals(List.of("ok 1"), reload(looks));
        await("the third", () -> published().startsWith("ABC"));
        parameters.setRelease(1, 0.75f);
        await("its parameter", () -> published().equals("ABC 0.75"));
        assertEquals(
                soFar.split("A hears").length, log().split("A hears").length, "A hears no more");
    }

    @Test
    void aThreadThatTheOldCodeLeavesBehindIsTold() throws Exception {
        final Path leaves =
                versions.jar(
                        "A",
                        "INIT",
                        "Thread t = new Thread(() -> { while (true)"
                            + " java.util.concurrent.locks.LockSupport.park(); }, \"left behind\");"
                            + " t.setDaemon(true); t.start();");
        startWith(leaves, "");
        assertEquals(List.of("ok 1"), reload(versions.jar("B")));
        await("the sentence", () -> log().contains("still runs, on the thread \"left behind\""));
        await(
                "the code that stays",
                () -> log().contains("the code of module-1 has been replaced and is still"));
        assertEquals(1, counter("former_modules"));
    }

    @Test
    void codeThatDoesNotLetGoIsLeftBehindAndTheNewOneServes() throws Exception {
        startWith(versions.jar("A", "CLOSE", "while (System.nanoTime() != 0);"), "");
        assertEquals(List.of("ok 1"), reload(versions.jar("B")));
        await("the new code", () -> published().equals("AB"));
        assertTrue(log().contains("close of the former code has not returned within"), this::log);
    }

    @Test
    void aProcessThatTakesTheNextOnesPlaceGoesOnWithTheCodeThatServed() throws Exception {
        startWith(versions.jar("A"), "");
        final Path given = versions.jar("B");
        assertEquals(List.of("ok 1"), reload(given));
        await("its state", () -> published().equals("AB"));
        process.destroyForcibly().onExit().join();
        Files.delete(given);
        toControl.write(fromControl.read().bytes(), 1);
        start(Versions.MODULE, "", ProcessHandle.current().pid());
        await("the new code in a new process", () -> published().equals("ABB"));
        // The bundle's own again.
        assertEquals(List.of("ok 1"), ask("reload"));
        await("the bundle's", () -> published().equals("ABBA"));
        assertEquals(List.of("unknown"), ask("reload", "instance " + "0".repeat(32)));
        assertEquals("failed", ask("relaod").get(0));
    }

    @Test
    void aStateOfANewerVersionIsKeptUntilCodeComesThatReadsIt() throws Exception {
        startWith(versions.jar("A"), "");
        final byte[] newer = new ControlState(new byte[0], "X".getBytes(UTF_8), 2).encode();
        toControl.write(newer, 5);
        await("the refusal", () -> log().contains("The module's state has version 2"));
        assertTrue(message().contains("is kept as it is"), this::message);
        parameters.setRelease(1, 0.5f);
        await("its own state", () -> published().equals("A 0.5"));
        assertEquals(0, fromControl.read().epoch(), "the bridge keeps a newer epoch than this");
        final Path reads =
                versions.jar("B", "VERSIONS", "StateVersions.current(2).from(1, bytes -> bytes)");
        assertEquals(List.of("ok 1"), reload(reads));
        await("the kept state", () -> fromControl.read().epoch() == 5);
        assertEquals("XB", published().split(" ")[0]);
        assertEquals(2, state().moduleVersion());
        assertEquals("", message());
    }

    @Test
    void inDevelopmentAChangedJarIsLoadedOnceItIsWhole() throws Exception {
        environment.put("PATCHBAY_DEV", "on");
        startWith(versions.jar("A"), "");
        final byte[] next = Files.readAllBytes(versions.jar("B"));
        final Path installed = folder.resolve("versions/bundle/module.jar");
        Files.write(installed, java.util.Arrays.copyOf(next, next.length / 2));
        await("the half one", () -> log().contains("module.jar is not a complete jar"));
        assertEquals("A", published());
        Files.write(installed, next);
        await("the whole one", () -> published().equals("AB"));
        Files.delete(installed);
        Files.write(installed, next);
        versions.install(versions.jar("C"));
        await("the next, and nothing for the same again", () -> published().startsWith("ABC"));
        assertEquals(2, counter("reloads"));
    }

    /** A thousand in a long run: -Dpatchbay.reloads=1000. */
    @Test
    void replacedCodeIsCollectedHoweverOftenItIsReplaced() throws Exception {
        final int count = Integer.getInteger("patchbay.reloads", 100);
        // Where code stayed, this would not be enough for a long run.
        jvm.add("-XX:MaxMetaspaceSize=64m");
        final Path a = versions.jar("A");
        final long begin = System.nanoTime();
        startWith(a, "");
        final double started = (System.nanoTime() - begin) / 1e6;
        final Path b = versions.jar("B", "LOAD", "history = \"\"; if (true) { return; }");
        final long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            assertEquals(List.of("ok 1"), reload(b));
        }
        System.out.printf(
                "ReloadTest: %d reloads, %.1f ms each; a fresh process took %.0f ms%n",
                count, (System.nanoTime() - start) / 1e6 / count, started);
        await("all reloads", () -> counter("reloads") == count);
        final long descriptors = descriptors();
        await("the end of the replaced code", () -> counter("former_modules") == 0);
        assertEquals(List.of("ok 1"), reload(b));
        assertEquals(descriptors, descriptors());
        try (Stream<Path> copies = Files.list(folder.resolve("run"))) {
            assertEquals(2, copies.count(), "a socket, and a folder for copies");
        }
        assertFalse(log().contains("still"), this::log);
    }

    private long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            return all.count();
        }
    }
}

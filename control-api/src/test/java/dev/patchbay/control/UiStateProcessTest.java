// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.atomics.RoleCell;
import dev.patchbay.control.panel.Visitor;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardRegion.RoleState;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A UI-state module in a process of its own, through the page of the panel: what it does wrong costs its part, and nothing else. */
class UiStateProcessTest extends ControlProcess {
    private Visitor visitor;
    private String session;

    private void startWith(final Class<?> module) throws Exception {
        jvm.add("-D" + UiPart.CLASS + "=" + module.getName());
        startReady("");
        visitor = visitor();
        session = visitor.listen();
    }

    private String post(final String name, final String value) throws Exception {
        return visitor.post(
                "{\"session\":\""
                        + session
                        + "\",\"events\":[{\"do\":\"module\",\"name\":\""
                        + name
                        + "\",\"value\":\""
                        + value
                        + "\"}]}");
    }

    private void assertRefused(final String event, final String sentence) throws Exception {
        final String answer = post(event, "");
        assertTrue(answer.contains(sentence), answer);
    }

    private List<ProcessHandle> itsProcesses() {
        return process.toHandle().children().toList();
    }

    private ProcessHandle itsProcess() {
        await("one process of the user interface", () -> itsProcesses().size() == 1);
        return itsProcesses().get(0);
    }

    private static void signal(final String name, final ProcessHandle to) throws Exception {
        final Process kill =
                new ProcessBuilder("kill", "-" + name, Long.toString(to.pid())).inheritIO().start();
        assertEquals(0, kill.waitFor());
    }

    private void assertControlServes() throws IOException {
        assertTrue(process.isAlive(), log());
        toControl.write(stateOf("", "still here"), 2);
        await("control to take a state", () -> published().startsWith("still here"));
    }

    @Test
    void thePageShowsWhatItShowsAndItsChangesAreHeardAndSoAreItsRefusals() throws Exception {
        startWith(TestUiModules.Words.class);
        visitor.await("\"word\":\"none\"");
        post("word", "größer");
        visitor.await("\"word\":\"größer\"");
        post("loud", "");
        final SortedMap<Integer, Float> seen = awaitChanges();
        assertEquals(0.875f, seen.get(0));
        assertEquals(
                RoleState.READY,
                RoleCell.stateOf(region.loads(), section(StandardRegion.ROLES), Role.UI));
        assertRefused("other", "There is no \\\"other\\\".");
        assertRefused("fail", "as the test wants");
        assertRefused("wrong", "It changes the parameter 99 to 0.5");
        assertTrue(log().contains("this is not for control"), log());
        assertEquals("", message());
    }

    @Test
    void anotherTakesThePlaceOfOneThatIsKilledEndsOrHangsAndControlGoesOn() throws Exception {
        startWith(TestUiModules.Words.class);
        visitor.await("\"word\":\"none\"");
        final ProcessHandle first = itsProcess();
        post("word", "kept by nobody");
        visitor.await("\"word\":\"kept by nobody\"");
        signal("KILL", first);
        visitor.await("\"word\":\"none\"");
        final ProcessHandle second = itsProcess();
        assertNotEquals(first.pid(), second.pid());
        assertTrue(
                log().contains(
                                "the user interface's process "
                                        + first.pid()
                                        + " is gone: it ended unexpectedly (signal 9); another"
                                        + " takes its place"),
                log());
        assertRefused("end", "has ended before this was done");
        await(
                "the status",
                () -> log().contains(second.pid() + " is gone: it ended unexpectedly (status 7)"));
        visitor.await("\"word\":\"none\"");
        final ProcessHandle third = itsProcess();
        // One that stands still holds up nobody, and is ended after a while.
        signal("STOP", third);
        assertControlServes();
        await("its end", () -> !third.isAlive());
        await(
                "the reason",
                () -> log().contains(third.pid() + " is gone: it has not answered for 10 s"));
        await("another", () -> itsProcesses().stream().anyMatch(p -> p.pid() != third.pid()));
        await("that all is well", () -> message().isEmpty());
    }

    @Test
    void oneThatDoesNotWantToIsToldAndThePanelIsThereWithoutIt() throws Exception {
        startWith(TestUiModules.Unwilling.class);
        visitor.await("\"values\":");
        await("the sentence", () -> !message().isEmpty());
        assertEquals(
                "the user interface has no part of the module's: It does not want to.", message());
        await("the end of its process", () -> itsProcesses().isEmpty());
        assertRefused("word", "is not there at the moment");
        assertControlServes();
    }

    @Test
    void aLibraryThatEndsItsProcessEndsOnlyThat() throws Exception {
        jvm.add(
                "-D"
                        + UiPart.LIBRARY
                        + "="
                        + UiLibrary.make(
                                folder,
                                UiLibrary.SOURCE.replace(
                                        "if (strcmp(name, \"loud\") == 0) {",
                                        "if (strcmp(name, \"abort\") == 0) _exit(3);\n"
                                                + "    if (strcmp(name, \"loud\") == 0) {")));
        jvm.add("-D" + UiPart.PROCESS + "=own");
        startReady("");
        visitor = visitor();
        session = visitor.listen();
        visitor.await("\"wörd\":\"none\"");
        post("wörd", "größer");
        visitor.await("\"wörd\":\"größer\"");
        final long before = itsProcess().pid();
        post("abort", "");
        visitor.await("\"wörd\":\"none\"");
        assertNotEquals(before, itsProcess().pid());
        assertControlServes();
    }

    @Test
    void itsProcessComesAnewWhereControlsCodeIsReplaced() throws Exception {
        startWith(TestUiModules.Words.class);
        visitor.await("\"word\":\"none\"");
        final ProcessHandle former = itsProcess();
        post("word", "former");
        visitor.await("\"word\":\"former\"");
        final Path socket =
                folder.resolve("run")
                        .resolve(
                                ProcessHandle.current().pid()
                                        + "-"
                                        + region.instanceId().substring(0, 8)
                                        + ".control");
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap("reload\n\n".getBytes(UTF_8)));
            final String answer =
                    new String(Channels.newInputStream(channel).readAllBytes(), UTF_8);
            assertTrue(answer.startsWith("ok 1"), answer);
        }
        visitor.await("\"word\":\"none\"");
        await("the former one's end", () -> !former.isAlive());
        assertNotEquals(former.pid(), itsProcess().pid());
    }

    @Test
    void aDebuggerAndTheFlightRecorderAreLetInAndItServesAllTheSame() throws Exception {
        environment.put("PATCHBAY_DEBUG", "ui");
        environment.put("PATCHBAY_JFR", "rt,ui");
        final Path logs = Files.createDirectory(folder.resolve("logs"));
        jvm.add("-Dpatchbay.logs=" + logs);
        startWith(TestUiModules.Words.class);
        visitor.await("\"word\":\"none\"");
        assertTrue(log().contains("listens for a debugger: attach to 127.0.0.1:"), log());
        try (Stream<Path> files = Files.list(logs)) {
            final List<Path> found = files.toList();
            assertTrue(found.stream().anyMatch(f -> f.toString().endsWith("-1.jfr")), log());
            assertTrue(found.stream().anyMatch(Files::isDirectory), "what it has recorded so far");
        }
    }

    @Test
    void itsProcessGoesWithControlHoweverThatEnds() throws Exception {
        startWith(TestUiModules.Words.class);
        visitor.await("\"word\":\"none\"");
        final ProcessHandle its = itsProcess();
        process.destroyForcibly().onExit().join();
        its.onExit().get(30, TimeUnit.SECONDS);
        assertFalse(its.isAlive());
    }
}

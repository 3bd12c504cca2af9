// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said to bridges: here at sockets, with their answers; the end-to-end tests swap in a real host. */
class BridgesTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final long PID = ProcessHandle.current().pid();

    @TempDir private Path folder;

    private CompletableFuture<String> answering(final String name, final String answer)
            throws IOException {
        return AnsweringSocket.at(folder.resolve(name), answer);
    }

    @Test
    void allInstancesOfAHostAreAskedForByItsPid() throws Exception {
        final CompletableFuture<String> request = answering(PID + "-0000aaaa.sock", "ok 2\n");
        final List<Path> jars = List.of(Path.of("/a.jar"), Path.of("/b.jar"));
        assertEquals(2, new Bridges(folder).swap(Long.toString(PID), jars));
        assertEquals("swap\njar /a.jar\njar /b.jar\n", request.get());
    }

    @Test
    void anInstanceIsLookedForInAllHosts() throws Exception {
        final CompletableFuture<String> other = answering(PID + "-0000aaaa.sock", "unknown\n");
        final CompletableFuture<String> its = answering("1-0000bbbb.sock", "ok 1\n");
        assertEquals(1, new Bridges(folder).swap(ID, List.of(Path.of("/a.jar"))));
        assertEquals("swap\ninstance " + ID + "\njar /a.jar\n", its.get());
        other.cancel(true);
    }

    @Test
    void whatTheBridgeSaysIsWhatTheUserReads() throws Exception {
        answering(PID + "-0000aaaa.sock", "failed\nThe new engine is late.\nSo is the other.\n");
        final ToolException failure =
                assertThrows(
                        ToolException.class,
                        () ->
                                new Bridges(folder)
                                        .swap(Long.toString(PID), List.of(Path.of("/a.jar"))));
        assertEquals(
                List.of("The new engine is late.", "So is the other."),
                failure.getMessage().lines().toList());
    }

    @Test
    void aHostWithSeveralPlugInsIsAmbiguousAndOneThatHasEndedIsPassedOver() throws Exception {
        answering(PID + "-0000aaaa.sock", "ok 1\n");
        answering(PID + "-0000bbbb.sock", "ok 1\n");
        final Bridges bridges = new Bridges(folder);
        final List<Path> jars = List.of(Path.of("/a.jar"));
        final String pid = Long.toString(PID);
        assertTrue(
                assertThrows(ToolException.class, () -> bridges.swap(pid, jars))
                        .getMessage()
                        .contains("plays 2 different Patchbay plug-ins"));
        assertTrue(
                assertThrows(ToolException.class, () -> bridges.swap("4194305", jars))
                        .getMessage()
                        .contains("No Patchbay plug-in that plays in a process 4194305"));
    }
}

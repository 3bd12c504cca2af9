// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.tools.ToolException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said to control processes: here at sockets, with their answers; the end-to-end tests reload in a real host. */
class ControlProcessesTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final long PID = ProcessHandle.current().pid();

    @TempDir private Path folder;

    @Test
    void allInstancesOfAHostAreReloadedByItsPid() throws Exception {
        final CompletableFuture<String> one =
                AnsweringSocket.at(folder.resolve(PID + "-0000aaaa.control"), "ok 1\n");
        final CompletableFuture<String> other =
                AnsweringSocket.at(folder.resolve(PID + "-0000bbbb.control"), "ok 1\n");
        AnsweringSocket.at(folder.resolve(PID + "-0000cccc.sock"), "ok 1\n");
        final List<Path> jars = List.of(Path.of("/a.jar"), Path.of("/b.jar"));
        assertEquals(2, new ControlProcesses(folder).reload(Long.toString(PID), jars));
        assertEquals("reload\njar /a.jar\njar /b.jar\n", one.get());
        assertEquals(one.get(), other.get());
    }

    @Test
    void anInstanceIsFoundByItsIdAndOneThatOnlyBeginsAlikeIsNot() throws Exception {
        final CompletableFuture<String> alike =
                AnsweringSocket.at(folder.resolve("1-01234567.control"), "unknown\n");
        final CompletableFuture<String> its =
                AnsweringSocket.at(folder.resolve(PID + "-01234567.control"), "ok 1\n");
        AnsweringSocket.at(folder.resolve(PID + "-76543210.control"), "ok 1\n");
        assertEquals(1, new ControlProcesses(folder).reload(ID, List.of()));
        assertEquals("reload\ninstance " + ID + "\n", its.get());
        assertEquals(its.get(), alike.get());
    }

    @Test
    void oneThatRefusesIsToldAndTheOthersAreAskedAllTheSame() throws Exception {
        AnsweringSocket.at(folder.resolve(PID + "-0000aaaa.control"), "failed\nNo tables today.\n");
        final CompletableFuture<String> other =
                AnsweringSocket.at(folder.resolve(PID + "-0000bbbb.control"), "ok 1\n");
        final ControlProcesses processes = new ControlProcesses(folder);
        final String pid = Long.toString(PID);
        assertEquals(
                "No tables today.",
                assertThrows(ToolException.class, () -> processes.reload(pid, List.of()))
                        .getMessage());
        assertEquals("reload\n", other.get());
    }

    @Test
    void whereThereIsNoneThatIsSaidWithTheFolder() {
        final String message =
                assertThrows(
                                ToolException.class,
                                () -> new ControlProcesses(folder).reload(ID, List.of()))
                        .getMessage();
        assertTrue(message.contains(folder.toString()), message);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.panel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.control.ui.TestInstance;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PanelDoorTest {
    @TempDir private Path folder;
    private Path sockets;
    private Path socket;
    private Path address;
    private TestInstance instance;

    @BeforeEach
    void open() throws Exception {
        instance = new TestInstance(folder);
        sockets = folder.resolve("run");
        final String name =
                ProcessHandle.current().pid() + "-" + instance.participant.region().instanceId();
        socket = sockets.resolve(name + ".panel");
        address = sockets.resolve(name + ".url");
    }

    @AfterEach
    void close() {
        instance.close();
    }

    private PanelDoor door() {
        return PanelDoor.open(
                instance.ui,
                instance.participant,
                Map.of("PATCHBAY_RUNTIME_DIR", sockets.toString()));
    }

    private String ask() throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new String(Channels.newInputStream(channel).readAllBytes(), UTF_8).strip();
        }
    }

    private static String mode(final Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void nothingIsServedBeforeSomebodyAsksAndThenTheUserAloneKnowsWhere() throws Exception {
        try (PanelDoor door = door()) {
            assertNotNull(door);
            assertEquals("rwx------", mode(sockets));
            assertEquals("rw-------", mode(socket));
            assertFalse(Files.exists(address), "no server has been started");
            final String told = ask();
            assertEquals(told, ask(), "there is one");
            assertTrue(new Visitor(told).get("").startsWith("HTTP/1.1 200"));
            assertEquals("rw-------", mode(address));
            assertEquals(told, Files.readString(address).strip());
        }
        assertFalse(Files.exists(socket) || Files.exists(address), "both go with the instance");
    }

    @Test
    void theProcessAfterAKilledOneServesAtOnceWhereOpenPagesLook() throws Exception {
        final PanelAddress former;
        try (PanelServer server = PanelServer.start(instance.ui, instance.plugin, null)) {
            former = server.address();
        }
        // What a killed process leaves.
        Files.createDirectories(sockets);
        former.write(address);
        Files.createFile(socket);
        try (PanelDoor door = door()) {
            assertNotNull(door);
            assertTrue(new Visitor(former.toString()).get("").startsWith("HTTP/1.1 200"));
            assertEquals(former.toString(), ask());
        }
    }

    @Test
    void whatHostsThatAreGoneHaveLeftIsRemoved() throws Exception {
        Files.createDirectories(sockets);
        // Beyond the most pids that a kernel has.
        final Path gone = Files.createFile(sockets.resolve("4194305-00ff.url"));
        final Path other = Files.createFile(sockets.resolve("4194305-00ff.sock"));
        final Path alive = Files.createFile(sockets.resolve("1-00ff.url"));
        try (PanelDoor door = door()) {
            assertNotNull(door);
            assertFalse(Files.exists(gone));
            assertTrue(Files.exists(other), "not the panel's");
            assertTrue(Files.exists(alive));
        }
    }

    @Test
    void whereNoSocketCanBeMadeThereIsNoPanelAndNoHarm() throws Exception {
        Files.createFile(sockets);
        try (PanelDoor door = door()) {
            assertNotNull(door);
            assertTrue(Files.isRegularFile(sockets));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.panel;

import dev.patchbay.atomics.Participant;
import dev.patchbay.control.state.PluginIdentity;
import dev.patchbay.control.ui.Ui;
import dev.patchbay.layout.RuntimeFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the page's address is asked for: a Unix socket {@code PID-ID.panel} in the {@link RuntimeFolder}, with the host's pid and the region's
 * id. Whoever connects is sent the address and a line feed. The server is started when the first one asks; until then there is a thread
 * that sleeps in the kernel, and nothing else.
 *
 * <p>The address is kept in a file beside the socket that only the user can read, so that the process that takes the place of a killed one
 * is found by the pages that are open. Both files go with the instance.
 */
public final class PanelDoor implements AutoCloseable {
    /** What the name of the socket ends with. */
    public static final String SOCKET = ".panel";

    /** What the name of the file ends with that leads a browser to the page; a tool makes it. */
    public static final String LINK = ".html";

    private static final String ADDRESS = ".url";
    private static final Pattern FILE =
            Pattern.compile("([0-9]{1,18})-[0-9a-f]+\\.(panel|url|html)");

    private final Ui ui;
    private final PluginIdentity plugin;
    private final Path socket;
    private final Path address;
    private final Path link;
    private ServerSocketChannel door;
    private PanelServer server;
    private boolean closed;

    private PanelDoor(
            final Ui ui, final PluginIdentity plugin, final Path folder, final String name) {
        this.ui = ui;
        this.plugin = plugin;
        this.socket = folder.resolve(name + SOCKET);
        this.address = folder.resolve(name + ADDRESS);
        this.link = folder.resolve(name + LINK);
    }

    /**
     * Opens the door of an instance. Where that fails there is no panel, a sentence in the log, and all else works.
     *
     * @param ui what is shown and changed
     * @param participant the control process in its region
     * @return to be closed when the bridge leaves
     */
    public static PanelDoor open(final Ui ui, final Participant participant) {
        return open(ui, participant, System.getenv());
    }

    static PanelDoor open(
            final Ui ui, final Participant participant, final Map<String, String> environment) {
        Path folder = null;
        try {
            folder = RuntimeFolder.of(environment);
            final PanelDoor door =
                    new PanelDoor(
                            ui,
                            PluginIdentity.of(participant.region()),
                            folder,
                            participant.hostPid() + "-" + participant.region().instanceId());
            RuntimeFolder.open(environment);
            removeAbandoned(folder);
            door.listen();
            return door;
        } catch (final IOException | UncheckedIOException e) {
            System.err.println(
                    "patchbay control: there will be no panel, since no socket can be made in "
                            + folder
                            + ": "
                            + e.getMessage()
                            + ". Set PATCHBAY_RUNTIME_DIR to a folder of your own with a short"
                            + " path.");
            return new PanelDoor(ui, null, Path.of(""), "");
        }
    }

    /** Of hosts that were killed. */
    private static void removeAbandoned(final Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (final Path file : files) {
                final Matcher name = FILE.matcher(file.getFileName().toString());
                if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private void listen() throws IOException {
        // That of a process before this one, which is gone.
        Files.deleteIfExists(socket);
        door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            door.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        } catch (final IOException | RuntimeException e) {
            door.close();
            throw e;
        }
        if (Files.exists(address)) {
            start();
        }
        final Thread thread = new Thread(this::serve, "patchbay panel door");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        while (door.isOpen()) {
            try (SocketChannel visitor = door.accept()) {
                // Short enough for the socket's own buffer: nobody who does not read holds up the
                // next.
                visitor.write(ByteBuffer.wrap((start() + "\n").getBytes(StandardCharsets.UTF_8)));
            } catch (final ClosedChannelException e) {
                // The process ends.
                return;
            } catch (final IOException e) {
                System.err.println(
                        "patchbay control: the panel's address was not told: " + e.getMessage());
            }
        }
    }

    /** Starts the server unless it runs; the answer is the page's address. */
    private synchronized String start() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (server == null) {
            server = PanelServer.start(ui, plugin, PanelAddress.read(address));
            server.address().write(address);
        }
        return server.address().toString();
    }

    /** Ends the server and takes back the files. */
    @Override
    public synchronized void close() {
        closed = true;
        try {
            if (server != null) {
                server.close();
            }
            if (door != null) {
                door.close();
                Files.deleteIfExists(socket);
                Files.deleteIfExists(address);
                Files.deleteIfExists(link);
            }
        } catch (final IOException e) {
            System.err.println(
                    "patchbay control: the panel's files are left behind: " + e.getMessage());
        }
    }
}

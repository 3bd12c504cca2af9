// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where the command line reaches a control process: a socket in the user's runtime folder, named {@code HOSTPID-ID.control} with the first eight
 * digits of the region's id, for this user alone. A request is lines of text up to an empty one:
 *
 * <pre>
 *     reload               other code is to take the module's place
 *     instance ID          the region's id; without this line, whichever it is
 *     jar PATH             absolute; to come before the bundle's; as many as there are
 * </pre>
 *
 * <p>The answer's first line is {@code ok 1}, {@code unknown} where this is another instance, or {@code failed}; sentences follow, a
 * line each, and the connection ends. One request after the other.
 */
final class ReloadSocket {
    /** Whoever asks writes at once. */
    private static final long READ_MILLIS = 2000;

    private static final int MOST_BYTES = 1 << 16;

    private final CodeDesk desk;
    private final String instanceId;
    private final Consumer<Reload> target;
    private final ServerSocketChannel listening;

    private ReloadSocket(
            final CodeDesk desk,
            final String instanceId,
            final Consumer<Reload> target,
            final ServerSocketChannel listening) {
        this.desk = desk;
        this.instanceId = instanceId;
        this.target = target;
        this.listening = listening;
    }

    /**
     * Listens from now on, on a thread of its own.
     *
     * @throws IOException if the socket cannot be made
     */
    static ReloadSocket open(
            final CodeDesk desk, final String instanceId, final Consumer<Reload> target)
            throws IOException {
        final Path path = desk.socket();
        // A process that was killed has left it.
        Files.deleteIfExists(path);
        final ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            // Nobody else gets into the folder, so nobody is there before its mode is set.
            listening.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        } catch (final IOException e) {
            listening.close();
            throw e;
        }
        final ReloadSocket socket = new ReloadSocket(desk, instanceId, target, listening);
        final Thread thread = new Thread(socket::serve, "patchbay control socket");
        thread.setDaemon(true);
        thread.start();
        return socket;
    }

    /** No request is taken any more. */
    public void close() {
        try {
            listening.close();
        } catch (final IOException e) {
            System.err.println("patchbay control: its socket cannot be closed: " + e.getMessage());
        }
    }

    private void serve() {
        while (listening.isOpen()) {
            try (SocketChannel one = listening.accept()) {
                final List<String> lines = read(one);
                one.configureBlocking(true);
                final ByteBuffer answer = ByteBuffer.wrap(answer(lines).getBytes(UTF_8));
                while (answer.hasRemaining()) {
                    one.write(answer);
                }
            } catch (final ClosedChannelException e) {
                if (!listening.isOpen()) {
                    return;
                }
                System.err.println("patchbay control: a request was not answered: " + e);
            } catch (final IOException | RuntimeException e) {
                System.err.println("patchbay control: a request was not answered: " + e);
            }
        }
    }

    /** The lines of a request; none where it does not come whole. */
    private static List<String> read(final SocketChannel from) throws IOException {
        from.configureBlocking(false);
        final StringBuilder text = new StringBuilder();
        try (Selector selector = Selector.open()) {
            from.register(selector, SelectionKey.OP_READ);
            final long deadline = System.nanoTime() + READ_MILLIS * 1_000_000;
            final ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);
            while (text.indexOf("\n\n") < 0) {
                final long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0 || selector.select(left) == 0 || from.read(bytes) <= 0) {
                    return List.of();
                }
                selector.selectedKeys().clear();
                text.setLength(0);
                text.append(UTF_8.decode(bytes.duplicate().flip()));
            }
        }
        return new ArrayList<>(text.substring(0, text.indexOf("\n\n")).lines().toList());
    }

    private String answer(final List<String> lines) {
        final List<Path> jars = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            final String line = lines.get(i);
            if (line.startsWith("jar /")) {
                jars.add(Path.of(line.substring("jar ".length())));
            } else if (!line.startsWith("instance ")) {
                return "failed\nThis control process does not know the line \""
                        + line
                        + "\": use tools of its own version.\n";
            } else if (!line.equals("instance " + instanceId)) {
                return "unknown\n";
            }
        }
        if (lines.isEmpty() || !lines.get(0).equals("reload")) {
            return "failed\nThis control process takes the request \"reload\": use tools of its own"
                    + " version.\n";
        }
        try {
            desk.reload(jars, true, target);
            return "ok 1\n";
        } catch (final IOException | RuntimeException e) {
            return "failed\n" + sentence(e) + "\n";
        }
    }

    private static String sentence(final Exception e) {
        final String text =
                e instanceof Reload.Refused
                        ? e.getMessage()
                        : "the new code cannot be read, and the former goes on: "
                                + (e instanceof IOException ? e.getMessage() : e);
        final String line = text.replace('\n', ' ').strip();
        return Character.toUpperCase(line.charAt(0))
                + line.substring(1)
                + (line.endsWith(".") ? "" : ".");
    }
}

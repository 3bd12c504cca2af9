// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.panel;

import dev.patchbay.layout.RuntimeFolder;
import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The panels of this user's plug-ins, by the sockets of their control processes in the runtime folder: {@code PID-ID.panel}, which sends the
 * address to whoever connects.
 */
public final class Panels {
    static final String SOCKET = ".panel";

    private static final Pattern NAME = Pattern.compile("([0-9]{1,10})-([0-9a-f]{32})\\.panel");

    private final Path folder;

    /** Those whose sockets are in this folder. */
    public Panels(final Path folder) {
        this.folder = folder;
    }

    /** Those of this user, wherever the environment puts them. */
    public static Panels ofThisUser() {
        return new Panels(RuntimeFolder.of(System.getenv()));
    }

    /**
     * Asks for addresses, which starts the servers of the pages.
     *
     * @param target the id of an instance's region, the pid of a host, or nothing for all
     * @return at least one, in the order of pids and ids
     * @throws ToolException if there is none
     */
    public List<Panel> find(final String target) {
        final List<Panel> found = new ArrayList<>();
        for (final Path socket : sockets()) {
            final Matcher name = NAME.matcher(socket.getFileName().toString());
            if (name.matches()
                    && (target.isEmpty()
                            || target.equals(name.group(1))
                            || target.equals(name.group(2)))) {
                address(socket)
                        .ifPresent(
                                address ->
                                        found.add(
                                                new Panel(
                                                        Long.parseLong(name.group(1)),
                                                        name.group(2),
                                                        address,
                                                        socket)));
            }
        }
        if (found.isEmpty()) {
            throw new ToolException(
                    "No panel"
                            + (target.isEmpty() ? "" : " of " + target)
                            + " was found through "
                            + folder
                            + ", expected a host that has activated a Patchbay plug-in;"
                            + " \"patchbay inspect\" lists the regions.");
        }
        return found;
    }

    private List<Path> sockets() {
        final List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SOCKET)) {
            files.forEach(found::add);
        } catch (final NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (final IOException e) {
            throw new ToolException("The folder " + folder + " cannot be read: " + e, e);
        }
        found.sort(null);
        return found;
    }

    /** Nothing where the process has ended and left its socket behind. */
    private static Optional<String> address(final Path socket) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            final byte[] answer = Channels.newInputStream(channel).readAllBytes();
            final String address = new String(answer, StandardCharsets.UTF_8).strip();
            return address.startsWith("http://127.0.0.1:")
                    ? Optional.of(address)
                    : Optional.empty();
        } catch (final IOException e) {
            return Optional.empty();
        }
    }
}

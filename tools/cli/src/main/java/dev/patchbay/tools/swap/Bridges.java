// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.swap;

import dev.patchbay.layout.RuntimeFolder;
import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
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

/**
 * The bridges of this user that play now, by their sockets in the runtime folder: one for each host process and plug-in. What is said there is
 * stated in ControlSocket of the bridge.
 */
public final class Bridges {
    private static final int ID_DIGITS = 32;

    private final Path folder;

    /** Those whose sockets are in this folder. */
    public Bridges(final Path folder) {
        this.folder = folder;
    }

    /** Those of this user, wherever the environment puts them. */
    public static Bridges ofThisUser() {
        return new Bridges(RuntimeFolder.of(System.getenv()));
    }

    /**
     * Has instances go over to an engine with other jars, and waits until they have.
     *
     * @param target the id of an instance's region, or the pid of a host
     * @param jars to be put before those of the bundle
     * @return how many instances have gone over
     * @throws ToolException in the bridge's words, if one has not
     */
    public int swap(final String target, final List<Path> jars) {
        final boolean isId = target.matches("[0-9a-f]{" + ID_DIGITS + "}");
        final StringBuilder request = new StringBuilder("swap\n");
        if (isId) {
            request.append("instance ").append(target).append('\n');
        }
        jars.forEach(jar -> request.append("jar ").append(jar).append('\n'));
        request.append('\n');
        final List<Path> sockets = sockets(isId ? "" : target + "-");
        if (!isId && sockets.size() > 1) {
            throw new ToolException(
                    "The process "
                            + target
                            + " plays "
                            + sockets.size()
                            + " different Patchbay plug-ins, expected one: name an instance by its"
                            + " region's id, which \"patchbay inspect "
                            + target
                            + "\" lists.");
        }
        for (final Path socket : sockets) {
            final List<String> answer = ask(socket, request.toString());
            if (!answer.isEmpty() && !answer.get(0).equals("unknown")) {
                return result(answer);
            }
        }
        throw new ToolException(
                (isId ? "No instance " : "No Patchbay plug-in that plays in a process ")
                        + target
                        + " was found through "
                        + folder
                        + ", expected "
                        + "a host that has activated one; \"patchbay inspect\" lists the regions.");
    }

    private static int result(final List<String> answer) {
        final String first = answer.get(0);
        if (first.startsWith("ok ")) {
            return Integer.parseInt(first.substring("ok ".length()));
        }
        final List<String> sentences = answer.subList(1, answer.size());
        throw new ToolException(
                sentences.isEmpty()
                        ? "The bridge answered \"" + first + "\", expected why it failed."
                        : String.join(System.lineSeparator(), sentences));
    }

    private List<Path> sockets(final String prefix) {
        final List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, prefix + "*.sock")) {
            for (final Path file : files) {
                final String name = file.getFileName().toString();
                // A host that was killed leaves its socket behind.
                if (name.matches("[0-9]+-[0-9a-f]+\\.sock")
                        && ProcessHandle.of(Long.parseLong(name.substring(0, name.indexOf('-'))))
                                .isPresent()) {
                    found.add(file);
                }
            }
        } catch (final NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (final IOException e) {
            throw new ToolException("The folder " + folder + " cannot be read: " + e, e);
        }
        return found;
    }

    /** The lines of an answer; none where the host has ended meanwhile. */
    private static List<String> ask(final Path socket, final String request) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            final ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            final byte[] answer = Channels.newInputStream(channel).readAllBytes();
            return new String(answer, StandardCharsets.UTF_8).lines().toList();
        } catch (final ConnectException e) {
            return List.of();
        } catch (final IOException e) {
            throw new ToolException(
                    "The host at " + socket + " cannot be asked: " + e.getMessage(), e);
        }
    }
}

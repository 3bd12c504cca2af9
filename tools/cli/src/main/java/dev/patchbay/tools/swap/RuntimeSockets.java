// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.swap;

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

/** Sockets of one kind in a runtime folder, each named by the pid of a host; and how one of them is asked. */
final class RuntimeSockets {
    private final Path folder;
    private final String names;

    /**
     * Those in a folder.
     *
     * @param names a regular expression that a name matches, with the host's pid in front of a hyphen
     */
    RuntimeSockets(final Path folder, final String names) {
        this.folder = folder;
        this.names = names;
    }

    Path folder() {
        return folder;
    }

    /** Those whose names begin like this and whose hosts live, sorted. */
    List<Path> of(final String prefix) {
        final List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, prefix + "*")) {
            for (final Path file : files) {
                final String name = file.getFileName().toString();
                // A host that was killed leaves its socket behind.
                if (name.matches(names)
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
        found.sort(null);
        return found;
    }

    /** The lines of an answer; none where whoever listened has ended meanwhile. */
    static List<String> ask(final Path socket, final String request) {
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

    /** The number in an answer that begins with "ok"; what else it says is the reason of the exception. */
    static int result(final List<String> answer) {
        final String first = answer.get(0);
        if (first.startsWith("ok ")) {
            return Integer.parseInt(first.substring("ok ".length()));
        }
        final List<String> sentences = answer.subList(1, answer.size());
        throw new ToolException(
                sentences.isEmpty()
                        ? "The answer was \"" + first + "\", expected why it failed."
                        : String.join(System.lineSeparator(), sentences));
    }
}

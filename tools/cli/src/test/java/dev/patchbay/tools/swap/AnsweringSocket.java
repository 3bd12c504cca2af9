// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.swap;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A socket that takes one request and answers it. */
final class AnsweringSocket {
    private AnsweringSocket() {}

    /** The request, once there was one, without the empty line at its end. */
    static CompletableFuture<String> at(final Path path, final String answer) throws IOException {
        final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        return CompletableFuture.supplyAsync(
                () -> {
                    try (server;
                            SocketChannel one = server.accept()) {
                        final BufferedReader lines =
                                new BufferedReader(Channels.newReader(one, StandardCharsets.UTF_8));
                        final StringBuilder request = new StringBuilder();
                        for (String line = lines.readLine();
                                line != null && !line.isEmpty();
                                line = lines.readLine()) {
                            request.append(line).append('\n');
                        }
                        one.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
                        return request.toString();
                    } catch (final IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                // Some are never asked, and wait for ever.
                task -> {
                    final Thread thread = new Thread(task);
                    thread.setDaemon(true);
                    thread.start();
                });
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.panel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;

/** Speaks HTTP by hand, so that it can say what no browser would. */
final class Visitor implements AutoCloseable {
    private static final int MILLIS = 30_000;

    final URI address;
    private Socket socket;
    private BufferedReader stream;

    Visitor(final String address) {
        this.address = URI.create(address);
    }

    String host() {
        return "127.0.0.1:" + address.getPort();
    }

    String origin() {
        return "http://" + host();
    }

    Socket connect() throws IOException {
        final Socket made = new Socket(InetAddress.getByName("127.0.0.1"), address.getPort());
        made.setSoTimeout(MILLIS);
        return made;
    }

    /** Sends bytes on a connection of their own; the answer is all that comes back until the server closes. */
    String raw(final byte[] request) throws IOException {
        try (Socket one = connect()) {
            one.getOutputStream().write(request);
            return new String(one.getInputStream().readAllBytes(), UTF_8);
        }
    }

    /** Sends a request with these lines of header; the answer is the status. */
    int status(final String method, final String path, final String body, final String... headers)
            throws IOException {
        final String answer = answer(method, path, body, headers);
        return Integer.parseInt(answer.split(" ")[1]);
    }

    String answer(
            final String method, final String path, final String body, final String... headers)
            throws IOException {
        final StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        for (final String header : headers) {
            request.append(header).append("\r\n");
        }
        request.append("Connection: close\r\nContent-Length: ")
                .append(body.getBytes(UTF_8).length)
                .append("\r\n\r\n")
                .append(body);
        return raw(request.toString().getBytes(UTF_8));
    }

    /** As the page itself asks. */
    String get(final String name) throws IOException {
        return answer("GET", address.getPath() + name, "", "Host: " + host());
    }

    /** As the page itself posts. */
    String post(final String body) throws IOException {
        return answer(
                "POST",
                address.getPath() + "events",
                body,
                "Host: " + host(),
                "Origin: " + origin(),
                "Content-Type: application/json");
    }

    /** Opens the stream and returns the name of the session. */
    String listen() throws IOException {
        socket = connect();
        socket.getOutputStream()
                .write(
                        ("GET "
                                        + address.getPath()
                                        + "state HTTP/1.1\r\nHost: "
                                        + host()
                                        + "\r\n\r\n")
                                .getBytes(ISO_8859_1));
        stream = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        final String plugin = await("{\"session\":\"");
        final int from = plugin.indexOf(":\"") + 2;
        return plugin.substring(from, plugin.indexOf('"', from));
    }

    /** The next line of the stream that holds this text, from there on. */
    String await(final String text) throws IOException {
        for (String line = stream.readLine(); line != null; line = stream.readLine()) {
            if (line.contains(text)) {
                return line.substring(line.indexOf(text));
            }
        }
        throw new IOException("the stream ended before " + text);
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
    }
}

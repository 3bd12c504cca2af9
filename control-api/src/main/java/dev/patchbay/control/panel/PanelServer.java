// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.panel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.patchbay.control.state.PluginIdentity;
import dev.patchbay.control.ui.Ui;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Serves the page of one plug-in instance on the loopback interface: its files, a stream of server-sent events with the state, and posts of what
 * is done. The server of the JDK, with its limits: {@value #MOST_CONNECTIONS} connections, requests that come whole within
 * {@value #REQUEST_SECONDS} s and have at most {@value #HEADER_BYTES} bytes of header.
 */
final class PanelServer implements AutoCloseable {
    static final int MOST_CONNECTIONS = 128;
    static final int REQUEST_SECONDS = 5;
    static final int HEADER_BYTES = 16_384;

    private static final int REQUESTS_PER_SECOND = 1_000;

    static {
        // Read once, when the first server of the process is made. An author's own value stays.
        limit("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
        limit("sun.net.httpserver.maxReqHeaderSize", HEADER_BYTES);
        limit("sun.net.httpserver.maxReqHeaders", 64);
        limit("jdk.httpserver.maxConnections", MOST_CONNECTIONS);
        // Else an answer waits for 40 ms until the one before was acknowledged.
        System.getProperties().putIfAbsent("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer http;
    private final PanelAddress address;
    private final PanelGate gate;
    private final PanelFiles files = new PanelFiles();
    private final PanelStreams streams;
    private final PanelPosts posts;
    private final PanelPresets presets;
    private final Refusals refusals = new Refusals();
    private final RateLimit rate = new RateLimit(REQUESTS_PER_SECOND);
    private final ThreadPoolExecutor threads;

    private PanelServer(
            final HttpServer http, final String token, final Ui ui, final PluginIdentity plugin) {
        this.http = http;
        this.address = new PanelAddress(http.getAddress().getPort(), token);
        this.gate = new PanelGate(address);
        this.streams = new PanelStreams(ui, plugin);
        this.posts = new PanelPosts(streams);
        this.presets = new PanelPresets(ui);
        final AtomicInteger number = new AtomicInteger();
        this.threads =
                new ThreadPoolExecutor(
                        0,
                        MOST_CONNECTIONS,
                        5,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        work -> {
                            final Thread thread =
                                    new Thread(work, "patchbay panel " + number.incrementAndGet());
                            thread.setDaemon(true);
                            return thread;
                        },
                        // Cannot be where a connection has one request at a time; if so, it waits.
                        new ThreadPoolExecutor.CallerRunsPolicy());
    }

    private static void limit(final String property, final int value) {
        System.getProperties().putIfAbsent(property, Integer.toString(value));
    }

    /**
     * Starts to serve.
     *
     * @param former the address that this instance's panel had, where its port is free again; null for a new one
     */
    static PanelServer start(final Ui ui, final PluginIdentity plugin, final PanelAddress former)
            throws IOException {
        final InetAddress loopback = InetAddress.getByName(PanelAddress.HOST);
        HttpServer http = null;
        if (former != null) {
            try {
                http = HttpServer.create(new InetSocketAddress(loopback, former.port()), 0);
            } catch (final BindException e) {
                System.err.println(
                        "patchbay control: the panel gets a new address, since its port "
                                + former.port()
                                + " is taken: "
                                + e.getMessage());
            }
        }
        // A port that somebody else has now may have heard the old token.
        final String token = http == null ? PanelAddress.newToken() : former.token();
        if (http == null) {
            http = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        }
        final PanelServer server = new PanelServer(http, token, ui, plugin);
        http.setExecutor(server.threads);
        http.createContext("/", server::handle);
        http.start();
        return server;
    }

    PanelAddress address() {
        return address;
    }

    private void handle(final HttpExchange exchange) throws IOException {
        secure(exchange.getResponseHeaders());
        final PanelGate.Refusal refusal = gate.check(exchange);
        try {
            if (refusal != null) {
                refuse(exchange, refusal.status(), refusal.sentence());
            } else if (!rate.pass(1)) {
                refuse(exchange, 429, "more than " + REQUESTS_PER_SECOND + " requests in a second");
            } else {
                serve(exchange);
            }
        } catch (final PanelException e) {
            refuse(exchange, e.status(), e.getMessage());
        } catch (final RuntimeException e) {
            refuse(exchange, 500, "a request failed: " + e);
        }
    }

    private void serve(final HttpExchange exchange) throws IOException, PanelException {
        final String name = PanelGate.behindToken(exchange);
        final boolean get = exchange.getRequestMethod().equals("GET");
        if (name.equals("import")) {
            if (!exchange.getRequestMethod().equals("POST")) {
                throw new PanelException(405, "presets are posted");
            }
            presets.take(exchange);
        } else if (name.equals("events")) {
            if (!exchange.getRequestMethod().equals("POST")) {
                throw new PanelException(405, "events are posted");
            }
            answer(exchange, 200, "application/json", posts.take(exchange));
        } else if (!get) {
            throw new PanelException(405, "only events are posted");
        } else if (name.equals("export")) {
            presets.give(exchange);
        } else if (name.equals("state")) {
            streams.open(exchange);
        } else if (files.type(name) != null) {
            answer(exchange, 200, files.type(name), files.bytes(name));
        } else {
            throw new PanelException(404, "the page has no such file");
        }
    }

    /** No other page may frame, read or script this one, and it loads nothing from elsewhere. */
    private static void secure(final Headers headers) {
        headers.set(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                        + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                        + " frame-ancestors 'none'");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
    }

    private void refuse(final HttpExchange exchange, final int status, final String sentence)
            throws IOException {
        refusals.tell(sentence + " (answered with " + status + ").");
        // What else it sends is not read.
        exchange.getResponseHeaders().set("Connection", "close");
        answer(
                exchange,
                status,
                "text/plain; charset=utf-8",
                ("Refused (" + status + "). Ask \"patchbay panel\" for the address.\n")
                        .getBytes(UTF_8));
    }

    static void answer(
            final HttpExchange exchange, final int status, final String type, final byte[] body)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        streams.close();
        http.stop(0);
        threads.shutdownNow();
    }
}

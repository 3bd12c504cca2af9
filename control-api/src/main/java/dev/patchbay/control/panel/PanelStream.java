// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.panel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.patchbay.control.json.JsonValue;
import dev.patchbay.control.json.JsonWriter;
import dev.patchbay.control.ui.UiSession;
import dev.patchbay.control.ui.UiSnapshot;
import dev.patchbay.layout.Parameter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One open page: what has changed since it was last sent something goes to it as a server-sent event, as fast as it reads and no faster than
 * snapshots are made. A page that reads slowly skips. When it goes, what it holds is let go.
 */
final class PanelStream implements Flow.Subscriber<UiSnapshot> {
    /** So often something is sent at least, so that both sides notice when the other is gone. */
    private static final long HEARTBEAT_NANOS = 1_000_000_000L;

    private final HttpExchange exchange;
    private final UiSession session;
    private final FrameJson frames;
    private final Runnable gone;
    private final AtomicBoolean ended = new AtomicBoolean();
    private OutputStream out;
    private Flow.Subscription subscription;
    private volatile UiSnapshot last;
    private long sentAt;

    PanelStream(
            final HttpExchange exchange,
            final UiSession session,
            final List<Parameter> parameters,
            final Runnable gone) {
        this.exchange = exchange;
        this.session = session;
        this.frames = new FrameJson(parameters);
        this.gone = gone;
    }

    /** Sends the head, and the plug-in's description. */
    void begin(final JsonValue plugin) throws IOException {
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            out = exchange.getResponseBody();
            send("plugin", plugin);
        } catch (final IOException e) {
            end();
            throw e;
        }
    }

    /** What its events are posted to. */
    UiSession session() {
        return session;
    }

    /** What the page was sent last; null before it was sent anything. */
    UiSnapshot last() {
        return last;
    }

    @Override
    public void onSubscribe(final Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(final UiSnapshot snapshot) {
        if (ended.get()) {
            subscription.cancel();
            return;
        }
        try {
            final JsonValue.Members changes = frames.changes(last, snapshot);
            last = snapshot;
            if (!changes.members().isEmpty()) {
                send("state", changes);
            } else if (System.nanoTime() - sentAt >= HEARTBEAT_NANOS) {
                write(":\n\n");
            }
            subscription.request(1);
        } catch (final IOException e) {
            // The page is closed, which is how pages end.
            subscription.cancel();
            end();
        }
    }

    private void send(final String event, final JsonValue data) throws IOException {
        write(
                "event: "
                        + event
                        + "\ndata: "
                        + new String(JsonWriter.compact(data), UTF_8)
                        + "\n\n");
    }

    private void write(final String text) throws IOException {
        out.write(text.getBytes(UTF_8));
        out.flush();
        sentAt = System.nanoTime();
    }

    @Override
    public void onError(final Throwable failure) {
        System.err.println("patchbay control: the panel's stream failed: " + failure);
        end();
    }

    @Override
    public void onComplete() {
        end();
    }

    /** Ends it; any thread. */
    void end() {
        if (ended.compareAndSet(false, true)) {
            gone.run();
            session.close();
            exchange.close();
        }
    }
}

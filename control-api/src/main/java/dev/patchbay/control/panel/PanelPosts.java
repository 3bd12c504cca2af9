// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.panel;

import com.sun.net.httpserver.HttpExchange;
import dev.patchbay.control.json.FieldReader;
import dev.patchbay.control.json.JsonException;
import dev.patchbay.control.json.JsonReader;
import dev.patchbay.control.json.JsonValue;
import dev.patchbay.control.json.JsonValue.Members;
import dev.patchbay.control.json.JsonValue.Text;
import dev.patchbay.control.json.JsonWriter;
import dev.patchbay.control.ui.UiEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Takes what is done in a page: some events at once, in order, answered when all are done. */
final class PanelPosts {
    static final int MOST_BYTES = 1 << 16;
    static final int MOST_EVENTS = 256;

    /** A hand that moves sixteen controls sends a thousand. */
    static final int EVENTS_PER_SECOND = 4_000;

    private static final long PATIENCE_SECONDS = 10;

    private final PanelStreams streams;
    private final RateLimit rate = new RateLimit(EVENTS_PER_SECOND);

    PanelPosts(final PanelStreams streams) {
        this.streams = streams;
    }

    /** The answer is JSON: a sentence for each event that could not be done. */
    byte[] take(final HttpExchange exchange) throws IOException, PanelException {
        final String type = exchange.getRequestHeaders().getFirst("Content-Type");
        // Another site's page cannot send this type without being asked for permission, which it
        // does not get.
        if (type == null || !type.equals("application/json")) {
            throw new PanelException(415, "events came in a type that is not application/json");
        }
        final byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new PanelException(413, "events came in more than " + MOST_BYTES + " bytes");
        }
        try {
            final FieldReader post = FieldReader.of("panel", JsonReader.read(body, "panel"));
            final PanelStream page = streams.find(post.text("session"));
            if (page == null) {
                // A page that has slept: it connects again, and then knows better.
                throw new PanelException(409, "a page that is no longer connected sent events");
            }
            return answer(post(page, post));
        } catch (final JsonException e) {
            throw new PanelException(400, "events cannot be read: " + e.getMessage());
        }
    }

    private List<CompletableFuture<Void>> post(final PanelStream page, final FieldReader post)
            throws JsonException, PanelException {
        final JsonValue list = post.all().get("events");
        if (!(list instanceof JsonValue.Array)) {
            throw post.error("events", "Expected a list of events.");
        }
        final List<JsonValue> elements = ((JsonValue.Array) list).elements();
        if (elements.size() > MOST_EVENTS) {
            throw new PanelException(413, "more than " + MOST_EVENTS + " events came at once");
        }
        if (!rate.pass(elements.size())) {
            throw new PanelException(429, "more than " + EVENTS_PER_SECOND + " events a second");
        }
        final List<UiEvent> events = new ArrayList<>();
        for (final JsonValue element : elements) {
            if (!(element instanceof Members)) {
                throw post.error("events", "Each event is an object in braces.");
            }
            events.add(EventJson.read((Members) element, page.last()));
        }
        return events.stream().map(page.session()::post).toList();
    }

    private static byte[] answer(final List<CompletableFuture<Void>> events) throws PanelException {
        final List<JsonValue> errors = new ArrayList<>();
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (int i = 0; i < events.size(); i++) {
            try {
                events.get(i).get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (final ExecutionException e) {
                errors.add(
                        Members.empty()
                                .with("event", JsonValue.Number.of(i))
                                .with(
                                        "sentence",
                                        Text.of(String.valueOf(e.getCause().getMessage()))));
            } catch (final TimeoutException e) {
                throw new PanelException(
                        503, "the module has been busy for " + PATIENCE_SECONDS + " s");
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PanelException(503, "the control process ends");
            }
        }
        return JsonWriter.compact(Members.empty().with("errors", JsonValue.Array.of(errors)));
    }
}

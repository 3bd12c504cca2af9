// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.panel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.patchbay.control.json.JsonValue.Members;
import dev.patchbay.control.json.JsonValue.Text;
import dev.patchbay.control.json.JsonWriter;
import dev.patchbay.control.preset.PresetFile;
import dev.patchbay.control.preset.StoredPreset;
import dev.patchbay.control.ui.Ui;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Presets as files, to and from a page. What cannot be done is answered with a sentence for the person at it. */
final class PanelPresets {
    private static final String JSON = "application/json";
    private static final String BYTES = "application/octet-stream";
    private static final int UNPROCESSABLE = 422;
    private static final long PATIENCE_SECONDS = 10;

    private final Ui ui;

    PanelPresets(final Ui ui) {
        this.ui = ui;
    }

    /** The bytes of a file that is to be one of the user's presets; the answer is its name. */
    void take(final HttpExchange exchange) throws IOException, PanelException {
        // Not a type that another site's page may send without being asked.
        if (!BYTES.equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            throw new PanelException(415, "a preset came in a type that is not " + BYTES);
        }
        final Map<String, String> query = query(exchange);
        final byte[] file = exchange.getRequestBody().readNBytes(PresetFile.MOST_BYTES + 1);
        if (file.length > PresetFile.MOST_BYTES) {
            throw new PanelException(
                    413, "a preset came in more than " + PresetFile.MOST_BYTES + " bytes");
        }
        final CompletableFuture<StoredPreset> stored =
                ui.importPreset(
                        query.getOrDefault("name", ""), file, query.getOrDefault("bank", ""));
        try {
            final StoredPreset now = await(stored);
            PanelServer.answer(
                    exchange,
                    200,
                    JSON,
                    JsonWriter.compact(
                            Members.empty()
                                    .with("id", Text.of(now.id()))
                                    .with("name", Text.of(now.preset().name()))));
        } catch (final ExecutionException e) {
            sentence(exchange, e);
        }
    }

    /** A preset's file; without an id, that of what plays. */
    void give(final HttpExchange exchange) throws IOException, PanelException {
        final Map<String, String> query = query(exchange);
        final PresetFile.Format format =
                PresetFile.Format.ofFile("." + query.getOrDefault("format", ""))
                        .orElseThrow(
                                () ->
                                        new PanelException(
                                                400, "a preset was asked for in no known format"));
        try {
            final PresetFile file = await(ui.exportPreset(query.getOrDefault("id", ""), format));
            final String name = URLEncoder.encode(file.name(), UTF_8).replace("+", "%20");
            exchange.getResponseHeaders().set("X-File-Name", name);
            PanelServer.answer(exchange, 200, BYTES, file.bytes());
        } catch (final ExecutionException e) {
            sentence(exchange, e);
        }
    }

    private static void sentence(final HttpExchange exchange, final ExecutionException e)
            throws IOException {
        PanelServer.answer(
                exchange,
                UNPROCESSABLE,
                JSON,
                JsonWriter.compact(
                        Members.empty()
                                .with(
                                        "sentence",
                                        Text.of(String.valueOf(e.getCause().getMessage())))));
    }

    private static <T> T await(final CompletableFuture<T> asked)
            throws PanelException, ExecutionException {
        try {
            return asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (final TimeoutException e) {
            throw new PanelException(
                    503, "the module has been busy for " + PATIENCE_SECONDS + " s");
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PanelException(503, "the control process ends");
        }
    }

    private static Map<String, String> query(final HttpExchange exchange) throws PanelException {
        final Map<String, String> query = new HashMap<>();
        final String raw = exchange.getRequestURI().getRawQuery();
        try {
            for (final String part : raw == null ? new String[0] : raw.split("&")) {
                final int equals = part.indexOf('=');
                query.put(
                        part.substring(0, Math.max(0, equals)),
                        URLDecoder.decode(part.substring(equals + 1), UTF_8));
            }
        } catch (final IllegalArgumentException e) {
            throw new PanelException(400, "a query cannot be read: " + e.getMessage());
        }
        return query;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A headless Chromium, driven by the WebDriver protocol of the W3C. Each has a driver and a profile of its own. */
final class Browser implements AutoCloseable {
    static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    /** The key of an element's id in the protocol. */
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

    private static final String READY = "was started successfully on port ";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process driver;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;
    private String session = "";

    /** Starts one with a window of this size. */
    Browser(final Path folder, final int width, final int height) throws Exception {
        final ProcessBuilder builder =
                new ProcessBuilder(DRIVER.toString(), "--port=0")
                        .redirectErrorStream(true)
                        .directory(folder.toFile());
        // The folder of its lock stays behind.
        builder.environment()
                .put("TMPDIR", Files.createDirectories(folder.resolve("tmp")).toString());
        driver = builder.start();
        url = "http://127.0.0.1:" + port(driver);
        final ObjectNode capabilities = JSON.createObjectNode();
        final ObjectNode options =
                capabilities
                        .putObject("capabilities")
                        .putObject("alwaysMatch")
                        .putObject("goog:chromeOptions");
        options.put("binary", CHROMIUM.toString());
        final ArrayNode arguments = options.putArray("args");
        List.of(
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-dev-shm-usage",
                        "--hide-scrollbars",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--window-size=" + width + "," + height)
                .forEach(arguments::add);
        session = "/session/" + post("/session", capabilities).get("sessionId").asText();
    }

    private static String port(final Process driver) throws IOException {
        final BufferedReader said = driver.inputReader();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.contains(READY)) {
                return line.substring(line.indexOf(READY) + READY.length()).replace(".", "");
            }
        }
        throw new IOException("chromedriver ended before it was ready");
    }

    private JsonNode send(final HttpRequest.Builder request) throws Exception {
        final HttpResponse<String> answer =
                client.send(request.timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
        final JsonNode value = JSON.readTree(answer.body()).get("value");
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(
                    value.get("error").asText() + ": " + value.get("message").asText());
        }
        return value;
    }

    private JsonNode post(final String path, final JsonNode body) throws Exception {
        return send(
                HttpRequest.newBuilder(URI.create(url + session + path))
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    void open(final String address) throws Exception {
        post("/url", JSON.createObjectNode().put("url", address));
    }

    /** What a script of the page's returns. */
    JsonNode run(final String script, final Object... arguments) throws Exception {
        final ObjectNode body = JSON.createObjectNode().put("script", script);
        body.set("args", JSON.valueToTree(arguments));
        return post("/execute/sync", body);
    }

    /** Waits for a script to return something that is true. */
    JsonNode await(final String what, final String script, final Object... arguments)
            throws Exception {
        final long end = System.nanoTime() + LIMIT.toNanos();
        JsonNode last = null;
        while (System.nanoTime() < end) {
            last = run(script, arguments);
            if (last.asBoolean() || last.isTextual() && !last.asText().isEmpty()) {
                return last;
            }
        }
        throw new IllegalStateException(
                "waited in vain for "
                        + what
                        + ", the page says: "
                        + run("return document.body.innerText").asText());
    }

    private String element(final String selector) throws Exception {
        return post(
                        "/element",
                        JSON.valueToTree(Map.of("using", "css selector", "value", selector)))
                .get(ELEMENT)
                .asText();
    }

    void click(final String selector) throws Exception {
        post("/element/" + element(selector) + "/click", JSON.createObjectNode());
    }

    /** Types into an element; keys without a letter are those of the protocol, such as \uE007 for enter. */
    void type(final String selector, final String keys) throws Exception {
        post("/element/" + element(selector) + "/value", JSON.createObjectNode().put("text", keys));
    }

    /** Presses the mouse on an element's middle, moves it right by so many pixels in some steps, and lets go. */
    void drag(final String selector, final int right) throws Exception {
        final int steps = 8;
        final ObjectNode body = JSON.createObjectNode();
        final ObjectNode mouse = body.putArray("actions").addObject();
        mouse.put("type", "pointer").put("id", "mouse");
        final ArrayNode actions = mouse.putArray("actions");
        final ObjectNode there = actions.addObject().put("type", "pointerMove").put("x", 0);
        there.put("y", 0).putObject("origin").put(ELEMENT, element(selector));
        actions.addObject().put("type", "pointerDown").put("button", 0);
        for (int i = 0; i < steps; i++) {
            actions.addObject()
                    .put("type", "pointerMove")
                    .put("duration", 20)
                    .put("x", right / steps)
                    .put("y", 0)
                    .put("origin", "pointer");
        }
        actions.addObject().put("type", "pointerUp").put("button", 0);
        post("/actions", body);
    }

    /** Takes a picture of the window. */
    void picture(final Path file) throws Exception {
        final JsonNode png =
                send(HttpRequest.newBuilder(URI.create(url + session + "/screenshot")).GET());
        Files.write(file, Base64.getDecoder().decode(png.asText()));
    }

    @Override
    public void close() {
        driver.descendants().forEach(ProcessHandle::destroyForcibly);
        driver.destroyForcibly().onExit().join();
    }
}

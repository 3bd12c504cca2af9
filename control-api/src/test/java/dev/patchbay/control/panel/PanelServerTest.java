// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.panel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.control.preset.PresetFile;
import dev.patchbay.control.ui.TestInstance;
import dev.patchbay.layout.StandardRegion.HandPhase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page's server, spoken to by a friend and by others. */
class PanelServerTest {
    @TempDir private Path folder;
    private TestInstance instance;
    private PanelServer server;
    private Visitor visitor;
    private PrintStream err;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @BeforeAll
    static void shortenThePatience() {
        System.setProperty("sun.net.httpserver.maxReqTime", "1");
    }

    @BeforeEach
    void start() throws Exception {
        err = System.err;
        System.setErr(new PrintStream(log, true, UTF_8));
        instance = new TestInstance(folder);
        server = PanelServer.start(instance.ui, instance.plugin, null);
        visitor = new Visitor(server.address().toString());
    }

    @AfterEach
    void stop() throws Exception {
        visitor.close();
        server.close();
        instance.close();
        System.setErr(err);
    }

    private static String event(final String session, final String events) {
        return "{\"session\":\"" + session + "\",\"events\":[" + events + "]}";
    }

    private void refused(final int status, final String logged, final int found) {
        assertEquals(status, found, () -> log.toString(UTF_8));
        assertTrue(log.toString(UTF_8).contains(logged), () -> log.toString(UTF_8));
        assertTrue(log.toString(UTF_8).contains("answered with " + status));
    }

    /** After whatever was sent, the page works and the parameter is where it was. */
    private void stillServes() throws IOException {
        assertTrue(visitor.get("").startsWith("HTTP/1.1 200"), "the page is served");
        assertEquals(0.5f, instance.playing(0), "nothing was moved");
    }

    @Test
    void whoeverHasNoTokenIsRefused() throws Exception {
        final String host = "Host: " + visitor.host();
        refused(403, "without the token", visitor.status("GET", "/", "", host));
        refused(403, "without the token", visitor.status("GET", "/panel.css", "", host));
        final String wrong = visitor.address.getPath().replaceFirst("/.", "/!");
        assertEquals(403, visitor.status("GET", wrong, "", host));
        assertEquals(403, visitor.status("GET", wrong + "state", "", host));
        final String shorter = visitor.address.getPath().substring(0, 30) + "/";
        assertEquals(403, visitor.status("GET", shorter, "", host));
        assertFalse(log.toString(UTF_8).contains(server.address().token()), "no token in a log");
        stillServes();
    }

    @Test
    void aNameThatPointsHereAndIsNotOursIsRefused() throws Exception {
        final String page = visitor.address.getPath();
        final int port = visitor.address.getPort();
        refused(
                421,
                "named the host \"evil.example:" + port,
                visitor.status("GET", page, "", "Host: evil.example:" + port));
        assertEquals(421, visitor.status("GET", page, "", "Host: 127.0.0.1:1"));
        assertEquals(421, visitor.status("GET", page, ""));
        assertEquals(200, visitor.status("GET", page, "", "Host: localhost:" + port));
    }

    @Test
    void anotherSitesPageIsRefused() throws Exception {
        final String session = visitor.listen();
        final String body = event(session, "{\"do\":\"set\",\"parameter\":0,\"value\":0.1}");
        final String host = "Host: " + visitor.host();
        final String json = "Content-Type: application/json";
        final String events = visitor.address.getPath() + "events";
        refused(
                403,
                "origin \"https://evil.example\"",
                visitor.status("POST", events, body, host, json, "Origin: https://evil.example"));
        assertEquals(403, visitor.status("POST", events, body, host, json, "Origin: null"));
        assertEquals(403, visitor.status("POST", events, body, host, json), "no origin at all");
        final String state = visitor.address.getPath() + "state";
        assertEquals(403, visitor.status("GET", state, "", host, "Sec-Fetch-Site: cross-site"));
        assertEquals(403, visitor.status("GET", state, "", host, "Origin: http://evil.example"));
        final String text = "Content-Type: text/plain";
        final String own = "Origin: " + visitor.origin();
        assertEquals(415, visitor.status("POST", events, body, host, text, own));
        assertEquals(
                200,
                visitor.status(
                        "GET",
                        visitor.address.getPath(),
                        "",
                        host,
                        "Sec-Fetch-Site: cross-site",
                        "Sec-Fetch-Mode: navigate",
                        "Sec-Fetch-Dest: document"),
                "a link that was clicked");
        stillServes();
    }

    @Test
    void whatIsTooLargeOrNoEventIsRefused() throws Exception {
        final String session = visitor.listen();
        assertTrue(visitor.post(" ".repeat(PanelPosts.MOST_BYTES + 1)).contains(" 413 "));
        final String many = "{\"do\":\"revert\"},".repeat(PanelPosts.MOST_EVENTS);
        assertTrue(visitor.post(event(session, many + "{\"do\":\"revert\"}")).contains(" 413 "));
        for (final String wrong :
                List.of(
                        "",
                        "{",
                        "[]",
                        "{\"session\":\"" + session + "\"}",
                        "[".repeat(5_000),
                        event(session, "1"),
                        event(session, "{\"do\":\"format\"}"),
                        event(session, "{\"do\":\"set\",\"parameter\":-1,\"value\":0.1}"),
                        event(session, "{\"do\":\"set\",\"parameter\":0,\"value\":1e999}"),
                        event(session, "{\"do\":\"set\",\"parameter\":0,\"value\":NaN}"),
                        event(session, "{\"do\":\"play\",\"slot\":\"C\"}"),
                        event(session, "{\"do\":\"automate\",\"parameter\":0,\"mode\":\"on\"}"),
                        event(session, "{\"do\":\"unmap\",\"mapping\":0,\"controller\":\"x\"}"))) {
            final String answer = visitor.post(wrong);
            assertTrue(answer.startsWith("HTTP/1.1 400"), wrong + " → " + answer);
        }
        assertTrue(visitor.post(event("gone", "")).contains(" 409 "));
        final String header = "X: " + "x".repeat(2 * PanelServer.HEADER_BYTES);
        assertNotEquals(
                "HTTP/1.1 200",
                cut(
                        "GET "
                                + visitor.address.getPath()
                                + " HTTP/1.1\r\nHost: "
                                + visitor.host()
                                + "\r\n"
                                + header
                                + "\r\n\r\n"));
        assertNotEquals("HTTP/1.1 200", cut("GET /" + "a".repeat(1 << 20) + " HTTP/1.1\r\n\r\n"));
        stillServes();
    }

    /** The first bytes of the answer, if there is one before the connection is cut. */
    private String cut(final String request) {
        try {
            final String answer = visitor.raw(request.getBytes(UTF_8));
            return answer.substring(0, Math.min(12, answer.length()));
        } catch (final IOException e) {
            return "cut";
        }
    }

    @Test
    void garbageIsPassedOver() throws Exception {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < 12; i++) {
            final byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            final String text = new String(bytes, UTF_8) + "\r\n\r\n";
            assertNotEquals("HTTP/1.1 200", cut(text), "seed " + seed);
        }
        stillServes();
    }

    @Test
    void whoTakesForeverIsCutOffAndHoldsUpNobody() throws Exception {
        final List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < PanelServer.MOST_CONNECTIONS / 2; i++) {
            final Socket one = visitor.connect();
            one.getOutputStream().write(("GET " + visitor.address.getPath()).getBytes(UTF_8));
            slow.add(one);
        }
        stillServes();
        final String session = visitor.listen();
        for (final Socket one : slow) {
            assertEquals(-1, one.getInputStream().read(), "the server has closed it");
            one.close();
        }
        // The stream has lasted longer than a request may.
        visitor.post(event(session, "{\"do\":\"set\",\"parameter\":0,\"value\":0.25}"));
        visitor.await("\"values\":{\"0\":[0.25,\"2.5 dB\"");
    }

    @Test
    void anEventMovesAParameterAndEveryPageSeesIt() throws Exception {
        try (Visitor other = new Visitor(server.address().toString())) {
            final String session = visitor.listen();
            other.listen();
            final String answer =
                    visitor.post(
                            event(
                                    session,
                                    "{\"do\":\"begin\",\"parameter\":0},"
                                            + "{\"do\":\"set\",\"parameter\":0,\"value\":0.75}"));
            assertTrue(answer.endsWith("{\"errors\":[]}"), answer);
            assertEquals(0.75f, instance.playing(0));
            visitor.await("\"values\":{\"0\":[0.75,\"7.5 dB\",true]");
            other.await("\"values\":{\"0\":[0.75,\"7.5 dB\",true]");
            visitor.close();
            other.await("\"values\":{\"0\":[0.75,\"7.5 dB\",false]");
        }
    }

    @Test
    void automationIsShownAndChangedAndItsLanesAreCurvesHoweverManyPointsTheyHave()
            throws Exception {
        final String session = visitor.listen();
        visitor.await("\"modes\":[\"read\"");
        final String touch = "{\"do\":\"automate\",\"parameter\":0,\"mode\":\"touch\"}";
        assertTrue(visitor.post(event(session, touch)).endsWith("{\"errors\":[]}"));
        visitor.await("\"modes\":[\"touch\"");
        instance.hand(HandPhase.BEGAN, 0, 1, 0.25);
        visitor.await("\"recording\":[true");
        for (int i = 1; i < 2_000; i++) {
            instance.hand(HandPhase.MOVED, 0, 1 + i / 100.0, i % 2).get(30, TimeUnit.SECONDS);
        }
        instance.hand(HandPhase.ENDED, 0, 21, 0.25);
        final String lane = visitor.await("\"lanes\":[{\"");
        assertTrue(lane.contains("\"values\":[0.25,"), lane);
        assertTrue(lane.length() < 10_000, () -> lane.length() + " characters");
        visitor.post(event(session, "{\"do\":\"removeLane\",\"parameter\":0}"));
        visitor.await("\"lanes\":[]");
    }

    @Test
    void theLanesPointsAreShownExactlyAndEdited() throws Exception {
        final String session = visitor.listen();
        final String answer =
                visitor.post(
                        event(
                                session,
                                "{\"do\":\"addPoint\",\"parameter\":0,\"time\":0.1,\"value\":0.25},"
                                    + "{\"do\":\"movePoint\",\"parameter\":0,\"point\":0,\"from\":0.1,"
                                    + "\"time\":1.00000123,\"value\":0.75},"
                                    + "{\"do\":\"movePoint\",\"parameter\":0,\"point\":0,\"from\":0.1,"
                                    + "\"time\":2,\"value\":0}"));
        assertTrue(answer.contains("{\"errors\":[{\"event\":2,\"sentence\":\"The lane of"), answer);
        visitor.await("\"edit\":[[1.00000123,0.75,\"7.5 dB\",\"linear\"]]");
    }

    private String send(final String path, final String type, final String body)
            throws IOException {
        return visitor.answer(
                "POST",
                visitor.address.getPath() + path,
                body,
                "Host: " + visitor.host(),
                "Origin: " + visitor.origin(),
                "Content-Type: " + type);
    }

    @Test
    void presetsAreExportedAndImportedAndWhatIsNoneIsToldInASentence() throws Exception {
        final String exported = visitor.get("export?id=&format=json");
        assertTrue(exported.startsWith("HTTP/1.1 200"), exported);
        assertTrue(exported.contains("X-file-name: Sound.json"), exported);
        final String preset = exported.substring(exported.indexOf("\r\n\r\n") + 4);
        final String bytes = "application/octet-stream";
        final String imported = send("import?name=a.json&bank=My%20own", bytes, preset);
        assertTrue(imported.contains("\"name\":\"Sound\""), imported);
        visitor.listen();
        visitor.await("\"bank\":\"My own\"");
        assertTrue(visitor.get("export?id=&format=vstpreset").contains("VST3"));
        final String wrong = send("import?name=b.json", bytes, "{\"format\":1");
        assertTrue(wrong.startsWith("HTTP/1.1 422") && wrong.contains("b.json"), wrong);
        assertTrue(visitor.get("export?id=user%2Fx&format=json").contains("no longer there"));
        assertTrue(visitor.get("export?id=&format=exe").startsWith("HTTP/1.1 400"));
        assertTrue(visitor.get("export?id=%zz&format=json").startsWith("HTTP/1.1 400"));
        assertTrue(visitor.get("import").startsWith("HTTP/1.1 405"));
        assertTrue(send("import", "text/plain", preset).startsWith("HTTP/1.1 415"));
        final String large = "x".repeat(PresetFile.MOST_BYTES + 1);
        assertTrue(send("import", bytes, large).startsWith("HTTP/1.1 413"));
        final String foreign =
                visitor.answer(
                        "POST",
                        visitor.address.getPath() + "import",
                        preset,
                        "Host: " + visitor.host(),
                        "Origin: https://evil.example",
                        "Content-Type: " + bytes);
        assertTrue(foreign.startsWith("HTTP/1.1 403"), foreign);
        stillServes();
    }

    @Test
    void whatCannotBeDoneIsAnsweredWithASentenceAndTheRestIsDone() throws Exception {
        final String answer =
                visitor.post(
                        event(
                                visitor.listen(),
                                "{\"do\":\"type\",\"parameter\":0,\"text\":\"loud\"},"
                                        + "{\"do\":\"type\",\"parameter\":0,\"text\":\"2 dB\"}"));
        assertTrue(answer.contains("{\"errors\":[{\"event\":0,\"sentence\":\""), answer);
        assertEquals(0.2f, instance.playing(0));
    }

    @Test
    void thePageLoadsNothingFromElsewhereAndIsServedWholeUnderAStrictPolicy() throws Exception {
        final String page = visitor.get("");
        assertTrue(page.contains("Content-security-policy: default-src 'none'; script-src 'self'"));
        assertTrue(page.contains("frame-ancestors 'none'"));
        assertTrue(page.contains("Referrer-policy: no-referrer"));
        assertTrue(page.contains("X-content-type-options: nosniff"));
        assertFalse(page.contains("<script>") || page.contains("style=\""), "nothing inline");
        final List<String> open = new ArrayList<>(List.of(""));
        final List<String> seen = new ArrayList<>();
        final Pattern named = Pattern.compile("(?:src=|href=|from )\"(?!#)(?:\\./)?([^\"]+)\"");
        while (!open.isEmpty()) {
            final String name = open.remove(0);
            final String text = visitor.get(name);
            assertTrue(text.startsWith("HTTP/1.1 200"), name + ": " + text.lines().findFirst());
            assertFalse(
                    Pattern.compile("https?://(?!www\\.w3\\.org/2000/svg)").matcher(text).find(),
                    name + " names another place");
            final Matcher names = named.matcher(text);
            while (names.find()) {
                if (!seen.contains(names.group(1))) {
                    seen.add(names.group(1));
                    open.add(names.group(1));
                }
            }
        }
        assertTrue(seen.containsAll(List.of("panel.js", "knob.js", "panel.css", "icon.svg")));
        assertTrue(visitor.get("../PanelServer.class").contains(" 404 "));
    }

    @Test
    void itListensAtTheLoopbackInterfaceAlone() throws Exception {
        final InetAddress own = InetAddress.getLocalHost();
        try (ServerSocket same = new ServerSocket()) {
            // Whoever listens at all interfaces would be in the way of this.
            if (!own.isLoopbackAddress()) {
                same.bind(new java.net.InetSocketAddress(own, visitor.address.getPort()));
                assertTrue(same.isBound());
            }
        }
        assertTrue(server.address().toString().startsWith("http://127.0.0.1:"));
        assertEquals(43, server.address().token().length());
    }

    @Test
    void aServerThatFollowsAnotherHasItsAddressUnlessThePortIsTaken() throws Exception {
        final PanelAddress former = server.address();
        server.close();
        server = PanelServer.start(instance.ui, instance.plugin, former);
        assertEquals(former, server.address());
        final PanelServer third = PanelServer.start(instance.ui, instance.plugin, former);
        assertNotEquals(former.port(), third.address().port());
        assertNotEquals(former.token(), third.address().token(), "whoever is there may know it");
        third.close();
    }
}

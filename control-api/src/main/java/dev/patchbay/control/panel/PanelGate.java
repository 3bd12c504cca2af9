// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.panel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;

/**
 * Who may come in: whoever knows the token, from this very page. A browser that was led here by another page names that in Origin or
 * Sec-Fetch-Site; one that was led here by a name that points to this machine (DNS rebinding) names it in Host.
 */
final class PanelGate {
    private final String token;
    private final Set<String> hosts;
    private final Set<String> origins;

    /**
     * What was not let in.
     *
     * @param status of HTTP
     * @param sentence for the log; whoever asked is not told more than the status
     */
    record Refusal(int status, String sentence) {}

    PanelGate(final PanelAddress address) {
        this.token = address.token();
        this.hosts =
                Set.of(PanelAddress.HOST + ":" + address.port(), "localhost:" + address.port());
        this.origins =
                Set.of(
                        "http://" + PanelAddress.HOST + ":" + address.port(),
                        "http://localhost:" + address.port());
    }

    /** The reason to refuse a request, or null. */
    Refusal check(final HttpExchange exchange) {
        final Headers headers = exchange.getRequestHeaders();
        final List<String> host = headers.getOrDefault("Host", List.of());
        if (host.size() != 1 || !hosts.contains(host.get(0))) {
            return new Refusal(
                    421, "a request named the host " + shown(host) + ", expected one of " + hosts);
        }
        if (!isToken(exchange.getRequestURI().getRawPath())) {
            return new Refusal(403, "a request came without the token");
        }
        final List<String> origin = headers.getOrDefault("Origin", List.of());
        final boolean changes = !exchange.getRequestMethod().equals("GET");
        if (origin.isEmpty() ? changes : origin.size() > 1 || !origins.contains(origin.get(0))) {
            return new Refusal(
                    403,
                    "a request came from the origin " + shown(origin) + ", expected " + origins);
        }
        final String site = headers.getFirst("Sec-Fetch-Site");
        if (site != null
                && !site.equals("same-origin")
                && !site.equals("none")
                && !isLinkToPage(exchange)) {
            return new Refusal(403, "a request came from another site: " + shown(List.of(site)));
        }
        return null;
    }

    /** Somebody follows a link that has the token, such as the one in the file that "patchbay panel --open" makes. */
    private static boolean isLinkToPage(final HttpExchange exchange) {
        return behindToken(exchange).isEmpty()
                && "navigate".equals(exchange.getRequestHeaders().getFirst("Sec-Fetch-Mode"))
                && "document".equals(exchange.getRequestHeaders().getFirst("Sec-Fetch-Dest"));
    }

    /** Takes the same time whatever is wrong with it. */
    private boolean isToken(final String path) {
        final int end = path == null ? -1 : path.indexOf('/', 1);
        final String given = end < 0 ? "" : path.substring(1, end);
        return MessageDigest.isEqual(given.getBytes(UTF_8), token.getBytes(UTF_8));
    }

    /** What is behind the token, such as {@code events}. */
    static String behindToken(final HttpExchange exchange) {
        final String path = exchange.getRequestURI().getRawPath();
        return path.substring(path.indexOf('/', 1) + 1);
    }

    /** What was sent is nobody's friend: short, and without what moves a terminal's cursor. */
    private static String shown(final List<String> values) {
        final String text = String.join(", ", values).replaceAll("[^ -~]", "?");
        return values.isEmpty()
                ? "(none)"
                : "\"" + (text.length() <= 100 ? text : text.substring(0, 100) + "…") + "\"";
    }
}

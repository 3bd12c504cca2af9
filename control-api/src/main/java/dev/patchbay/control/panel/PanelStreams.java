// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.panel;

import com.sun.net.httpserver.HttpExchange;
import dev.patchbay.control.state.PluginIdentity;
import dev.patchbay.control.ui.Ui;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The pages that are open, by the names of their sessions. */
final class PanelStreams implements AutoCloseable {
    /** A page that is not seen has no stream, so these are windows side by side. */
    static final int MOST = 16;

    private final Ui ui;
    private final PluginJson plugin;
    private final Map<String, PanelStream> open = new ConcurrentHashMap<>();

    PanelStreams(final Ui ui, final PluginIdentity identity) {
        this.ui = ui;
        this.plugin = new PluginJson(ui, identity);
    }

    /** Answers a request with a stream that goes on when this has returned. */
    void open(final HttpExchange exchange) throws IOException, PanelException {
        if (open.size() >= MOST) {
            throw new PanelException(503, MOST + " pages are open already");
        }
        final String name = PanelAddress.newToken();
        final PanelStream stream =
                new PanelStream(
                        exchange,
                        ui.session("panel"),
                        plugin.parameters(),
                        () -> open.remove(name));
        open.put(name, stream);
        stream.begin(plugin.json(name));
        ui.snapshots().subscribe(stream);
    }

    /** The stream of a session; null where it is gone. */
    PanelStream find(final String session) {
        return open.get(session);
    }

    @Override
    public void close() {
        open.values().forEach(PanelStream::end);
    }
}

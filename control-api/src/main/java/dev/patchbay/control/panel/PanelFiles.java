// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.panel;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The page's own files, which lie beside this class. */
final class PanelFiles {
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";

    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("", "text/html; charset=utf-8"),
                    Map.entry("panel.css", STYLE),
                    Map.entry("controls.css", STYLE),
                    Map.entry("dialogs.css", STYLE),
                    Map.entry("status.css", STYLE),
                    Map.entry("icon.svg", "image/svg+xml"),
                    Map.entry("panel.js", SCRIPT),
                    Map.entry("connection.js", SCRIPT),
                    Map.entry("dom.js", SCRIPT),
                    Map.entry("control.js", SCRIPT),
                    Map.entry("knob.js", SCRIPT),
                    Map.entry("choice.js", SCRIPT),
                    Map.entry("parameters.js", SCRIPT),
                    Map.entry("presets.js", SCRIPT),
                    Map.entry("browser.js", SCRIPT),
                    Map.entry("midi.js", SCRIPT),
                    Map.entry("automation.js", SCRIPT),
                    Map.entry("points.js", SCRIPT),
                    Map.entry("automation.css", STYLE),
                    Map.entry("mapping.js", SCRIPT),
                    Map.entry("files.js", SCRIPT),
                    Map.entry("meters.js", SCRIPT),
                    Map.entry("voices.js", SCRIPT),
                    Map.entry("health.js", SCRIPT));

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();

    /** The type of a file; null where there is none of this name. */
    String type(final String name) {
        return TYPES.get(name);
    }

    /** The bytes of a file that has a type. */
    byte[] bytes(final String name) throws IOException {
        final byte[] known = files.get(name);
        if (known != null) {
            return known;
        }
        final String resource = name.isEmpty() ? "panel.html" : name;
        try (InputStream in = PanelFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("the panel's file " + resource + " is not in its jar");
            }
            final byte[] bytes = in.readAllBytes();
            files.put(name, bytes);
            return bytes;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.control.panel.Visitor;
import org.junit.jupiter.api.Test;

/** A control process with a library for the user interface, through the door and the page of its panel. */
class NativeUiProcessTest extends ControlProcess {
    @Test
    void thePageShowsWhatTheLibraryShowsAndSendsItEvents() throws Exception {
        jvm.add("-D" + UiPart.LIBRARY + "=" + UiLibrary.make(folder, UiLibrary.SOURCE));
        startReady("");
        try (Visitor visitor = visitor()) {
            final String session = visitor.listen();
            assertTrue(visitor.await("\"module\":").contains("\"wörd\":\"none\""));
            final String event = "{\"do\":\"module\",\"name\":\"wörd\",\"value\":\"größer\"}";
            visitor.post("{\"session\":\"" + session + "\",\"events\":[" + event + "]}");
            visitor.await("\"wörd\":\"größer\"");
        }
        assertTrue(log().contains("patchbay control: the library begins"), log());
    }

    @Test
    void aLibraryThatIsRefusedIsToldAndThePanelIsThereWithoutIt() throws Exception {
        jvm.add(
                "-D"
                        + UiPart.LIBRARY
                        + "="
                        + UiLibrary.make(folder, UiLibrary.SOURCE, "-DREFUSES"));
        startReady("");
        try (Visitor visitor = visitor()) {
            visitor.listen();
            visitor.await("\"values\":");
        }
        assertTrue(
                message().startsWith("the user interface has no part of the module's: pb_ui_init"),
                message());
        assertTrue(message().endsWith("refused: It does not want to, ätsch."), message());
        toControl.write(stateOf("", "later"), 2);
        await("the later state", () -> published().startsWith("later"));
        assertTrue(message().endsWith("refused: It does not want to, ätsch."), message());
        assertEquals(0, counter("module_errors"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.control.panel.Visitor;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A control process with a library for the user interface, through the door and the page of its panel. */
class NativeUiProcessTest extends ControlProcess {
    private Visitor visitor() throws IOException {
        final String name = ProcessHandle.current().pid() + "-" + region.instanceId() + ".panel";
        final Path door = folder.resolve("run").resolve(name);
        await("the panel's door", () -> Files.exists(door));
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(door));
            return new Visitor(
                    new String(Channels.newInputStream(channel).readAllBytes(), UTF_8).strip());
        }
    }

    @Test
    void thePageShowsWhatTheLibraryShowsAndSendsItEvents() throws Exception {
        jvm.add("-D" + NativeUi.PROPERTY + "=" + UiLibrary.make(folder, UiLibrary.SOURCE));
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
                        + NativeUi.PROPERTY
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

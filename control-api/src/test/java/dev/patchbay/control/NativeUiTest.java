// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.control.ui.Listener;
import dev.patchbay.control.ui.TestInstance;
import dev.patchbay.control.ui.UiEvent;
import dev.patchbay.control.ui.UiSession;
import dev.patchbay.control.uistate.NativeUi;
import dev.patchbay.control.uistate.RegistryContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real library, on the way that panel and subscribers have. */
class NativeUiTest {
    @TempDir private Path folder;
    private TestInstance instance;

    @BeforeEach
    void begin() throws IOException {
        instance = new TestInstance(folder);
    }

    @AfterEach
    void end() {
        instance.close();
    }

    private Path library(final String source, final String... options) throws Exception {
        return UiLibrary.make(folder, source, options);
    }

    private NativeUi open(final Path library) {
        final AtomicReference<Object> result = new AtomicReference<>();
        assertDoesNotThrow(
                () ->
                        instance.onItsThread(
                                () -> {
                                    try {
                                        result.set(
                                                NativeUi.open(
                                                        library,
                                                        instance.participant.file(),
                                                        new RegistryContext(instance.registry)));
                                    } catch (final IllegalArgumentException e) {
                                        result.set(e);
                                    }
                                }));
        if (result.get() instanceof IllegalArgumentException) {
            throw (IllegalArgumentException) result.get();
        }
        return (NativeUi) result.get();
    }

    private String refusal(final Path library) {
        return assertThrows(IllegalArgumentException.class, () -> open(library)).getMessage();
    }

    private static void post(final UiSession session, final String name, final String value)
            throws Exception {
        session.post(new UiEvent.ForModule(name, value)).get(30, TimeUnit.SECONDS);
    }

    private static String refused(final UiSession session, final String name) {
        return assertThrows(ExecutionException.class, () -> post(session, name, ""))
                .getCause()
                .getMessage();
    }

    @Test
    void whatALibraryShowsIsInTheSnapshotsAndEventsReachIt() throws Exception {
        final NativeUi library = open(library(UiLibrary.SOURCE));
        try (UiSession session = instance.ui.session("test")) {
            instance.shown = Optional.of(library);
            final Listener listener = Listener.to(instance.ui, Long.MAX_VALUE);
            final Map<String, String> first =
                    Map.of("wörd", "none", "level", "0.500 5.00 0.250 0.500", "nothing", "-1");
            listener.await(s -> s.module().equals(first));
            post(session, "wörd", "größer");
            listener.await(s -> "größer".equals(s.module().get("wörd")));
            post(session, "loud", "");
            listener.await(s -> "0.875 8.75 0.250 0.875".equals(s.module().get("level")));
            assertEquals(0.875f, instance.playing(0));
            assertEquals("The library knows no such thing.", refused(session, "other"));
            assertEquals(
                    "The module does not say why; it says so by refuse.",
                    refused(session, "silent refusal"));
            instance.shown = Optional.empty();
            assertTrue(refused(session, "loud").startsWith("The module has no user interface"));
            listener.await(s -> s.module().isEmpty());
        }
        instance.onItsThread(library::close);
    }

    @Test
    void aLibraryWithoutAFunctionForEventsRefusesThem() throws Exception {
        final NativeUi library = open(library(UiLibrary.SOURCE, "-DWITHOUT_EVENTS"));
        try (UiSession session = instance.ui.session("test")) {
            instance.shown = Optional.of(library);
            assertTrue(refused(session, "loud").contains("takes no events"));
        }
        instance.shown = Optional.empty();
        instance.onItsThread(library::close);
    }

    @Test
    void aLibraryThatCannotServeIsRefusedWithTheReason() throws Exception {
        final String refuses = refusal(library(UiLibrary.SOURCE, "-DREFUSES"));
        assertTrue(refuses.endsWith(" refused: It does not want to, ätsch."), refuses);
        final String none = refusal(folder.resolve("nothing.so"));
        assertTrue(none.endsWith("nothing.so is no file; rebuild the bundle"), none);
        final String noLibrary = refusal(Files.writeString(folder.resolve("text.so"), "text"));
        assertTrue(noLibrary.contains("text.so cannot be loaded: "), noLibrary);
        final String info = refusal(library(UiLibrary.SOURCE.replace("PB_MODULE;", "")));
        assertTrue(info.contains("does not export the variable pb_module"), info);
        final String version =
                refusal(
                        library(
                                UiLibrary.SOURCE.replace(
                                        "PB_MODULE;",
                                        "const pb_module_info pb_module = {7, 16, 1};")));
        assertTrue(
                version.contains(
                        "compiled for version 7 and structs of the hash 0x0000000000000001"),
                version);
        final String missing =
                refusal(library(UiLibrary.SOURCE.replace("pb_ui_get_state(", "pb_ui_get_states(")));
        assertTrue(missing.endsWith("does not export pb_ui_get_state"), missing);
    }
}

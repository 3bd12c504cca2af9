// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeModulesTest {
    private static final String GOOD =
            """
            plugin: {name: Mix, vendor: Patchbay, version: 1.0.0, kind: effect}
            modules:
              rt:
                kind: native
                library: target/libmix.so
                exports: [pb_rt_init, pb_rt_process]
              control:
                kind: jvm
                class: a.b.Control
                gc: normal
                exports: [init]
            shared_memory: {layout: standard, parameters: a.b.Parameters, size: 3m}
            """;

    @TempDir private Path folder;

    private BuildFile read(final String text) throws IOException {
        Files.writeString(folder.resolve("build.yaml"), text);
        return BuildFileReader.read(folder);
    }

    @Test
    void aModuleIsALibraryWhereTheFileSaysSo() throws IOException {
        final BuildFile build = read(GOOD);
        assertTrue(build.rt().isNative());
        assertEquals("target/libmix.so", build.rt().className().text());
        assertEquals(2, build.rt().exports().size());
        assertFalse(build.control().isNative());
        final BuildFile.Module control =
                read(GOOD.replace("kind: jvm", "kind: native")
                                .replace("class: a.b.Control", "library: libkeep.so")
                                .replace("    gc: normal\n", "")
                                .replace("    exports: [init]\n", ""))
                        .control();
        assertTrue(control.isNative());
        assertTrue(control.exports().isEmpty());
    }

    @Test
    void aLibraryMayShowWhatIsThePlugInsOwn() throws IOException {
        assertTrue(read(GOOD).ui().isEmpty());
        final BuildFile build =
                read(
                        GOOD.replace(
                                "shared_memory:",
                                "  ui: {kind: native, library: libui.so}\nshared_memory:"));
        assertEquals("libui.so", build.ui().orElseThrow().className().text());
        assertEquals(List.of(build.rt(), build.ui().get()), build.nativeModules());
        assertFalse(build.ownUiProcess());
        assertTrue(withUi("{kind: native, library: libui.so, process: own}").ownUiProcess());
    }

    private BuildFile withUi(final String ui) throws IOException {
        return read(GOOD.replace("shared_memory:", "  ui: " + ui + "\nshared_memory:"));
    }

    @Test
    void aClassMayShowItFromAProcessOfItsOwn() throws IOException {
        final BuildFile build = withUi("{class: a.b.Ui, exports: [init]}");
        final BuildFile.Module ui = build.ui().orElseThrow();
        assertFalse(ui.isNative());
        assertTrue(build.ownUiProcess());
        assertEquals(64 << 20, ui.heapBytes());
        assertEquals(List.of(build.control()), build.jvmModules());
        final String refusal =
                assertThrows(
                                ToolException.class,
                                () -> withUi("{class: a.b.Ui, exports: [], process: control}"))
                        .getMessage();
        assertTrue(refusal.endsWith("modules.ui.process is \"control\", allowed is own."), refusal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
kind: native | kind: wasm | 4: modules.rt.kind is "wasm", allowed are jvm and native.
kind: native | kind: nativ | 4: modules.rt.kind is "nativ" (perhaps native?), allowed are jvm and native.
kind: native | kind: jvm | 5: modules.rt.library is for kind: native, but this one has kind: jvm, for which allowed are class, gc, heap, exports, jvm_flags, share, spare, aot, kind and path.;4: modules.rt.class is missing, expected the full name of a class.;4: modules.rt.gc is missing, expected disabled, normal, g1, serial or parallel.
library: target/libmix.so | gc: disabled | 5: modules.rt.gc is for kind: jvm, but this one has kind: native, for which allowed are kind, library and exports.;4: modules.rt.library is missing, expected the path of a shared library.
library: target/libmix.so | spare: true | 5: modules.rt.spare is for kind: jvm, but this one has kind: native, for which allowed are kind, library and exports.;4: modules.rt.library is missing, expected the path of a shared library.
library: target/libmix.so | libary: target/libmix.so | 5: modules.rt.libary is an unknown key (perhaps library?), allowed are kind, library and exports.;4: modules.rt.library is missing, expected the path of a shared library.
library: target/libmix.so | exports: [] | 6: modules.rt.exports is there twice, allowed is once.;4: modules.rt.library is missing, expected the path of a shared library.
library: target/libmix.so | library: 5 | 5: modules.rt.library is "5", expected the path of a shared library.
library: target/libmix.so | library: target/ | 5: modules.rt.library is "target/", expected the path of a shared library.
library: target/libmix.so | library: .. | 5: modules.rt.library is "..", expected the path of a shared library.
pb_rt_process | process | 6: modules.rt.exports is "process", allowed are pb_rt_init, pb_rt_activate, pb_rt_deactivate, pb_rt_process, pb_rt_handle_event, pb_rt_whole_blocks, pb_rt_reset, pb_rt_tail_frames, pb_rt_latency_frames and pb_rt_close.
pb_rt_process | pb_rt_proces | 6: modules.rt.exports is "pb_rt_proces" (perhaps pb_rt_process?), allowed are pb_rt_init, pb_rt_activate, pb_rt_deactivate, pb_rt_process, pb_rt_handle_event, pb_rt_whole_blocks, pb_rt_reset, pb_rt_tail_frames, pb_rt_latency_frames and pb_rt_close.
pb_rt_process | pb_rt_init | 6: modules.rt.exports names "pb_rt_init" twice, allowed is once.
""")
    void whatMakesNoSenseIsRefusedWithItsLine(
            final String good, final String bad, final String sentence) {
        final String refusal =
                assertThrows(ToolException.class, () -> read(GOOD.replace(good, bad))).getMessage();
        final String file = folder.resolve("build.yaml") + ":";
        assertEquals(file + sentence.replace(";", "\n" + file), refusal);
    }
}

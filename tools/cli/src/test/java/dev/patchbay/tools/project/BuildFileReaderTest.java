// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.EngineRegion.Share;
import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildFileReaderTest {
    static final String GOOD =
            """
            plugin:
              name: PolySynth
              vendor: Patchbay
              version: 0.1.0
              url: ""
              email: ""
              kind: instrument
              outputs: 2
            modules:
              rt:
                class: a.b.Synth
                gc: disabled
                heap: 256m
                exports: [init, process, handleEvent]
              control:
                class: a.b.Control
                gc: normal
                heap: 512m
                exports: [init]
            shared_memory:
              layout: standard
              parameters: a.b.Parameters
              size: 2m
            midi:
              controllers: [1, 7, 64]
            """;

    @TempDir private Path folder;

    private BuildFile read(final String text) throws IOException {
        Files.writeString(folder.resolve("build.yaml"), text);
        return BuildFileReader.read(folder);
    }

    @Test
    void aGoodFileIsReadWhole() throws IOException {
        final BuildFile build = read(GOOD);
        assertEquals("PolySynth", build.plugin().name());
        assertEquals("0.1.0", build.plugin().version());
        assertEquals(0, build.counts().inputChannels());
        assertEquals(2, build.counts().outputChannels());
        assertEquals("Instrument|Synth", build.plugin().category());
        assertEquals(Collector.DISABLED, build.rt().collector());
        assertEquals(256L << 20, build.rt().heapBytes());
        assertEquals(
                List.of("init", "process", "handleEvent"),
                build.rt().exports().stream().map(e -> e.text()).toList());
        assertEquals(Collector.NORMAL, build.control().collector());
        assertEquals(2L << 20, build.memory().sizeBytes());
    }

    @Test
    void instancesShareAnEngineUnlessTheFileSaysOtherwise() throws IOException {
        assertEquals(Share.BUNDLE, read(GOOD).share());
        final String heap = "heap: 256m\n";
        for (final Share share : Share.values()) {
            final String key = "    share: " + share.name().toLowerCase(Locale.ROOT) + "\n";
            assertEquals(share, read(GOOD.replace(heap, heap + key)).share());
        }
        final String wrong = GOOD.replace(heap, heap + "    share: all\n");
        final String refusal = assertThrows(ToolException.class, () -> read(wrong)).getMessage();
        assertTrue(
                refusal.endsWith(
                        "14: modules.rt.share is \"all\", allowed are bundle and instance."),
                refusal);
    }

    @Test
    void aSpareEngineStandsByOnlyWhereTheFileSaysSo() throws IOException {
        assertFalse(read(GOOD).spare());
        final String heap = "heap: 256m\n";
        assertTrue(read(GOOD.replace(heap, heap + "    spare: true\n")).spare());
        assertFalse(read(GOOD.replace(heap, heap + "    spare: false\n")).spare());
        final String wrong = GOOD.replace(heap, heap + "    spare: two\n");
        final String refusal = assertThrows(ToolException.class, () -> read(wrong)).getMessage();
        assertTrue(refusal.contains("14: modules.rt.spare is \"two\", expected"), refusal);
    }

    @Test
    void channelPressureAndPitchWheelAlwaysReachThePlugIn() throws IOException {
        assertEquals(List.of(1, 7, 64, 128, 129), List.copyOf(read(GOOD).midi().controllers()));
        final String without = GOOD.substring(0, GOOD.indexOf("midi:"));
        assertEquals(List.of(128, 129), List.copyOf(read(without).midi().controllers()));
    }

    @Test
    void theClassIdIsThatOfVendorAndNameUnlessItIsGiven() throws IOException {
        // printf Patchbay/PolySynth | sha256sum
        assertEquals(
                "0397fa41e93de0c40908b44e403aa19c",
                HexFormat.of().formatHex(read(GOOD).plugin().uid()));
        final String given =
                GOOD.replace("  outputs: 2\n", "  uid: \"000102030405060708090A0B0C0D0E0F\"\n");
        assertArrayEquals(
                new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
                read(given).plugin().uid());
    }

    @Test
    void anEffectHasInputsAndAnotherCategory() throws IOException {
        final BuildFile build = read(GOOD.replace("kind: instrument", "kind: effect"));
        assertEquals(2, build.counts().inputChannels());
        assertEquals("Fx", build.plugin().category());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
outputs: 2 | output: 2 | 8: plugin.output is an unknown key (perhaps outputs?), allowed are name, vendor, version, url, email, kind, category, inputs, outputs, uid and snapshot
outputs: 2 | channels: 2 | 8: plugin.channels is an unknown key, allowed are name, vendor, version, url, email, kind, category, inputs, outputs, uid and snapshot
outputs: 2 | outputs: many | 8: plugin.outputs is "many", expected a whole number from 1 to 32
outputs: 2 | outputs: 33 | 8: plugin.outputs is 33, expected a whole number from 1 to 32
outputs: 2 | outputs: 99999999999 | 8: plugin.outputs is 99999999999, expected a whole number from 1 to 32
outputs: 2 | name: Other | 8: plugin.name is there twice, allowed is once
name: PolySynth | name: [a] | 2: plugin.name is a list, expected a name that can be a file's: no slash, backslash or colon, and no full stop at its start
name: PolySynth | name: "" | 2: plugin.name is empty, expected a name that can be a file's: no slash, backslash or colon, and no full stop at its start
name: PolySynth | name: a/b | 2: plugin.name is "a/b", expected a name that can be a file's: no slash, backslash or colon, and no full stop at its start
kind: instrument | kind: synth | 7: plugin.kind is "synth", allowed are instrument and effect
version: 0.1.0 | version: [1] | 4: plugin.version is a list, expected a version such as 1.0.0
version: 0.1.0 | version: new | 4: plugin.version is "new", expected a version such as 1.0.0
outputs: 2 | uid: 12 | 8: plugin.uid is "12", expected 32 hexadecimal digits, in quotes
gc: disabled | gc: dissabled | 12: modules.rt.gc is "dissabled" (perhaps disabled?), allowed are disabled, normal, g1, serial and parallel
gc: disabled | cg: disabled | 12: modules.rt.cg is an unknown key (perhaps gc?), allowed are class, gc, heap, exports, jvm_flags, share, spare, aot, kind and path;11: modules.rt.gc is missing, expected disabled, normal, g1, serial or parallel
gc: disabled | gc: epsilon | 12: modules.rt.gc is "epsilon", allowed are disabled, normal, g1, serial and parallel
gc: normal | gc: disabled | 17: modules.control.gc is "disabled", allowed are normal, g1, serial and parallel
heap: 512m | share: bundle | 18: modules.control.share is an unknown key, allowed are class, gc, heap, exports, jvm_flags, kind and path
heap: 256m | heap: 256 | 13: modules.rt.heap is "256", expected a size such as 256m
heap: 256m | heap: lots | 13: modules.rt.heap is "lots", expected a size from 16m to 64g, such as 256m
heap: 256m | heap: 1m | 13: modules.rt.heap is "1m", expected a size from 16m to 64g, such as 256m
class: a.b.Synth | class: a-b | 11: modules.rt.class is "a-b", expected the full name of a class
exports: [init] | exports: init | 19: modules.control.exports is "init", expected a list of method names
exports: [init] | exports: [init, init] | 19: modules.control.exports names "init" twice, allowed is once
layout: standard | layout: other | 21: shared_memory.layout is "other", allowed is standard
controllers: [1, 7, 64] | controllers: [1, 130] | 25: midi.controllers is 130, expected a whole number from 0 to 129
controllers: [1, 7, 64] | controllers: 1 | 25: midi.controllers is "1", expected a list of whole numbers
shared_memory: | shared: | 20: shared is an unknown key, allowed are plugin, buses, modules, shared_memory and midi;1: shared_memory is missing, expected a mapping with the keys layout, parameters, size, max_parameters and voices
""")
    void aWrongValueIsNamedWithItsLineAndKey(
            final String good, final String bad, final String sentence) throws IOException {
        assertRefused(sentence, GOOD.replaceFirst(Pattern.quote(good), bad));
    }

    @Test
    void theAotCacheIsMadeWherePossibleUnlessTheFileSaysOtherwise() throws IOException {
        final String rt = "exports: [init, process, handleEvent]\n";
        assertEquals(Aot.WHERE_POSSIBLE, read(GOOD).rt().aot());
        assertEquals(Aot.ALWAYS, read(GOOD.replace(rt, rt + "    aot: true\n")).rt().aot());
        assertEquals(Aot.NEVER, read(GOOD.replace(rt, rt + "    aot: false\n")).rt().aot());
        assertEquals(Aot.NEVER, read(GOOD).control().aot());
        assertRefused(
                "15: modules.rt.aot is \"perhaps\", expected true or false",
                GOOD.replace(rt, rt + "    aot: perhaps\n"));
        assertRefused(
                "20: modules.control.aot is an unknown key, allowed are class, gc, heap,"
                        + " exports, jvm_flags, kind and path",
                GOOD.replace("    exports: [init]\n", "    exports: [init]\n    aot: true\n"));
    }

    @Test
    void aMissingKeyIsNamedWithWhatIsExpected() throws IOException {
        assertRefused(
                "11: modules.rt.gc is missing, expected disabled, normal, g1, serial or parallel",
                GOOD.replaceFirst("    gc: disabled\n", ""));
        assertRefused(
                "1: modules.rt is missing, expected a mapping with the keys class, gc, heap,"
                        + " exports, jvm_flags, share, spare, aot, kind and path",
                "modules: {control: {class: a.B, gc: normal, exports: []}}\n"
                        + GOOD.replaceFirst("(?s)modules:.*?shared_memory", "shared_memory"));
    }

    @Test
    void allThatIsWrongIsToldAtOnceInTheOrderOfTheLines() throws IOException {
        final String text =
                GOOD.replace("kind: instrument", "kind: synth")
                        .replace("heap: 512m", "heep: 512m")
                        .replace("exports: [init]", "exports: [init, init, [a]]")
                        .replace("controllers: [1, 7, 64]", "controllers: [1, 130, x]")
                        .replace("size: 2m", "size: 2");
        final String refusal = assertThrows(ToolException.class, () -> read(text)).getMessage();
        assertEquals(
                List.of(
                        "7: plugin.kind is \"synth\", allowed are instrument and effect.",
                        "18: modules.control.heep is an unknown key (perhaps heap?), allowed are"
                                + " class, gc, heap, exports, jvm_flags, kind and path.",
                        "19: modules.control.exports names \"init\" twice, allowed is once.",
                        "19: modules.control.exports is a list, expected the name of a method.",
                        "23: shared_memory.size is \"2\", expected a size such as 256m.",
                        "25: midi.controllers is 130, expected a whole number from 0 to 129.",
                        "25: midi.controllers is \"x\", expected a whole number from 0 to 129."),
                refusal.lines().map(line -> line.substring(line.indexOf(':') + 1)).toList());
    }

    @Test
    void countsOfTheRegionAndFilesOfOneModuleAreOptional() throws IOException {
        assertEquals(256, read(GOOD).counts().parameters());
        assertEquals(List.of(), read(GOOD).rt().paths());
        final BuildFile build =
                read(
                        GOOD.replace("size: 2m", "size: 2m\n  max_parameters: 300\n  voices: 16")
                                .replace(
                                        "    gc: disabled",
                                        "    path: lib/dsp.jar\n    gc: disabled")
                                .replace(
                                        "    gc: normal",
                                        "    kind: jvm\n"
                                                + "    path: [target/ui, lib/json.jar]\n"
                                                + "    gc: normal"));
        assertEquals(300, build.counts().parameters());
        assertEquals(16, build.counts().voices());
        assertEquals("lib/dsp.jar", build.rt().paths().get(0).text());
        assertEquals(2, build.control().paths().size());
        final String missing =
                assertThrows(ToolException.class, () -> build.paths(build.control())).getMessage();
        assertTrue(
                missing.startsWith(
                        folder.resolve("build.yaml")
                                + ":19: modules.control.path is \"target/ui\", which does not"
                                + " exist, expected a jar or a folder of classes"),
                missing);
        assertEquals(2, missing.lines().count(), missing);
    }

    @Test
    void whatIsNoYamlIsRefusedWithItsLine() throws IOException {
        final ToolException refused =
                assertThrows(ToolException.class, () -> read("plugin:\n  name: [a\n"));
        assertEquals(
                folder.resolve("build.yaml")
                        + ":3: the file is not YAML: expected ',' or ']', but got <stream end>.",
                refused.getMessage());
        assertRefused(
                "1: the file is empty, expected a mapping with the keys plugin, buses,"
                        + " modules, shared_memory and midi",
                "");
        assertRefused(
                "1: the file is a list, expected a mapping with the keys plugin, buses,"
                        + " modules, shared_memory and midi",
                "- a\n");
    }

    @Test
    void aMissingFileIsNamed() {
        final ToolException refused =
                assertThrows(ToolException.class, () -> BuildFileReader.read(folder));
        assertEquals(
                folder.resolve("build.yaml")
                        + " cannot be read (NoSuchFileException): expected a build.yaml, or the"
                        + " folder that holds one.",
                refused.getMessage());
    }

    private void assertRefused(final String sentence, final String text) {
        final ToolException refused = assertThrows(ToolException.class, () -> read(text));
        final String file = folder.resolve("build.yaml") + ":";
        assertEquals(file + sentence.replace(";", ".\n" + file) + ".", refused.getMessage());
    }
}

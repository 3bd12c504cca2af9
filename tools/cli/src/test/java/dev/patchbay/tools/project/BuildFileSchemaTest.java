// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class BuildFileSchemaTest {
    private static final Path PUBLISHED = Path.of("../../docs/build.schema.json");
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(BuildFileSchema.json());

    @TempDir private Path folder;

    private static boolean schemaAllows(final String yaml) {
        final Object read = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return SCHEMA.validate(new ObjectMapper().valueToTree(read)).isEmpty();
    }

    private boolean readerAllows(final String yaml) throws IOException {
        Files.writeString(folder.resolve("build.yaml"), yaml);
        try {
            BuildFileReader.read(folder);
            return true;
        } catch (final ToolException e) {
            return false;
        }
    }

    /** {@code -Dpatchbay.regenerate=true} writes it anew. */
    @Test
    void thePublishedSchemaIsThatOfTheReader() throws IOException {
        if (Boolean.getBoolean("patchbay.regenerate")) {
            Files.writeString(PUBLISHED, BuildFileSchema.json());
        }
        assertEquals(Files.readString(PUBLISHED), BuildFileSchema.json());
    }

    @ParameterizedTest
    @ValueSource(strings = {"polysynth", "driven-filter"})
    void theExamplesBuildFilesAreAllowed(final String example) throws IOException {
        final Path examples = Path.of("../../examples");
        assertTrue(schemaAllows(Files.readString(examples.resolve(example + "/build.yaml"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
outputs: 2 | outputs: 2 | true
outputs: 2 | output: 2 | false
outputs: 2 | outputs: many | false
outputs: 2 | outputs: 33 | false
outputs: 2 | outputs: 0 | false
outputs: 2 | inputs: 0 | true
outputs: 2 | uid: "000102030405060708090A0B0C0D0E0F" | true
outputs: 2 | uid: 12 | false
outputs: 2 | uid: "g00102030405060708090A0B0C0D0E0F" | false
outputs: 2 | snapshot: panel.png | true
name: PolySynth | name: [a] | false
name: PolySynth | name: "" | false
name: PolySynth | name: a/b | false
name: PolySynth | name: .a | false
name: PolySynth | name: a.b c | true
vendor: Patchbay | vendor: 7 | false
version: 0.1.0 | version: 1.0 | true
version: 0.1.0 | version: new | false
version: 0.1.0 | version: true | false
kind: instrument | kind: synth | false
kind: instrument | kind: effect | true
gc: disabled | gc: epsilon | false
gc: disabled | gc: parallel | true
gc: normal | gc: disabled | false
heap: 256m | heap: 256 | false
heap: 256m | heap: 256mb | false
heap: 256m | heap: 1G | true
heap: 256m | share: all | false
heap: 256m | share: instance | true
heap: 256m | spare: two | false
heap: 256m | spare: true | true
heap: 256m | kind: native | false
heap: 256m | kind: wasm | false
shared_memory: | '  ui: {kind: native, library: libui.so, exports: [pb_ui_handle_event]}\\nshared_memory:' | true
shared_memory: | '  ui: {kind: native}\\nshared_memory:' | false
shared_memory: | '  ui: {library: libui.so}\\nshared_memory:' | false
shared_memory: | '  ui: {kind: jvm, class: a.B}\\nshared_memory:' | false
heap: 256m | kind: jvm | true
heap: 256m | library: libx.so | false
class: a.b.Control | library: libx.so | false
heap: 256m | path: lib/dsp.jar | true
heap: 256m | path: [a.jar, b.jar] | true
heap: 256m | path: [a.jar, a.jar] | false
heap: 256m | jvm_flags: [-Xss2m] | true
heap: 256m | jvm_flags: -Xss2m | false
heap: 512m | share: bundle | false
class: a.b.Synth | class: a-b | false
class: a.b.Synth | class: a..b | false
exports: [init] | exports: init | false
exports: [init] | exports: [init, init] | false
layout: standard | layout: other | false
size: 2m | max_parameters: 4 | false
controllers: [1, 7, 64] | controllers: [] | true
controllers: [1, 7, 64] | controllers: [1, 130] | false
controllers: [1, 7, 64] | controllers: 1 | false
shared_memory: | shared: | false
""")
    void theSchemaAllowsWhatTheReaderAllows(
            final String found, final String other, final boolean allowed) throws IOException {
        assertAllowed(
                allowed,
                BuildFileReaderTest.GOOD.replaceFirst(
                        Pattern.quote(found), other.replace("\\n", "\n")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
name: Key | name: Key | true
name: Key | name: Input | true
name: Key | nam: Key | false
name: Key | name: "" | false
arrangements: [mono] | arrangements: [lcr, "7.1"] | true
arrangements: [mono] | arrangements: [7.1] | false
arrangements: [mono] | arrangements: ["9.1"] | false
arrangements: [mono] | arrangements: [] | false
arrangements: [mono] | arrangements: [mono, mono] | false
arrangements: [mono] | arrangements: mono | false
kind: side_chain | kind: main | true
kind: side_chain | kind: aux | false
{name: Output, | {name: Output, kind: main, | true
{name: Output, | {name: Output, kind: side_chain, | false
{name: Output, | {name: "Output", type: x, | false
kind: effect | kind: effect, inputs: 2 | false
kind: effect | kind: effect, outputs: 2 | false
outputs: | output: | false
type: tuning | type: pan | true
type: tuning | type: text | false
type: tuning, | | false
type: tuning | type: tuning, number: 3 | false
type: tuning | type: custom | false
number: 7, | | true
number: 7 | number: 100001 | false
gesture: x | gesture: y | true
gesture: x | gesture: none | false
name: Growl, short_name: Grl | short_name: Grl | false
short_name: Grl | short_name: "" | false
output: true | output: false | true
output: true | output: 1 | false
output: true | outputs: true | false
""")
    void ofBusesAndMidiToo(final String found, final String other, final boolean allowed)
            throws IOException {
        final String replacement = other == null ? "" : other;
        assertAllowed(
                allowed, BusesAndMidiTest.GOOD.replaceFirst(Pattern.quote(found), replacement));
    }

    private void assertAllowed(final boolean allowed, final String yaml) throws IOException {
        assertEquals(allowed, readerAllows(yaml), "the reader");
        assertEquals(allowed, schemaAllows(yaml), "the schema");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
class: a.Ui, exports: [init] | true
class: a.Ui, exports: [init], heap: 32m, process: own, kind: jvm | true
class: a.Ui, exports: [init], process: control | false
class: a.Ui | false
class: a.Ui, exports: [init], gc: normal | false
kind: native, library: libx.so | true
kind: native, library: libx.so, process: control | true
kind: native, library: libx.so, process: own | true
kind: native, library: libx.so, process: mine | false
kind: native, library: libx.so, heap: 32m | false
library: libx.so | false
""")
    void bothKnowWhatMayBeSaidOfAModuleForTheUserInterface(final String keys, final boolean allowed)
            throws IOException {
        assertAllowed(
                allowed,
                BuildFileReaderTest.GOOD.replace(
                        "shared_memory:", "  ui: {" + keys + "}\nshared_memory:"));
    }

    @ParameterizedTest
    @CsvSource({"1, true", "1000000, true", "0, false", "1000001, false", "many, false"})
    void bothKnowForHowManyPointsOfAutomationThereCanBeRoom(
            final String points, final boolean allowed) throws IOException {
        assertAllowed(allowed, BuildFileReaderTest.GOOD + "automation: {points: " + points + "}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
kind: native, library: libx.so | true
kind: native, library: target/libx.so, exports: [] | true
kind: native, library: libx.so, exports: [pb_rt_reset] | true
kind: native, library: libx.so, exports: [pb_rt_reset, pb_rt_reset] | false
kind: native, library: libx.so, exports: [pb_control_init] | false
kind: native, library: libx.so, exports: [reset] | false
kind: native, library: libx.so, gc: disabled | false
kind: native, library: libx.so, aot: true | false
kind: native, library: target/ | false
kind: native, library: 7 | false
kind: native | false
library: libx.so | false
kind: jvm, library: libx.so | false
""")
    void theSchemaAllowsWhatTheReaderAllowsOfNativeModules(final String keys, final boolean allowed)
            throws IOException {
        final String yaml =
                BuildFileReaderTest.GOOD.replaceFirst(
                        "(?s)rt:.*?control:", "rt: {" + keys + "}\n  control:");
        assertEquals(allowed, readerAllows(yaml), "the reader");
        assertEquals(allowed, schemaAllows(yaml), "the schema");
    }
}

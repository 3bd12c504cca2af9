// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.AudioBus;
import dev.patchbay.layout.AudioBus.Direction;
import dev.patchbay.layout.DeclaredExpression;
import dev.patchbay.layout.DeclaredExpression.Gesture;
import dev.patchbay.layout.NoteExpression;
import dev.patchbay.layout.Speakers;
import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a build file says of buses, events and note expressions. */
class BusesAndMidiTest {
    static final String GOOD =
            """
            plugin: {name: Duck, vendor: V, version: 1.0.0, kind: effect}
            buses:
              inputs:
                - name: Input
                  arrangements: [stereo, mono, "5.1"]
                - name: Key
                  kind: side_chain
                  arrangements: [mono]
              outputs:
                - {name: Output, arrangements: [stereo, mono, "5.1"]}
            modules:
              rt: {class: a.Rt, gc: disabled, exports: [init]}
              control: {class: a.Control, gc: normal, exports: [init]}
            shared_memory: {layout: standard, parameters: a.P, size: 8m}
            midi:
              output: true
              note_expressions:
                - {type: tuning, gesture: x}
                - {type: custom, number: 7, name: Growl, short_name: Grl, gesture: pressure}
            """;

    @TempDir private Path folder;

    private BuildFile read(final String text) throws IOException {
        Files.writeString(folder.resolve("build.yaml"), text);
        return BuildFileReader.read(folder);
    }

    @Test
    void severalBusesWithTheirArrangementsAreRead() throws IOException {
        final BuildFile build = read(GOOD);
        final List<Long> masks =
                List.of(Speakers.STEREO.mask(), Speakers.MONO.mask(), Speakers.SURROUND_5_1.mask());
        assertEquals(
                List.of(
                        new AudioBus("Input", Direction.INPUT, false, masks),
                        new AudioBus("Key", Direction.INPUT, true, masks.subList(1, 2)),
                        new AudioBus("Output", Direction.OUTPUT, false, masks)),
                build.buses());
        assertEquals(7, build.counts().inputChannels());
        assertEquals(6, build.counts().outputChannels());
    }

    @Test
    void theEventOutputAndNoteExpressionsAreRead() throws IOException {
        final BuildFile.Midi midi = read(GOOD).midi();
        assertTrue(midi.output());
        assertEquals(
                List.of(
                        new DeclaredExpression(
                                NoteExpression.TUNING, 0, "Tuning", "Tuning", Gesture.X),
                        new DeclaredExpression(
                                NoteExpression.CUSTOM, 7, "Growl", "Grl", Gesture.PRESSURE)),
                midi.expressions());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
arrangements: [mono] | arrangements: [5.1] | 8: buses.inputs.arrangements is "5.1", expected mono, stereo, lcr, quad, 5.0, 5.1, 6.1, 7.0 or 7.1 (in quotes, where it is a number)
arrangements: [mono] | arrangements: ["9.1"] | 8: buses.inputs.arrangements is "9.1" (perhaps 5.1?), allowed are mono, stereo, lcr, quad, 5.0, 5.1, 6.1, 7.0 and 7.1
arrangements: [mono] | arrangements: [] | 8: buses.inputs.arrangements has 0 entries, allowed are 1 to 8
arrangements: [mono] | arrangements: [mono, mono] | 8: buses.inputs.arrangements names "mono" twice, allowed is once
kind: side_chain | kind: aux | 7: buses.inputs.kind is "aux", allowed are main and side_chain
name: Key | nam: Key | 6: buses.inputs.nam is an unknown key (perhaps name?), allowed are name, kind and arrangements;6: buses.inputs.name is missing, expected a text
outputs: | output: | 9: buses.output is an unknown key (perhaps outputs?), allowed are inputs and outputs
kind: effect | kind: effect, inputs: 2 | 1: plugin.inputs is there beside buses, which say the same: allowed is one of both
{name: Output, | {name: Output, kind: side_chain, | 10: buses.outputs.kind is "side_chain" for the first bus, which hosts take for the main one
type: tuning | type: text | 18: midi.note_expressions.type is "text", allowed are volume, pan, tuning, vibrato, expression, brightness and custom
type: tuning | type: tuning, number: 3 | 18: midi.note_expressions.number is there, but only the type custom has numbers
gesture: x | gesture: pressure | 19: midi.note_expressions.gesture plays another expression, too, allowed is one for each gesture
name: Growl, short_name: Grl | short_name: Grl | 19: midi.note_expressions.name is missing, expected a text
output: true | output: 1 | 16: midi.output is "1", expected true or false
""")
    void aWrongValueIsNamedWithItsLineAndKey(
            final String good, final String bad, final String sentence) {
        final ToolException refusal =
                assertThrows(ToolException.class, () -> read(GOOD.replaceFirst(quoted(good), bad)));
        final String file = folder.resolve("build.yaml") + ":";
        assertEquals(file + sentence.replace(";", ".\n" + file) + ".", refusal.getMessage());
    }

    @Test
    void thereAreNoMoreBusesAndChannelsThanTheRegionHasRoomFor() {
        final String bus = "    - {name: More, arrangements: [%s]}\n";
        assertRefused(
                "4: buses.inputs have 65 channels together, allowed are 64.",
                GOOD.replace(
                        "  outputs:\n",
                        (bus.formatted("\"7.1\"").repeat(7) + bus.formatted("stereo"))
                                + "  outputs:\n"));
        assertRefused(
                "3: buses has 17 buses, allowed are 16.",
                GOOD.replace("  outputs:\n", bus.formatted("mono").repeat(14) + "  outputs:\n"));
    }

    private void assertRefused(final String sentence, final String text) {
        final ToolException refusal = assertThrows(ToolException.class, () -> read(text));
        assertEquals(folder.resolve("build.yaml") + ":" + sentence, refusal.getMessage());
    }

    private static String quoted(final String text) {
        return java.util.regex.Pattern.quote(text);
    }
}

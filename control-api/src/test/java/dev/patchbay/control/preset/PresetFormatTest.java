// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.control.json.JsonException;
import dev.patchbay.control.state.ParameterValues;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresetFormatTest {
    private static final String GOLDEN =
            """
            {
              "format": "patchbay-preset",
              "version": 1,
              "plugin": {
                "uid": "00112233445566778899AABBCCDDEEFF",
                "vendor": "A: Vendor",
                "name": "Test/Synth"
              },
              "name": "Größe \\"1/4\\"",
              "author": "Me",
              "tags": [ "Soft", "warm" ],
              "comment": "two\\nlines",
              "values": {
                "10": 0.1,
                "20": 1.0E-5,
                "40": 0.5,
                "77": 0.30000000000000004
              },
              "readable": {
                "level": "-54 dB",
                "cutoff": "20.001 Hz",
                "wave": "Saw"
              }
            }
            """;

    private static Preset read(final String text) throws JsonException {
        return PresetJson.read(text.getBytes(UTF_8), "x.json", Synth.IDENTITY);
    }

    private static String write(final Preset preset) {
        return new String(PresetJson.file(preset, Synth.IDENTITY, Synth.PARAMETERS), UTF_8);
    }

    private static String refusal(final String text) {
        return assertThrows(JsonException.class, () -> read(text)).getMessage();
    }

    @Test
    void aPresetHasTheseBytesAndNoOthers() throws Exception {
        final Preset preset =
                Preset.of(
                                " Gro\u0308ße \"1/4\"",
                                ParameterValues.of(
                                        Map.of(40, 0.5, 10, 0.1, 77, 0.1 + 0.2, 20, 1e-5)))
                        .withAuthor("Me")
                        .withTags(List.of("warm", "Soft", "WARM"))
                        .withComment("two\r\nlines ");
        assertEquals(
                GOLDEN.replace("[ \"Soft\", \"warm\" ]", "[ \"Soft\", \"WARM\" ]"), write(preset));
        assertEquals(GOLDEN, write(read(GOLDEN)));
    }

    @Test
    void theOrderAndTheSpaceInAFileDoNotMatter() throws Exception {
        final String shuffled =
                "\uFEFF{\"values\":{\"77\":0.30000000000000004,\"40\":0.5000,\"20\":0.00001,\"10\":1e-1},\"tags\":[\"warm\",\"Soft\"],\"comment\":\"two\\n"
                    + "lines\",\"author\":\"Me\",\"version\":1,\"name\":\"Gr\\u00f6\\u00dfe"
                    + " \\\"1/4\\\"\",\"plugin\":{\"uid\":"
                    + "\"00112233445566778899aabbccddeeff\"},\"format\":\"patchbay-preset\"}";
        assertEquals(GOLDEN, write(read(shuffled)));
    }

    @Test
    void anyDoubleComesBackExactly() throws Exception {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        final Map<Integer, Double> values = new TreeMap<>();
        for (int id = 0; id < 20_000; id++) {
            // All exponents down to the denormals, not only those of evenly spread numbers.
            final double any = Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE);
            values.put(id, any <= 1 ? any : random.nextDouble());
        }
        final Preset preset = Preset.of("All", ParameterValues.of(values));
        assertEquals(preset, read(write(preset)), "seed " + seed);
        assertEquals(values, read(write(preset)).values().byId(), "seed " + seed);
    }

    @Test
    void whatThisVersionDoesNotKnowIsKeptAndWrittenBackWithItsDigits() throws Exception {
        final String text =
                Synth.json(
                                "\"name\": \"N\", \"zoom\": {\"b\": 1.00, \"a\": [null, true]},"
                                        + " \"art\": 123456789012345678901234567890",
                                "{\"999\": 0.25}")
                        .replace("\"}", "\", \"edition\": \"De luxe\"}");
        final String written = write(read(text));
        assertTrue(written.contains("\"art\": 123456789012345678901234567890"), written);
        assertTrue(written.contains("\"edition\": \"De luxe\""), written);
        assertTrue(written.contains("\"b\": 1.00"), written);
        assertTrue(written.contains("\"a\": [ null, true ]"), written);
        assertTrue(written.contains("\"999\": 0.25"), written);
        assertTrue(written.indexOf("\"art\"") < written.indexOf("\"zoom\""), "sorted: " + written);
        assertEquals(written, write(read(written)));
    }

    @Test
    void theyStayWithAPresetThatIsEdited() throws Exception {
        final Preset preset =
                read(Synth.json("\"name\": \"N\", \"zoom\": 3", "{\"999\": 0.25}"))
                        .withName("M")
                        .withTags(List.of("x"));
        assertTrue(write(preset).contains("\"zoom\": 3"));
    }

    @Test
    void aParameterThatIsMissingHasItsDefault() throws Exception {
        final ParameterValues values = read(Synth.json("\"name\": \"N\"", "{}")).values();
        assertEquals(0.5, values.of(Synth.PARAMETERS.get(0)));
        assertEquals(
                Map.of(0, 0.5, 1, Synth.PARAMETERS.get(1).defaultNormalized(), 2, 0.0, 3, 0.0),
                values.byIndex(Synth.PARAMETERS),
                "bypass and meter are not a preset's to set");
    }

    @Test
    void valuesOutsideOfZeroToOneAreClamped() throws Exception {
        assertEquals(
                Map.of(1, 1.0, 2, 0.0, 3, 0.0),
                read(Synth.json("\"name\": \"N\"", "{\"1\": 1e300, \"2\": -7, \"3\": -0.0}"))
                        .values()
                        .byId());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"10\": \"loud\"} | x.json, line 6, field \"values.10\": Expected a number from 0"
                        + " to 1, but found the text \"loud\".",
                "{\"10\": 1e999} | field \"values.10\": Expected a number from 0 to 1, but found"
                        + " the number 1e999.",
                "{\"10\": null} | but found null.",
                "{\"10\": NaN} | x.json, line 6: This is not JSON: Non-standard token 'NaN'",
                "{\"10\": 1,\"10\": 0} | x.json, line 6: This is not JSON: Duplicate field '10'",
                "{\"010\": 1} | field \"values.010\": A value's name is its parameter's id",
                "{\"-1\": 1} | A value's name is its parameter's id",
                "{\"1073741824\": 1} | A value's name is its parameter's id",
                "{\"level\": 1} | A value's name is its parameter's id",
                "[] | x.json, line 6, field \"values\": Expected an object in braces, but found a"
                        + " list.",
                "{\"10\": 0.5 | x.json, line 8: This is not JSON: Unexpected end-of-input",
                "{} } [ | x.json, line 6: Something follows the end",
                "{}, \"x\": \"\\ud800\" | field \"x\": A text holds half of a surrogate pair",
            })
    void aWrongValueIsRefusedWithFileLineAndField(final String values, final String sentence) {
        final String message = refusal(Synth.json("  \"name\": \"N\"", values));
        assertTrue(message.contains(sentence), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"author\": \"A\" | x.json, line 1, field \"name\": The field is missing, expected"
                        + " a text.",
                "\"name\": 7 | line 5, field \"name\": Expected a text, but found the number 7.",
                "\"name\": \"  \" | The name of a preset has 1 to 100 characters, but this one has"
                        + " 0.",
                "\"name\": \"a\\u0000b\" | holds the character U+0000, which cannot be seen",
                "\"name\": \"a\\nb\" | holds the character U+000A",
                "\"name\": \"a\\u202eb\" | holds the character U+202E",
                "\"name\": \"N\", \"tags\": \"soft\" | field \"tags\": Expected a list of texts,"
                        + " but found the text \"soft\".",
                "\"name\": \"N\", \"tags\": [\"a\", 1] | field \"tags[1]\": Expected a text, but"
                        + " found the number 1.",
                "\"name\": \"N\", \"tags\": [\"\"] | field \"tags\": The tag of a preset has 1 to"
                        + " 40",
                "\"name\": \"N\", \"version\": 1 | Duplicate field 'version'",
            })
    void aWrongTextIsRefusedWithFileLineAndField(final String fields, final String sentence) {
        final String message = refusal(Synth.json(fields, "{}"));
        assertTrue(message.contains(sentence), message);
    }

    @Test
    void anotherFormatAnotherPluginAndANewerVersionAreRefusedByName() {
        final String good = Synth.json("\"name\": \"N\"", "{}");
        assertTrue(refusal("[1]").contains("Expected an object in braces, but found a list."));
        assertTrue(refusal("{}").contains("field \"format\": The field is missing"));
        assertTrue(refusal("").contains("x.json: The file is empty"));
        assertTrue(
                refusal(good.replace("patchbay-preset", "else"))
                        .contains("Expected \"patchbay-preset\", but found \"else\""));
        assertTrue(
                refusal(good.replace("\"version\": 1", "\"version\": 2"))
                        .contains(
                                "line 3, field \"version\": It was saved by a newer build: it has"
                                        + " version 2, and this one reads up to 1."));
        assertTrue(
                refusal(good.replace("\"version\": 1", "\"version\": 0.5"))
                        .contains("Expected a whole number from 1, but found the number 0.5."));
        assertTrue(
                refusal(good.replace("\"0011", "\"FF11"))
                        .contains("line 4, field \"plugin.uid\": The preset is one of"));
    }

    @Test
    void depthLengthAndBytesThatAreNoTextAreRefusedBeforeTheyDoHarm() {
        final String deep = "[".repeat(100_000);
        assertTrue(refusal(Synth.json("\"x\": " + deep, "{}")).contains("nesting depth"));
        final String digits = "1".repeat(100_000);
        assertTrue(
                refusal(Synth.json("\"name\": \"N\"", "{\"1\": " + digits + "}"))
                        .contains("Number value length"));
        assertTrue(
                refusal(Synth.json("\"" + "n".repeat(100_000) + "\": 1", "{}"))
                        .contains("Name length"));
        final byte[] bytes = Synth.json("\"name\": \"N~\"", "{}").getBytes(UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == '~' ? (byte) 0xC3 : bytes[i];
        }
        final JsonException e =
                assertThrows(
                        JsonException.class,
                        () -> PresetJson.read(bytes, "x.json", Synth.IDENTITY));
        assertEquals("x.json, line 5: The text must be UTF-8, but it is not.", e.getMessage());
    }

    @Test
    void aMessageIsOneShortLineWhateverStandsInTheFile() {
        final String name = "a\\n\\u001b[31m" + "b".repeat(900);
        final String message = refusal(Synth.json("\"name\": \"N\"", "{\"" + name + "\": 1}"));
        assertTrue(message.length() < 1_000 && message.indexOf('\n') < 0, message);
        assertTrue(message.indexOf('\u001b') < 0, message);
    }

    @Test
    void theSameStateGivesTheSameBytesInTheStateToo() throws Exception {
        final Preset preset = read(GOLDEN);
        final SessionJson session = SessionJson.ofPreset(preset);
        final byte[] bytes = session.write(Synth.IDENTITY);
        assertArrayEquals(bytes, SessionJson.read(bytes, Synth.IDENTITY).write(Synth.IDENTITY));
        assertEquals(preset, SessionJson.read(bytes, Synth.IDENTITY).active().preset());
    }
}

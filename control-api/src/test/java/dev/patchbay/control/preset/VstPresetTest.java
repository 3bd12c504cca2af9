// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.control.state.ComponentState;
import dev.patchbay.control.state.ControlState;
import dev.patchbay.control.state.ParameterValues;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VstPresetTest {
    private static final int LIST_OFFSET = 40;

    @TempDir private Path folder;

    private static byte[] container(final byte[] component) {
        return new VstPreset(Synth.UID, component).write(Synth.IDENTITY, "N & \"M\"");
    }

    private static long listAt(final byte[] file) {
        return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong(LIST_OFFSET);
    }

    /** The file with a number of 4 or 8 bytes in another's place. */
    private static byte[] with(final byte[] file, final long at, final Number number) {
        final byte[] other = file.clone();
        final ByteBuffer bytes = ByteBuffer.wrap(other).order(ByteOrder.LITTLE_ENDIAN);
        if (number instanceof Long) {
            bytes.putLong((int) at, (Long) number);
        } else {
            bytes.putInt((int) at, number.intValue());
        }
        return other;
    }

    private static String refusal(final byte[] file) {
        return assertThrows(PresetException.class, () -> VstPreset.read(file, "x.vstpreset"))
                .getMessage();
    }

    @Test
    void itsBytesAreThoseThatSteinbergsSdkDescribes() {
        final byte[] file = container(new byte[] {7, 8, 9});
        final String text = new String(file, ISO_8859_1);
        assertTrue(text.startsWith("VST3\1\0\0\0" + Synth.UID), text);
        assertArrayEquals(new byte[] {7, 8, 9}, java.util.Arrays.copyOfRange(file, 48, 51));
        final int list = (int) listAt(file);
        assertTrue(text.startsWith("<?xml", 51), text);
        assertTrue(text.contains("value=\"N &amp; &quot;M&quot;\""), text);
        assertTrue(
                text.startsWith(
                        "List\2\0\0\0Comp\60\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0Info\63\0\0\0\0\0\0\0",
                        list));
        assertEquals(list + 8 + 2 * 20, file.length);
        assertEquals(
                list - 51,
                ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong(file.length - 8));
    }

    @Test
    void everyOffsetAndSizeIsCheckedAgainstTheFile() throws Exception {
        final byte[] file = container(new byte[100]);
        final long list = listAt(file);
        assertEquals(100, VstPreset.read(file, "x").component().length);
        final List<byte[]> wrong =
                List.of(
                        with(file, 4, 2),
                        with(file, LIST_OFFSET, -1L),
                        with(file, LIST_OFFSET, 0L),
                        with(file, LIST_OFFSET, (long) file.length),
                        with(file, LIST_OFFSET, Long.MAX_VALUE),
                        with(file, LIST_OFFSET, list + 1),
                        with(file, list + 4, -1),
                        with(file, list + 4, 3),
                        with(file, list + 4, 129),
                        with(file, list + 4, Integer.MAX_VALUE),
                        with(file, list + 4, 0),
                        with(file, list + 12, -1L),
                        with(file, list + 12, 0L),
                        with(file, list + 12, Long.MAX_VALUE),
                        with(file, list + 20, -1L),
                        with(file, list + 20, Long.MAX_VALUE),
                        with(file, list + 20, (long) file.length),
                        with(file, list + 32, Long.MIN_VALUE),
                        with(file, 8, 0));
        for (final byte[] bytes : wrong) {
            assertTrue(
                    refusal(bytes).startsWith("x.vstpreset is no .vstpreset that can be read: "));
        }
        for (int length = 0; length < file.length; length++) {
            refusal(java.util.Arrays.copyOf(file, length));
        }
    }

    @Test
    void aPresetGoesThroughAVstpresetWithItsTextsAndItsExactValues() throws Exception {
        final PresetLibrary library = Synth.library(folder.resolve("user"));
        final Preset preset =
                Preset.of(
                                "Bell",
                                ParameterValues.of(
                                        Map.of(
                                                Synth.LEVEL,
                                                1.0 / 3,
                                                Synth.CUTOFF,
                                                0.1,
                                                Synth.STEPS,
                                                0.5,
                                                Synth.WAVE,
                                                1.0)))
                        .withAuthor("Me")
                        .withTags(List.of("soft"))
                        .withComment("c");
        final Path file = folder.resolve("My Bell.vstpreset");
        library.exportFile(preset, file, false);
        assertEquals(preset.withName("My Bell"), library.importFile(file, "In").preset());
    }

    @Test
    void aVstpresetOfAHostThatHasSoundAloneIsRead() throws Exception {
        final ComponentState state =
                new ComponentState(
                        ParameterValues.of(Map.of(Synth.LEVEL, 0.25, Synth.BYPASS, 1.0)),
                        new byte[] {1, 2, 3});
        final Path file = folder.resolve("Theirs.vstpreset");
        Files.write(file, container(state.encode(Synth.PARAMETERS)));
        final Preset preset = Synth.library(folder).read(file);
        assertEquals("Theirs", preset.name());
        assertEquals(0.25, preset.values().byId().get(Synth.LEVEL));
        assertEquals(null, preset.values().byId().get(Synth.BYPASS));
    }

    @Test
    void aVstpresetOfAnotherPluginOrWithoutAPatchbayStateIsRefused() throws Exception {
        final Path file = folder.resolve("x.vstpreset");
        final PresetLibrary library = Synth.library(folder);
        Files.write(file, new VstPreset("F".repeat(32), new byte[0]).write(Synth.IDENTITY, "N"));
        assertTrue(
                assertThrows(PresetException.class, () -> library.read(file))
                        .getMessage()
                        .contains("class id FFFF"));
        Files.write(file, container(new byte[] {'x'}));
        assertTrue(
                assertThrows(PresetException.class, () -> library.read(file))
                        .getMessage()
                        .contains("The state ends within its first bytes."));
    }

    @Test
    void controlsPartIsFramedSoThatNeitherHalfCanRunIntoTheOther() {
        final ControlState state = new ControlState(new byte[] {1, 2}, new byte[] {3});
        final byte[] bytes = state.encode();
        assertEquals("PBCS\1\0\0\0\2\0\0\0\1\2\3", new String(bytes, ISO_8859_1));
        assertEquals(state, ControlState.decode(bytes));
        assertEquals(0, ControlState.decode(new byte[0]).module().length);
        for (final Number length : new Number[] {4, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> ControlState.decode(with(bytes, 8, length)));
        }
        assertThrows(IllegalArgumentException.class, () -> ControlState.decode(with(bytes, 4, 2)));
    }
}

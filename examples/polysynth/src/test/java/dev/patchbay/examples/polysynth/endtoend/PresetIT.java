// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.control.preset.Preset;
import dev.patchbay.control.preset.PresetLibrary;
import dev.patchbay.control.preset.StoredPreset;
import dev.patchbay.control.preset.VstPreset;
import dev.patchbay.control.state.ComponentState;
import dev.patchbay.control.state.ParameterValues;
import dev.patchbay.examples.polysynth.PolySynthParameters;
import dev.patchbay.examples.polysynth.control.Presets;
import dev.patchbay.layout.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Presets through the real host, bridge and processes: their bytes are the bridge's, and their sound is whole. */
class PresetIT {
    private static final List<Parameter> PARAMETERS = new PolySynthParameters().parameters();

    @TempDir private Path folder;
    private Path userFolder;
    private PresetLibrary library;

    @BeforeEach
    void open() {
        userFolder = folder.resolve("data/patchbay/Patchbay/PolySynth/presets");
        library = Presets.library(userFolder);
    }

    private HostRun host(final String controlOptions, final String... options) throws Exception {
        return HostRun.start(
                        folder,
                        HostRun.BUNDLE,
                        Map.of(
                                "XDG_DATA_HOME",
                                folder.resolve("data").toString(),
                                "PATCHBAY_CONTROL_OPTIONS",
                                controlOptions),
                        options)
                .succeed();
    }

    private static float[] floats(final ParameterValues values) {
        final float[] all = new float[PARAMETERS.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = (float) values.of(PARAMETERS.get(i));
        }
        return all;
    }

    @Test
    void whateverAHostSavesWhilePresetsChangeIsOneOfThemWhole() throws Exception {
        library.add("Mine", library.find("factory/Keys/Night Bells.json").orElseThrow().preset());
        final Path saved = folder.resolve("saved.state");
        host("preset-every=0.02", "--realtime", "--seconds", "2", "--state-out", saved.toString());
        final byte[] bytes = Files.readAllBytes(saved);
        final ComponentState state = ComponentState.decode(bytes);
        assertArrayEquals(bytes, state.encode(PARAMETERS), "the bridge's bytes and these are one");
        final float[] heard = floats(state.values());
        assertTrue(
                library.list().presets().stream()
                        .anyMatch(s -> Arrays.equals(heard, floats(s.preset().values()))),
                () -> "a mixture: " + Arrays.toString(heard));
        final Path vst = folder.resolve("Saved.vstpreset");
        Files.write(vst, container(bytes));
        final Preset remembered = library.read(vst);
        assertEquals("Patchbay", remembered.author(), "control's part names the preset");
    }

    @Test
    void aVstpresetThatWasExportedSoundsInAHostAndComesBackExactly() throws Exception {
        final StoredPreset bells = library.find("factory/Keys/Night Bells.json").orElseThrow();
        final Path exported = folder.resolve("Bells.vstpreset");
        library.exportFile(bells.preset(), exported, false);
        final Path state = folder.resolve("in.state");
        Files.write(state, VstPreset.read(Files.readAllBytes(exported), "exported").component());
        final Path midi = new Notes(500_000).note(69, 0, 480).write(folder.resolve("note.mid"));
        final Path saved = folder.resolve("out.state");
        final float[] fresh = host("", "--midi", midi.toString()).samples()[0];
        final float[] heard =
                host(
                                "",
                                "--midi",
                                midi.toString(),
                                "--state-in",
                                state.toString(),
                                "--state-out",
                                saved.toString())
                        .samples()[0];
        assertTrue(!Arrays.equals(fresh, heard), "the preset is heard");
        final Path back = folder.resolve("Back.vstpreset");
        Files.write(back, container(Files.readAllBytes(saved)));
        assertEquals(bells.preset().withName("Back"), library.importFile(back, "In").preset());
        assertEquals(
                List.of("user/In/Back.json"),
                library.list().presets().stream()
                        .map(StoredPreset::id)
                        .filter(id -> id.startsWith("user/"))
                        .toList());
    }

    /** As a host writes it: the sound alone, and a list of one chunk. */
    private byte[] container(final byte[] component) {
        final java.nio.ByteBuffer bytes =
                java.nio.ByteBuffer.allocate(48 + component.length + 28)
                        .order(java.nio.ByteOrder.LITTLE_ENDIAN);
        bytes.put("VST3".getBytes()).putInt(1).put(library.plugin().uid().getBytes());
        bytes.putLong(48L + component.length).put(component);
        bytes.put("List".getBytes()).putInt(1).put("Comp".getBytes());
        return bytes.putLong(48).putLong(component.length).array();
    }
}

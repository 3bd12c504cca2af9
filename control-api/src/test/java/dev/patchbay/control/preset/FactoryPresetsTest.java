// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactoryPresetsTest {
    @TempDir private Path folder;

    private static void put(final JarOutputStream jar, final String name, final byte[] bytes)
            throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(bytes);
    }

    @Test
    void theyAreReadFromTheJarOfTheModulesClassAndCannotBeChanged() throws Exception {
        final Path file = folder.resolve("module.jar");
        final String place = Synth.class.getPackageName().replace('.', '/') + "/";
        final String preset = Synth.json("\"name\": \"%s\"", "{\"10\": 0.25}");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            put(
                    jar,
                    place + "Synth.class",
                    Synth.class.getResourceAsStream("Synth.class").readAllBytes());
            put(
                    jar,
                    place + "presets/Keys/Bell.json",
                    String.format(preset, "Bell").getBytes(UTF_8));
            put(jar, place + "presets/Init.json", String.format(preset, "Init").getBytes(UTF_8));
            put(jar, place + "presets/Keys/Bad.json", "{".getBytes(UTF_8));
            put(jar, place + "presets/a/b/c.json", "{".getBytes(UTF_8));
            put(jar, place + "elsewhere/x.json", "{".getBytes(UTF_8));
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {file.toUri().toURL()}, null)) {
            final PresetLibrary library =
                    new PresetLibrary(
                            Synth.IDENTITY,
                            Synth.PARAMETERS,
                            loader.loadClass(Synth.class.getName()),
                            folder.resolve("user"));
            final List<StoredPreset> presets = library.list().presets();
            assertEquals(
                    List.of("factory/Init.json", "factory/Keys/Bell.json"),
                    presets.stream().map(StoredPreset::id).toList());
            final String problems = String.join("\n", library.list().problems());
            assertTrue(problems.contains("Keys/Bad.json, line 1: This is not JSON"), problems);
            assertTrue(problems.contains("a/b/c.json is left out"), problems);
            assertThrows(PresetException.class, () -> library.remove(presets.get(0)));
            assertThrows(
                    PresetException.class,
                    () -> library.replace(presets.get(0), presets.get(1).preset()));
            final StoredPreset copy = library.add("Keys", presets.get(1).preset());
            assertEquals(StoredPreset.Origin.USER, copy.origin());
            assertEquals(3, library.list().presets().size());
        }
    }

    @Test
    void aModuleWithoutPresetsHasNone() {
        assertEquals(List.of(), Synth.library(folder).list().presets());
        assertEquals(List.of(), FactoryPresets.read(String.class, Synth.IDENTITY).presets());
    }
}

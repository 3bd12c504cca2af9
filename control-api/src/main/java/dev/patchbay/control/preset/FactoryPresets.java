// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import dev.patchbay.control.json.JsonException;
import dev.patchbay.control.state.PluginIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the presets that came with a module: the files in the folder {@code presets} beside its class, in jar or folder. */
final class FactoryPresets {
    private static final Pattern FILE = Pattern.compile("(?:([^/]+)/)?([^/]+\\.json)");

    private FactoryPresets() {}

    static PresetListing read(final Class<?> module, final PluginIdentity plugin) {
        final List<StoredPreset> presets = new ArrayList<>();
        final List<String> problems = new ArrayList<>();
        try {
            for (final var file : files(module).entrySet()) {
                final Matcher name = FILE.matcher(file.getKey());
                if (!name.matches()) {
                    problems.add(
                            "The factory preset "
                                    + file.getKey()
                                    + " is left out: expected BANK/NAME.json.");
                    continue;
                }
                try {
                    presets.add(
                            new StoredPreset(
                                    StoredPreset.Origin.FACTORY,
                                    name.group(1) == null ? "" : name.group(1),
                                    name.group(2),
                                    PresetJson.read(file.getValue(), file.getKey(), plugin),
                                    PresetFiles.stamp(file.getValue())));
                } catch (final JsonException e) {
                    problems.add(e.getMessage());
                }
            }
        } catch (final IOException e) {
            problems.add("The factory presets of " + module.getName() + " cannot be read: " + e);
        }
        return new PresetListing(presets, problems);
    }

    /** The bytes of all files below the folder, by their paths in it. */
    private static SortedMap<String, byte[]> files(final Class<?> module) throws IOException {
        final CodeSource source = module.getProtectionDomain().getCodeSource();
        final SortedMap<String, byte[]> files = new TreeMap<>();
        if (source == null) {
            return files;
        }
        final Path place;
        try {
            place = Path.of(source.getLocation().toURI());
        } catch (final URISyntaxException | IllegalArgumentException e) {
            throw new IOException(source.getLocation() + " is no file", e);
        }
        final String folder = module.getPackageName().replace('.', '/') + "/presets/";
        if (Files.isDirectory(place)) {
            readFolder(place.resolve(folder), files);
        } else {
            readJar(place, folder, files);
        }
        return files;
    }

    private static void readFolder(final Path folder, final SortedMap<String, byte[]> files)
            throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (final Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), PresetFiles.read(file));
            }
        }
    }

    private static void readJar(
            final Path jar, final String folder, final SortedMap<String, byte[]> files)
            throws IOException {
        try (JarFile entries = new JarFile(jar.toFile())) {
            final List<JarEntry> inFolder =
                    entries.stream()
                            .filter(e -> e.getName().startsWith(folder) && !e.isDirectory())
                            .toList();
            for (final JarEntry entry : inFolder) {
                try (InputStream in = entries.getInputStream(entry)) {
                    final byte[] bytes = in.readNBytes(PresetFile.MOST_BYTES + 1);
                    PresetFiles.checkLength(Path.of(entry.getName()), bytes.length);
                    files.put(entry.getName().substring(folder.length()), bytes);
                }
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import dev.patchbay.layout.Parameter;
import dev.patchbay.tools.project.BuildFile;
import dev.patchbay.tools.project.BuildFile.Located;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The pictures by which hosts show a plug-in in their lists, without loading it: PNG files that begin with the class id, one for each
 * scale factor (Steinberg, "UI Snapshots", VST 3.6.10).
 */
final class Snapshots {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private Snapshots() {}

    /**
     * Puts the author's picture into a bundle, or draws one of the plug-in's name and parameters.
     *
     * @return the files by their scale factors, as {@code moduleinfo.json} names them
     * @throws dev.patchbay.tools.ToolException if the author's picture is none
     */
    static SortedMap<Double, String> write(
            final BuildFile build,
            final List<Parameter> parameters,
            final Path bundle,
            final PrintWriter progress)
            throws IOException {
        final String id = HexFormat.of().withUpperCase().formatHex(build.plugin().uid());
        final Path folder = Files.createDirectories(bundle.resolve(BundleFiles.SNAPSHOTS));
        final String name = id + "_snapshot.png";
        if (build.plugin().snapshot().isPresent()) {
            Files.write(folder.resolve(name), own(build, build.plugin().snapshot().get()));
            return named(new TreeMap<>(Map.of(1.0, name)));
        }
        final SortedMap<Double, String> names = new TreeMap<>();
        names.put(1.0, name);
        names.put(2.0, id + "_snapshot_2.0x.png");
        final PanelPicture picture = new PanelPicture(build.plugin(), parameters);
        try {
            for (final var scale : names.entrySet()) {
                Files.write(folder.resolve(scale.getValue()), picture.png(scale.getKey()));
            }
        } catch (final PanelPicture.NoPictureException e) {
            Files.delete(folder);
            progress.println(
                    "warning: the bundle has no picture for hosts' lists, since this Java cannot"
                            + " draw text ("
                            + e.getMessage()
                            + "): install fontconfig and a font, or name a picture with"
                            + " plugin.snapshot in build.yaml.");
            return new TreeMap<>();
        }
        return named(names);
    }

    private static SortedMap<Double, String> named(final SortedMap<Double, String> names) {
        final String folder = BundleFiles.SNAPSHOTS.substring("Contents/".length());
        names.replaceAll((scale, name) -> folder + "/" + name);
        return names;
    }

    private static byte[] own(final BuildFile build, final Located picture) throws IOException {
        final Path file = build.beside(picture);
        if (!Files.isRegularFile(file)) {
            throw picture.place()
                    .error(
                            "is \""
                                    + picture.text()
                                    + "\", which is no file beside the build file, expected a PNG"
                                    + " file");
        }
        final byte[] bytes = Files.readAllBytes(file);
        if (bytes.length < PNG.length || !Arrays.equals(Arrays.copyOf(bytes, PNG.length), PNG)) {
            throw picture.place()
                    .error(
                            "is \""
                                    + picture.text()
                                    + "\", which does not begin as a PNG file does, expected one");
        }
        return bytes;
    }
}

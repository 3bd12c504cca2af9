// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import dev.patchbay.tools.project.BuildFile.Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Gathers the licences that the jars of a bundle carry, and says where the others are. */
final class Licences {
    private static final Pattern LICENCE =
            Pattern.compile(
                    "META-INF/((LICEN[CS]E|NOTICE|COPYING|AL2\\.0|LGPL2\\.1)[^/]*)",
                    Pattern.CASE_INSENSITIVE);

    private Licences() {}

    /** Writes a folder of licences by jar, and a note. */
    static void write(
            final BridgeLibrary bridge,
            final Collection<Path> jars,
            final List<Module> libraries,
            final Path folder)
            throws IOException {
        Files.createDirectories(folder);
        final SortedMap<String, Path> byName = new TreeMap<>();
        jars.forEach(jar -> byName.put(jar.getFileName().toString(), jar));
        final StringBuilder note =
                new StringBuilder("Licences of what this plug-in's bundle holds\n\n");
        if (!jars.isEmpty()) {
            note.append("The Java runtime: Contents/x86_64-linux/runtime/legal, by module.\n");
        }
        note.append("The plug-in's library, the Patchbay bridge: ")
                .append(bridge.licence())
                .append(".\n");
        note.append("VST is a registered trademark of Steinberg Media Technologies GmbH.\n\n");
        note.append("In Contents/Resources/modules:\n");
        for (final var entry : byName.entrySet()) {
            final int found = extract(entry.getValue(), folder.resolve(stem(entry.getKey())));
            note.append("  ").append(entry.getKey()).append(": ");
            note.append(found > 0 ? "the folder " + stem(entry.getKey()) : known(entry.getKey()))
                    .append('\n');
        }
        for (final Module library : libraries) {
            note.append("  ")
                    .append(NativeLibraryFile.fileName(library))
                    .append(": carries no licence of its own\n");
        }
        Files.writeString(folder.resolve("README.txt"), note);
    }

    /** Some jars under a well-known licence do not carry it. */
    private static String known(final String jarName) {
        if (jarName.startsWith("agrona-")) {
            return "Apache-2.0, https://github.com/aeron-io/agrona";
        }
        if (jarName.startsWith("asm-")) {
            return "BSD-3-Clause, https://asm.ow2.io/license.html";
        }
        return jarName.startsWith("patchbay-") && !jarName.contains("example")
                ? "Apache-2.0"
                : "carries no licence of its own";
    }

    private static int extract(final Path jar, final Path folder) throws IOException {
        int found = 0;
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            final List<? extends ZipEntry> entries =
                    zip.stream().filter(entry -> !entry.isDirectory()).toList();
            for (final ZipEntry entry : entries) {
                final var matcher = LICENCE.matcher(entry.getName());
                if (matcher.matches()) {
                    Files.createDirectories(folder);
                    Files.copy(zip.getInputStream(entry), folder.resolve(matcher.group(1)));
                    found++;
                }
            }
        }
        return found;
    }

    private static String stem(final String jarName) {
        return jarName.substring(0, jarName.lastIndexOf('.'));
    }
}

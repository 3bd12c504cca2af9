// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import dev.patchbay.control.json.JsonException;
import dev.patchbay.control.state.PluginIdentity;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** One look at a folder of presets: what is in it now, read anew only where it has changed since the look before. */
final class FolderScan {
    /** The most files that are listed. */
    static final int MOST_FILES = 20_000;

    static final String ENDING = ".json";

    /** About how much memory all presets together may take, in bytes. */
    private static final long MOST_MEMORY = 64 << 20;

    private final PluginIdentity plugin;
    private final FolderScan before;
    private final Map<Path, Entry> entries = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private long memory;
    private boolean isFull;

    /** A file as it was when it was read; exactly one of preset and problem is there. */
    private record Entry(Object identity, StoredPreset preset, String problem) {}

    private FolderScan(final PluginIdentity plugin, final FolderScan before) {
        this.plugin = plugin;
        this.before = before;
    }

    /** {@return a scan of nothing, to start with} */
    static FolderScan none(final PluginIdentity plugin) {
        return new FolderScan(plugin, null);
    }

    /** {@return what is in the folder now; nothing where there is no folder} */
    FolderScan next(final Path folder) {
        final FolderScan scan = new FolderScan(plugin, new FolderScan(plugin, null));
        scan.before.entries.putAll(entries);
        if (Files.isDirectory(folder)) {
            for (final Path entry : scan.inside(folder)) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    scan.takeBank(entry);
                } else {
                    scan.take(entry, "");
                }
            }
        }
        scan.before.entries.clear();
        return scan;
    }

    PresetListing listing() {
        final List<StoredPreset> presets = new ArrayList<>();
        final TreeSet<String> sentences = new TreeSet<>(problems);
        for (final Entry entry : entries.values()) {
            if (entry.preset() != null) {
                presets.add(entry.preset());
            } else {
                sentences.add(entry.problem());
            }
        }
        return new PresetListing(presets, List.copyOf(sentences));
    }

    /** {@return the file of a preset; null where it is not there} */
    Path file(final String id) {
        for (final Map.Entry<Path, Entry> entry : entries.entrySet()) {
            final StoredPreset preset = entry.getValue().preset();
            if (preset != null && preset.id().equals(id)) {
                return entry.getKey();
            }
        }
        return null;
    }

    private void takeBank(final Path folder) {
        try {
            // Also brings characters into one form: macOS hands out others than were given to it.
            final String bank = FileNames.checkBank(folder.getFileName().toString());
            inside(folder).forEach(file -> take(file, bank));
        } catch (final IllegalArgumentException e) {
            problems.add("The folder " + folder + " is left out: " + e.getMessage());
        }
    }

    private Iterable<Path> inside(final Path folder) {
        final TreeSet<Path> found = new TreeSet<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (final Path entry : all) {
                if (!entry.getFileName().toString().startsWith(".")) {
                    found.add(entry);
                }
            }
        } catch (final IOException | DirectoryIteratorException e) {
            problems.add("The folder " + folder + " cannot be listed: " + e + ".");
        }
        return found;
    }

    private void take(final Path file, final String bank) {
        if (isFull || !file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ENDING)) {
            return;
        }
        if (entries.size() >= MOST_FILES || memory > MOST_MEMORY) {
            isFull = true;
            problems.add(
                    "Only the first "
                            + entries.size()
                            + " presets are listed, up to "
                            + file
                            + ": move some to another place.");
            return;
        }
        try {
            final Object identity = identity(file);
            final Entry known = before.entries.get(file);
            final Entry entry =
                    known != null && known.identity().equals(identity)
                            ? known
                            : new Entry(identity, read(file, bank), null);
            memory += entry.preset().preset().weight();
            entries.put(file, entry);
        } catch (final NoSuchFileException e) {
            // Removed by another process since the folder was listed.
            return;
        } catch (final IOException e) {
            leaveOut(file, new PresetException("Reading", file, e).getMessage());
        } catch (final JsonException e) {
            leaveOut(file, e.getMessage());
        }
    }

    private void leaveOut(final Path file, final String sentence) {
        memory += sentence.length();
        entries.put(file, new Entry(new Object(), null, sentence));
    }

    /** What changes when a file does: replaced ones are other files, and edited ones have another time. */
    private static Object identity(final Path file) throws IOException {
        final BasicFileAttributes a =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return Arrays.asList(a.fileKey(), a.size(), a.lastModifiedTime());
    }

    private StoredPreset read(final Path file, final String bank)
            throws IOException, JsonException {
        final byte[] bytes = PresetFiles.read(file, LinkOption.NOFOLLOW_LINKS);
        return new StoredPreset(
                StoredPreset.Origin.USER,
                bank,
                file.getFileName().toString(),
                PresetJson.read(bytes, file.toString(), plugin),
                PresetFiles.stamp(bytes));
    }
}

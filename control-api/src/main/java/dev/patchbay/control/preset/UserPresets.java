// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import dev.patchbay.control.json.JsonException;
import dev.patchbay.control.state.PluginIdentity;
import dev.patchbay.layout.Parameter;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The presets in a user's folder, a folder for each bank. Other processes may read and change them at any time: each listing looks
 * at the folder, and each change is made under a lock and compared with what the caller knew.
 */
final class UserPresets {
    /** The most files that are listed. */
    static final int MOST_FILES = 20_000;

    private static final String ENDING = ".json";

    private final Path folder;
    private final PluginIdentity plugin;
    private final List<Parameter> parameters;

    /** What was read, so that a listing reads only what has changed since. */
    private Map<Path, Read> known = new HashMap<>();

    /** A file as it was when it was read; exactly one of preset and problem is there. */
    private record Read(Object identity, StoredPreset preset, String problem) {}

    UserPresets(final Path folder, final PluginIdentity plugin, final List<Parameter> parameters) {
        this.folder = folder;
        this.plugin = plugin;
        this.parameters = parameters;
    }

    /** {@return what is in the folder now; nothing where there is no folder} */
    PresetListing list() {
        final List<String> problems = new ArrayList<>();
        final Map<Path, Read> read = new HashMap<>();
        if (Files.isDirectory(folder)) {
            for (final Path entry : entries(folder, problems)) {
                final String name = entry.getFileName().toString();
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    listBank(entry, name, read, problems);
                } else {
                    take(entry, "", read, problems);
                }
            }
        }
        known = read;
        final List<StoredPreset> presets = new ArrayList<>();
        for (final Read one : read.values()) {
            if (one.preset() != null) {
                presets.add(one.preset());
            } else {
                problems.add(one.problem());
            }
        }
        problems.sort(null);
        return new PresetListing(presets, problems);
    }

    private void listBank(
            final Path entry,
            final String name,
            final Map<Path, Read> read,
            final List<String> problems) {
        try {
            // macOS hands out other forms of the same characters than were given to it.
            final String bank = FileNames.checkBank(name);
            for (final Path file : entries(entry, problems)) {
                take(file, bank, read, problems);
            }
        } catch (final IllegalArgumentException e) {
            problems.add("The folder " + entry + " is left out: " + e.getMessage());
        }
    }

    private static List<Path> entries(final Path folder, final List<String> problems) {
        final Set<Path> entries = new TreeSet<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (final Path entry : all) {
                if (!entry.getFileName().toString().startsWith(".")) {
                    entries.add(entry);
                }
            }
        } catch (final IOException | java.nio.file.DirectoryIteratorException e) {
            problems.add("The folder " + folder + " cannot be listed: " + e + ".");
        }
        return List.copyOf(entries);
    }

    private void take(
            final Path file,
            final String bank,
            final Map<Path, Read> read,
            final List<String> problems) {
        if (!file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ENDING)) {
            return;
        }
        if (read.size() >= MOST_FILES) {
            if (read.size() == MOST_FILES) {
                problems.add(
                        "Only the first " + MOST_FILES + " files of " + folder + " are listed.");
            }
            return;
        }
        final Read before = known.get(file);
        try {
            final Object identity = identity(file);
            read.put(
                    file,
                    before != null && before.identity().equals(identity)
                            ? before
                            : new Read(identity, read(file, bank), null));
        } catch (final NoSuchFileException e) {
            // Removed by another process since the folder was listed.
            return;
        } catch (final IOException e) {
            final String sentence = new PresetException("Reading", file, e).getMessage();
            read.put(file, new Read(new Object(), null, sentence));
        } catch (final JsonException e) {
            read.put(file, new Read(new Object(), null, e.getMessage()));
        }
    }

    /** What changes when a file does: replaced ones are other files, and edited ones have another time. */
    private static Object identity(final Path file) throws IOException {
        final BasicFileAttributes a =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return java.util.Arrays.asList(a.fileKey(), a.size(), a.lastModifiedTime());
    }

    private StoredPreset read(final Path file, final String bank)
            throws IOException, JsonException {
        final byte[] bytes = PresetFiles.read(file, LinkOption.NOFOLLOW_LINKS);
        return stored(
                bank,
                file.getFileName().toString(),
                PresetJson.read(bytes, file.toString(), plugin),
                bytes);
    }

    private static StoredPreset stored(
            final String bank, final String file, final Preset preset, final byte[] bytes) {
        return new StoredPreset(
                StoredPreset.Origin.USER, bank, file, preset, PresetFiles.stamp(bytes));
    }

    /**
     * Adds a preset.
     *
     * @throws PresetConflictException if the bank has one of this name, without regard to case
     */
    StoredPreset add(final String bank, final Preset preset) throws PresetException {
        final byte[] bytes = bytes(preset);
        try {
            Files.createDirectories(folder);
            try (FolderLock lock = FolderLock.take(folder)) {
                checkFree(bank, preset.name(), null);
                final Path place = bankFolder(bank);
                lock.clearUnfinished(place);
                final String file = freeFile(place, preset.name());
                PresetFiles.write(place.resolve(file), bytes);
                return stored(bankOf(place), file, preset, bytes);
            }
        } catch (final IOException e) {
            throw new PresetException("Saving the preset \"" + preset.name() + "\" in", folder, e);
        }
    }

    /**
     * Writes a preset over another.
     *
     * @throws PresetConflictException if the file is no longer what the caller knew, or the new name is another's
     */
    StoredPreset replace(final StoredPreset old, final Preset preset) throws PresetException {
        final byte[] bytes = bytes(preset);
        try (FolderLock lock = FolderLock.take(folder)) {
            final Path file = unchanged(old);
            lock.clearUnfinished(file.getParent());
            checkFree(old.bank(), preset.name(), old.id());
            PresetFiles.write(file, bytes);
            return stored(old.bank(), old.file(), preset, bytes);
        } catch (final IOException e) {
            throw new PresetException("Saving the preset \"" + preset.name() + "\" in", folder, e);
        }
    }

    /**
     * Removes a preset.
     *
     * @throws PresetConflictException if the file is no longer what the caller knew
     */
    void remove(final StoredPreset old) throws PresetException {
        try (FolderLock lock = FolderLock.take(folder)) {
            final Path file = unchanged(old);
            lock.clearUnfinished(file.getParent());
            Files.delete(file);
            PresetFiles.sync(file.getParent());
        } catch (final IOException e) {
            throw new PresetException(
                    "Removing the preset \"" + old.preset() + "\" from", folder, e);
        }
    }

    private byte[] bytes(final Preset preset) throws PresetException {
        final byte[] bytes = PresetJson.file(preset, plugin, parameters);
        if (bytes.length > PresetFiles.MOST_BYTES) {
            throw new PresetException(
                    "The preset \""
                            + preset.name()
                            + "\" has "
                            + bytes.length
                            + " bytes as a file, and at most "
                            + PresetFiles.MOST_BYTES
                            + " can be read back: it is not saved.");
        }
        return bytes;
    }

    private void checkFree(final String bank, final String name, final String exceptId)
            throws PresetConflictException {
        for (final StoredPreset other : list().presets()) {
            if (caseless(other.bank()).equals(caseless(bank))
                    && caseless(other.preset().name()).equals(caseless(name))
                    && !other.id().equals(exceptId)) {
                throw new PresetConflictException(
                        "There is a preset \""
                                + other.preset().name()
                                + "\" "
                                + (bank.isEmpty() ? "" : "in the bank \"" + other.bank() + "\" ")
                                + "already: choose another name, or replace it.");
            }
        }
    }

    /** Finds the file by listing, so that no path is made of what a caller or a state says. */
    private Path unchanged(final StoredPreset old) throws PresetException, IOException {
        list();
        for (final Map.Entry<Path, Read> entry : known.entrySet()) {
            final StoredPreset now = entry.getValue().preset();
            if (now != null && now.id().equals(old.id())) {
                final byte[] bytes = PresetFiles.read(entry.getKey(), LinkOption.NOFOLLOW_LINKS);
                if (!PresetFiles.stamp(bytes).equals(old.stamp())) {
                    throw new PresetConflictException(
                            "The preset \""
                                    + old.preset()
                                    + "\" was changed since it was loaded: save under another name,"
                                    + " or load it again.");
                }
                return entry.getKey();
            }
        }
        throw new PresetConflictException(
                "The preset \""
                        + old.preset()
                        + "\" is no longer in "
                        + folder
                        + ": save it as a new one.");
    }

    /** The bank's folder, made if there is none; one that differs in case alone is the same. */
    private Path bankFolder(final String bank) throws IOException {
        if (bank.isEmpty()) {
            return folder;
        }
        for (final Path entry : entries(folder, new ArrayList<>())) {
            if (caseless(entry.getFileName().toString()).equals(caseless(bank))
                    && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                return entry;
            }
        }
        final Path made = Files.createDirectory(folder.resolve(bank));
        PresetFiles.sync(folder);
        return made;
    }

    private String bankOf(final Path place) {
        return place.equals(folder) ? "" : FileNames.checkBank(place.getFileName().toString());
    }

    /** A name that no file has, also where case does not count. */
    private static String freeFile(final Path place, final String name) throws IOException {
        final Set<String> taken = new TreeSet<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(place)) {
            all.forEach(entry -> taken.add(caseless(entry.getFileName().toString())));
        }
        final String stem = FileNames.of(name);
        String file = stem + ENDING;
        for (int i = 2; taken.contains(caseless(file)); i++) {
            file = stem + " " + i + ENDING;
        }
        return file;
    }

    private static String caseless(final String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }
}

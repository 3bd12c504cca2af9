// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import dev.patchbay.control.state.PluginIdentity;
import dev.patchbay.layout.Parameter;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The presets in a user's folder, a folder for each bank. Other processes may read and change them at any time: each listing looks
 * at the folder, and each change is made under a lock and compared with what the caller knew.
 */
final class UserPresets {
    private final Path folder;
    private final PluginIdentity plugin;
    private final List<Parameter> parameters;
    private FolderScan scan;

    UserPresets(final Path folder, final PluginIdentity plugin, final List<Parameter> parameters) {
        this.folder = folder;
        this.plugin = plugin;
        this.parameters = parameters;
        this.scan = FolderScan.none(plugin);
    }

    /** {@return what is in the folder now; nothing where there is no folder} */
    PresetListing list() {
        scan = scan.next(folder);
        return scan.listing();
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
        try (FolderLock lock = FolderLock.take(folder)) {
            checkFree(bank, preset.name(), null);
            final Path place = bankFolder(bank);
            lock.clearUnfinished(place);
            final String file = freeFile(place, preset.name());
            PresetFiles.write(place.resolve(file), bytes);
            return stored(bankOf(place), file, preset, bytes);
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
        PresetFiles.checkReadable(preset, bytes, "saved");
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
        final Path file = scan.file(old.id());
        if (file != null) {
            final byte[] bytes = PresetFiles.read(file, LinkOption.NOFOLLOW_LINKS);
            if (!PresetFiles.stamp(bytes).equals(old.stamp())) {
                throw new PresetConflictException(
                        "The preset \""
                                + old.preset()
                                + "\" was changed since it was loaded: save under another name, or"
                                + " load it again.");
            }
            return file;
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
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (final Path entry : all) {
                if (caseless(entry.getFileName().toString()).equals(caseless(bank))
                        && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    return entry;
                }
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
        String file = stem + FolderScan.ENDING;
        for (int i = 2; taken.contains(caseless(file)); i++) {
            file = stem + " " + i + FolderScan.ENDING;
        }
        return file;
    }

    private static String caseless(final String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import dev.patchbay.control.json.JsonException;
import dev.patchbay.control.state.ComponentState;
import dev.patchbay.control.state.ControlState;
import dev.patchbay.control.state.ParameterValues;
import dev.patchbay.control.state.PluginIdentity;
import dev.patchbay.layout.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The presets of a plug-in: those it came with, and those in the user's folder, which all instances of all hosts share. Another process's
 * change is seen at the next call. Not thread-safe; methods read and write files, so they take their time.
 */
public final class PresetLibrary {
    private final PluginIdentity plugin;
    private final List<Parameter> parameters;
    private final PresetListing factory;
    private final UserPresets user;

    /**
     * Opens a library.
     *
     * @param plugin whose presets they are; those of others are refused
     * @param parameters the declared parameters, in the order of their indices
     * @param module the class beside which, in a folder {@code presets}, the factory presets lie
     * @param userFolder the folder of the user's presets; made when the first is saved
     */
    public PresetLibrary(
            final PluginIdentity plugin,
            final List<Parameter> parameters,
            final Class<?> module,
            final Path userFolder) {
        this.plugin = plugin;
        this.parameters = List.copyOf(parameters);
        this.factory = FactoryPresets.read(module, plugin);
        this.user = new UserPresets(userFolder, plugin, this.parameters);
    }

    /**
     * {@return the library of the user whose process this is} The user's presets lie in {@code patchbay/VENDOR/PLUG-IN/presets} in
     * {@code $XDG_DATA_HOME}, or in {@code ~/.local/share}.
     *
     * @param plugin whose presets they are
     * @param parameters the declared parameters, in the order of their indices
     * @param module the class beside which the factory presets lie
     */
    public static PresetLibrary ofUser(
            final PluginIdentity plugin, final List<Parameter> parameters, final Class<?> module) {
        return new PresetLibrary(
                plugin,
                parameters,
                module,
                UserData.presets(System.getenv(), System.getProperty("user.home"), plugin));
    }

    /** {@return whose presets these are} */
    public PluginIdentity plugin() {
        return plugin;
    }

    List<Parameter> parameters() {
        return parameters;
    }

    /** {@return all presets there are now, and what is wrong with files that are none} */
    public PresetListing list() {
        final PresetListing own = user.list();
        final List<StoredPreset> presets = new ArrayList<>(factory.presets());
        presets.addAll(own.presets());
        final List<String> problems = new ArrayList<>(factory.problems());
        problems.addAll(own.problems());
        return new PresetListing(presets, problems);
    }

    /**
     * {@return the presets that answer a query, see {@link PresetQuery#filter}}
     *
     * @param query what is wanted
     */
    public List<StoredPreset> search(final PresetQuery query) {
        return query.filter(list().presets());
    }

    /**
     * {@return the preset with this id, if there is one now}
     *
     * @param id see {@link StoredPreset#id}
     */
    public Optional<StoredPreset> find(final String id) {
        return list().presets().stream().filter(stored -> stored.id().equals(id)).findFirst();
    }

    /** {@return the banks that have a preset, sorted; the empty name stands for presets outside of banks} */
    public List<String> banks() {
        return distinct(list().presets().stream().map(StoredPreset::bank).toList());
    }

    /** {@return the tags that a preset has, sorted} */
    public List<String> tags() {
        return distinct(
                list().presets().stream().flatMap(s -> s.preset().tags().stream()).toList());
    }

    private static List<String> distinct(final List<String> texts) {
        final Map<String, String> byFold = new TreeMap<>();
        texts.stream().sorted().forEach(t -> byFold.putIfAbsent(TextRule.folded(t), t));
        return List.copyOf(byFold.values());
    }

    /**
     * Saves a new preset in the user's folder. It is there whole or not at all, also after a loss of power.
     *
     * @param bank the folder's name; empty for none
     * @param preset what to save
     * @return where it is now
     * @throws PresetConflictException if the bank has a user preset of this name already, without regard to case
     * @throws PresetException if it cannot be written
     * @throws IllegalArgumentException if the bank's name cannot be one of a folder
     */
    public StoredPreset add(final String bank, final Preset preset) throws PresetException {
        return user.add(FileNames.checkBank(bank), preset);
    }

    /**
     * Saves a preset over another one of the user's, perhaps under another name; its file keeps its name.
     *
     * @param old the one to replace, as it was listed or saved
     * @param preset what to save
     * @return the same place with what it holds now
     * @throws PresetConflictException if somebody has changed or removed the file since, or the name is another's
     * @throws PresetException if it is a factory preset, or cannot be written
     */
    public StoredPreset replace(final StoredPreset old, final Preset preset)
            throws PresetException {
        checkUsers(old);
        return user.replace(old, preset);
    }

    /**
     * Removes a preset of the user's.
     *
     * @param old the one to remove, as it was listed or saved
     * @throws PresetConflictException if somebody has changed or removed the file since
     * @throws PresetException if it is a factory preset, or cannot be removed
     */
    public void remove(final StoredPreset old) throws PresetException {
        checkUsers(old);
        user.remove(old);
    }

    private static void checkUsers(final StoredPreset stored) throws PresetException {
        if (stored.origin() != StoredPreset.Origin.USER) {
            throw new PresetException(
                    "\""
                            + stored.preset()
                            + "\" came with the plug-in and cannot be changed: save it as a new"
                            + " preset.");
        }
    }

    /**
     * Copies a file, this program's JSON or a {@code .vstpreset}, told apart by what is in it, into the user's folder. A name that is taken
     * gets a number.
     *
     * @param file any file that can be read, also through a link
     * @param bank the folder's name; empty for none
     * @return where it is now
     * @throws PresetException if it is no preset of this plug-in, or cannot be read or written
     * @throws IllegalArgumentException if the bank's name cannot be one of a folder
     */
    public StoredPreset importFile(final Path file, final String bank) throws PresetException {
        FileNames.checkBank(bank);
        return addNumbered(read(file), bank);
    }

    /**
     * Brings a file's bytes into the user's folder, see {@link #importFile}.
     *
     * @param name of the file, for messages, and for a preset whose file has none
     * @param bytes all of it
     * @param bank the folder's name; empty for none
     * @return where it is now
     * @throws PresetException if it is no preset of this plug-in, or cannot be written
     * @throws IllegalArgumentException if the bank's name cannot be one of a folder
     */
    public StoredPreset importBytes(final String name, final byte[] bytes, final String bank)
            throws PresetException {
        FileNames.checkBank(bank);
        return addNumbered(read(bytes, name), bank);
    }

    private StoredPreset addNumbered(final Preset preset, final String bank)
            throws PresetException {
        final String checkedBank = FileNames.checkBank(bank);
        Preset named = preset;
        for (int i = 2; ; i++) {
            try {
                return user.add(checkedBank, named);
            } catch (final PresetConflictException e) {
                if (i > FolderScan.MOST_FILES) {
                    throw e;
                }
                final String name = preset.name();
                final int most = Math.min(90, name.codePointCount(0, name.length()));
                named =
                        preset.withName(
                                name.substring(0, name.offsetByCodePoints(0, most)) + " " + i);
            }
        }
    }

    /**
     * {@return the preset in a file, this program's JSON or a {@code .vstpreset}; nothing is saved}
     *
     * @param file any file that can be read
     * @throws PresetException if it is no preset of this plug-in, or cannot be read
     */
    public Preset read(final Path file) throws PresetException {
        try {
            return read(PresetFiles.read(file), file.toString());
        } catch (final IOException e) {
            throw new PresetException("Reading", file, e);
        }
    }

    private Preset read(final byte[] bytes, final String name) throws PresetException {
        try {
            return VstPreset.isOne(bytes)
                    ? fromVst(VstPreset.read(bytes, name), name)
                    : PresetJson.read(bytes, name, plugin);
        } catch (final JsonException e) {
            throw new PresetException(e);
        }
    }

    /** The name is the file's, as the user gave it to the host; author, tags and comment are what control's part remembers. */
    private Preset fromVst(final VstPreset vst, final String file) throws PresetException {
        if (!vst.uid().equals(plugin.uid())) {
            throw new PresetException(
                    file
                            + " is a preset of the plug-in with the class id "
                            + vst.uid()
                            + ", expected "
                            + plugin.uid()
                            + " ("
                            + plugin
                            + ").");
        }
        try {
            final ComponentState state = ComponentState.decode(vst.component());
            final TreeMap<Integer, Double> values = new TreeMap<>(state.values().byId());
            parameters.stream()
                    .filter(parameter -> !ParameterValues.isOfSounds(parameter))
                    .forEach(parameter -> values.remove(parameter.id()));
            final String fileName = file.substring(file.lastIndexOf('/') + 1);
            final int dot = fileName.lastIndexOf('.');
            final String name = dot > 0 ? fileName.substring(0, dot) : fileName;
            final ParameterValues sound = ParameterValues.of(values);
            return remembered(state.control())
                    .map(preset -> preset.withName(name).withValues(sound))
                    .orElseGet(() -> Preset.of(name, sound));
        } catch (final IllegalArgumentException e) {
            throw new PresetException(file + ": " + e.getMessage());
        }
    }

    /** Control's part may be that of a native module or of a newer build: then the sound is all there is. */
    private Optional<Preset> remembered(final byte[] control) {
        try {
            final byte[] presets = ControlState.decode(control).presets();
            return presets.length == 0
                    ? Optional.empty()
                    : Optional.ofNullable(SessionJson.read(presets, plugin).active().preset());
        } catch (final IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Writes a preset into a file of its own: a {@code .vstpreset} where the file's name ends so, else JSON, for which it must end in
     * {@code .json}. It is there whole or not at all.
     *
     * @param preset what to write
     * @param file where to; its folder must be there
     * @param replace whether a file that is there may be replaced
     * @throws PresetConflictException if a file is there and may not be replaced
     * @throws PresetException if the ending is another, or the file cannot be written
     */
    public void exportFile(final Preset preset, final Path file, final boolean replace)
            throws PresetException {
        final String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        final PresetFile.Format format =
                PresetFile.Format.ofFile(name)
                        .orElseThrow(
                                () ->
                                        new PresetException(
                                                "A preset is exported to a file that ends in .json"
                                                        + " or .vstpreset, but "
                                                        + file
                                                        + " was given."));
        final byte[] bytes = export(preset, format).bytes();
        boolean isClaimed = false;
        try {
            if (!replace) {
                // Takes the name in one step, so that no other's file can be lost.
                Files.createFile(file);
                isClaimed = true;
            }
            PresetFiles.write(file, bytes);
        } catch (final java.nio.file.FileAlreadyExistsException e) {
            throw new PresetConflictException(
                    file + " is there already: choose another name, or replace it.");
        } catch (final IOException e) {
            if (isClaimed) {
                giveUp(file, e);
            }
            throw new PresetException("Writing", file, e);
        }
    }

    /**
     * {@return a preset as a file, named after it}
     *
     * @param preset what is to be written
     * @param format which kind of file
     * @throws PresetException if it has more bytes than can be read back
     */
    public PresetFile export(final Preset preset, final PresetFile.Format format)
            throws PresetException {
        final byte[] bytes =
                format == PresetFile.Format.VSTPRESET
                        ? toVst(preset)
                        : PresetJson.file(preset, plugin, parameters);
        PresetFiles.checkReadable(preset, bytes, "written");
        return new PresetFile(FileNames.of(preset.name()) + format.ending(), bytes);
    }

    private static void giveUp(final Path file, final IOException cause) {
        try {
            Files.deleteIfExists(file);
        } catch (final IOException e) {
            cause.addSuppressed(e);
        }
    }

    private byte[] toVst(final Preset preset) {
        final byte[] presets = SessionJson.ofPreset(preset).write(plugin);
        final ComponentState state =
                new ComponentState(
                        preset.values(), new ControlState(presets, new byte[0]).encode());
        return new VstPreset(plugin.uid(), state.encode(parameters)).write(plugin, preset.name());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import com.fasterxml.jackson.core.io.NumberOutput;
import dev.patchbay.control.preset.SessionJson.Buffer;
import dev.patchbay.control.state.ParameterValues;
import dev.patchbay.layout.Parameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The presets of one plug-in instance: what is loaded, whether it was edited since, two slots to compare, and what goes between sounds. Every
 * sound is set as one transaction of parameters, so nobody ever hears a mixture of two. Not thread-safe: for the control module's thread.
 */
public final class PresetSession {
    private PresetLibrary library;
    private final List<Parameter> parameters;
    private final Consumer<Map<Integer, Double>> change;
    private final Runnable stateChanged;

    /** What is heard, normalized, by index. Doubles, so that a preset's own values survive the 32 bits of the region. */
    private final double[] values;

    private Slot playing = Slot.A;
    private Buffer active = Buffer.EMPTY;
    private Buffer other;

    /**
     * Starts without a preset.
     *
     * @param library the presets there are
     * @param initial the parameters' normalized values now, by index
     * @param change applies normalized values by index, all or none; see {@code ControlContext.change}
     * @param stateChanged called when {@link #saveState} would give other bytes
     */
    public PresetSession(
            final PresetLibrary library,
            final float[] initial,
            final Consumer<Map<Integer, Double>> change,
            final Runnable stateChanged) {
        this.library = library;
        this.parameters = library.parameters();
        this.change = change;
        this.stateChanged = stateChanged;
        this.values = new double[parameters.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = exact(initial[i]);
        }
    }

    /** {@return the presets there are} */
    public PresetLibrary library() {
        return library;
    }

    /**
     * Takes the presets of another version of the plug-in. What is loaded stays loaded.
     *
     * @param renewed of the same plug-in and parameters
     */
    public void library(final PresetLibrary renewed) {
        library = renewed;
    }

    /**
     * Tells that a parameter has a new value, whoever changed it.
     *
     * @param index the parameter's place in the declaration
     * @param value normalized, 0 to 1; clamped, NaN counts as 0
     */
    public void parameterChanged(final int index, final float value) {
        final float normalized = value > 0 ? Math.min(value, 1) : 0;
        final double loaded =
                active.preset() == null
                        ? values[index]
                        : active.preset().values().of(parameters.get(index));
        // What comes back from the region is rounded: if it was ours, we know it better.
        if ((float) loaded == normalized) {
            values[index] = loaded;
        } else if ((float) values[index] != normalized) {
            values[index] = exact(normalized);
        }
    }

    /** The shortest decimal that rounds to these 32 bits is what a person or a host most likely meant, such as 0.1. */
    private static double exact(final float normalized) {
        return Double.parseDouble(NumberOutput.toString(normalized, true));
    }

    /** {@return the preset that was loaded or saved last in the slot that plays, as it was then, if there is one} */
    public Optional<Preset> loaded() {
        return Optional.ofNullable(active.preset());
    }

    /** {@return the place of {@link #loaded} in the library, see {@link StoredPreset#id}; it may be gone since} */
    public Optional<String> loadedId() {
        return Optional.ofNullable(active.id());
    }

    /**
     * {@return whether what plays differs from {@link #loaded}: a step is another, or a continuous value is farther away than
     * {@link ParameterValues#SAME}} Moved back, it is not edited any more. Without a preset nothing is edited.
     */
    public boolean isEdited() {
        if (active.preset() == null) {
            return false;
        }
        for (int i = 0; i < values.length; i++) {
            final Parameter parameter = parameters.get(i);
            if (ParameterValues.isOfSounds(parameter)
                    && !ParameterValues.isSame(
                            parameter, active.preset().values().of(parameter), values[i])) {
                return true;
            }
        }
        return false;
    }

    /** {@return what plays, with what the loaded preset holds for parameters that this version does not have} */
    public ParameterValues values() {
        final Map<Integer, Double> sound = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            if (ParameterValues.isOfSounds(parameters.get(i))) {
                sound.put(parameters.get(i).id(), values[i]);
            }
        }
        final ParameterValues known = ParameterValues.of(sound);
        return active.preset() == null
                ? known
                : active.preset().values().unknownTo(parameters).with(known);
    }

    /**
     * {@return the sound of a slot; an empty one sounds as what plays}
     *
     * @param slot which one
     */
    public ParameterValues values(final Slot slot) {
        return slot == playing || other == null ? values() : other.values();
    }

    /**
     * Loads a preset into the slot that plays, as one transaction. A parameter that it does not name gets its default.
     *
     * @param stored the preset, as it was listed
     */
    public void load(final StoredPreset stored) {
        active = new Buffer(stored.preset(), stored.id(), stored.stamp(), null);
        apply(stored.preset().values());
    }

    /**
     * Loads a preset that lies in no library.
     *
     * @param preset any preset of this plug-in
     */
    public void load(final Preset preset) {
        active = new Buffer(preset, null, "", null);
        apply(preset.values());
    }

    /**
     * Loads the next preset of the library's listing, or one before: after the last comes the first.
     *
     * @param step 1 for the next, −1 for the one before
     * @return what was loaded; nothing where there are no presets
     */
    public Optional<StoredPreset> step(final int step) {
        final List<StoredPreset> all = library.list().presets();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        int at = step > 0 ? -1 : 0;
        for (int i = 0; i < all.size(); i++) {
            at = all.get(i).id().equals(active.id()) ? i : at;
        }
        final StoredPreset stored = all.get(Math.floorMod((long) at + step, all.size()));
        load(stored);
        return Optional.of(stored);
    }

    /** Goes back to {@link #loaded} as it was loaded; without one nothing happens. */
    public void revert() {
        loaded().ifPresent(preset -> apply(preset.values()));
    }

    /**
     * Saves what plays as a new preset of the user's, which is then the one that is loaded.
     *
     * @param bank the folder's name; empty for none
     * @param preset its texts; its values are replaced by what plays
     * @return where it is now
     * @throws PresetConflictException if the bank has a user preset of this name already
     * @throws PresetException if it cannot be written
     * @throws IllegalArgumentException if the bank's name cannot be one of a folder
     */
    public StoredPreset saveAs(final String bank, final Preset preset) throws PresetException {
        return saved(library.add(bank, preset.withValues(values())));
    }

    /**
     * Saves what plays over the preset of the user's that is loaded.
     *
     * @return where it is now
     * @throws PresetConflictException if somebody has changed or removed its file since it was loaded
     * @throws PresetException if none is loaded, it is a factory preset, or it cannot be written
     */
    public StoredPreset save() throws PresetException {
        if (active.id() == null) {
            throw new PresetException("No preset of the library is loaded: save it as a new one.");
        }
        final StoredPreset now =
                library.find(active.id())
                        .orElseThrow(
                                () ->
                                        new PresetConflictException(
                                                "The preset \""
                                                        + active.preset()
                                                        + "\" is no longer there: save it as a new"
                                                        + " one."));
        final StoredPreset known =
                new StoredPreset(
                        now.origin(), now.bank(), now.file(), now.preset(), active.stamp());
        return saved(library.replace(known, active.preset().withValues(values())));
    }

    private StoredPreset saved(final StoredPreset stored) {
        active = new Buffer(stored.preset(), stored.id(), stored.stamp(), null);
        stateChanged.run();
        return stored;
    }

    /** {@return the slot that plays} */
    public Slot playing() {
        return playing;
    }

    /**
     * Plays a slot, as one transaction; edits stay in the slot that is left. A slot where nobody has been before starts as a copy of the
     * one that is left.
     *
     * @param slot which one; the one that plays changes nothing
     */
    public void play(final Slot slot) {
        if (slot == playing) {
            return;
        }
        final Buffer left = buffer();
        final Buffer next = other == null ? left : other;
        playing = slot;
        other = left;
        active = new Buffer(next.preset(), next.id(), next.stamp(), null);
        apply(next.values());
    }

    /** Copies the slot that plays into the other one: the sound, and what is loaded. */
    public void copyToOther() {
        other = buffer();
        stateChanged.run();
    }

    private Buffer buffer() {
        return new Buffer(active.preset(), active.id(), active.stamp(), values());
    }

    /**
     * Plays a sound between two, as one transaction, in the slot that plays; see {@link ParameterValues#morph}. What is loaded stays, and is
     * edited.
     *
     * @param from the sound at 0, such as a preset's or {@link #values(Slot)} before the first call
     * @param to the sound at 1
     * @param position 0 to 1; clamped
     * @throws IllegalArgumentException if the position is NaN
     */
    public void morph(final ParameterValues from, final ParameterValues to, final double position) {
        apply(from.morph(to, position, parameters));
    }

    private void apply(final ParameterValues sound) {
        final Map<Integer, Double> byIndex = sound.byIndex(parameters);
        change.accept(byIndex);
        byIndex.forEach((index, value) -> values[index] = value);
        stateChanged.run();
    }

    /** {@return what a host stores of this session: what is loaded, and the slots; equal sessions give equal bytes} */
    public byte[] saveState() {
        return new SessionJson(playing, active, other).write(library.plugin());
    }

    /**
     * Reads what {@link #saveState} gave. No parameter changes: their values come from the host.
     *
     * @param state as stored; no bytes are a fresh session
     * @throws IllegalArgumentException if it cannot be read, with a sentence that says why; the session is as it was
     */
    public void loadState(final byte[] state) {
        final SessionJson read =
                state.length == 0
                        ? new SessionJson(Slot.A, Buffer.EMPTY, null)
                        : SessionJson.read(state, library.plugin());
        if (read.other() != null && read.other().values() == null) {
            throw new IllegalArgumentException(
                    "The state's other slot has no values, expected those of a sound.");
        }
        playing = read.playing();
        active = read.active();
        other = read.other();
        // What is heard may be what was loaded: then its own digits are known again.
        for (int i = 0; i < values.length; i++) {
            parameterChanged(i, (float) values[i]);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import dev.patchbay.control.midi.MidiMapping;
import dev.patchbay.control.parameter.ParameterWriter;
import dev.patchbay.control.preset.Preset;
import dev.patchbay.control.preset.PresetException;
import dev.patchbay.control.preset.PresetFile;
import dev.patchbay.control.preset.PresetLibrary;
import dev.patchbay.control.preset.PresetSession;
import dev.patchbay.control.preset.Slot;
import dev.patchbay.control.preset.StoredPreset;
import dev.patchbay.control.state.ParameterValues;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.ParameterText;
import java.util.concurrent.CompletableFuture;

/** Does what people do in user interfaces. For the control module's thread. */
final class UiDesk {
    private final UiSources sources;
    private final LaneDesk lanes;
    private boolean presetsChanged;
    private Ends ends;

    /** The two sounds of a morph, how far it is, and what was heard then. */
    private record Ends(
            ParameterValues from, ParameterValues to, double position, ParameterValues heard) {}

    UiDesk(final UiSources sources) {
        this.sources = sources;
        this.lanes = new LaneDesk(sources.registry(), sources.automation());
    }

    /** How far a morph is; NaN where there is none, or something else has been changed since. */
    double morph() {
        if (ends != null && !ends.heard.equals(sources.presets().get().values())) {
            ends = null;
        }
        return ends == null ? Double.NaN : ends.position;
    }

    /** Whether presets were saved or removed since the last call. */
    boolean takePresetsChanged() {
        final boolean changed = presetsChanged;
        presetsChanged = false;
        return changed;
    }

    void apply(final UiEvent event, final ParameterWriter writer) throws PresetException {
        if (!parameter(event, writer) && !midi(event) && !automation(event) && !preset(event)) {
            throw new IllegalArgumentException("No event that is known here: " + event);
        }
    }

    /** Gives the module what is meant for it; a module elsewhere answers later. */
    CompletableFuture<Void> give(final UiEvent.ForModule own) {
        final UiModule module =
                sources.module()
                        .get()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "The module has no user interface of its own, but"
                                                        + " was sent \""
                                                        + own.name()
                                                        + "\"."));
        if (module instanceof RemoteUiModule) {
            return ((RemoteUiModule) module).post(own.name(), own.value());
        }
        module.handleUiEvent(own.name(), own.value());
        return CompletableFuture.completedFuture(null);
    }

    private boolean parameter(final UiEvent event, final ParameterWriter writer) {
        if (event instanceof UiEvent.Set) {
            writer.set(((UiEvent.Set) event).parameter(), ((UiEvent.Set) event).normalized());
        } else if (event instanceof UiEvent.Begin) {
            writer.begin(((UiEvent.Begin) event).parameter());
        } else if (event instanceof UiEvent.End) {
            writer.end(((UiEvent.End) event).parameter());
        } else if (event instanceof UiEvent.Type) {
            writer.setText(((UiEvent.Type) event).parameter(), ((UiEvent.Type) event).text());
        } else if (event instanceof UiEvent.Reset) {
            final int index = ((UiEvent.Reset) event).parameter();
            writer.set(index, sources.registry().get(index).defaultNormalized());
        } else {
            return false;
        }
        return true;
    }

    private void remap(final UiEvent.Remap event) {
        final MidiMapping old = event.mapping();
        final int index =
                sources.registry()
                        .indexOfId(old.parameter())
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "This plug-in has no parameter "
                                                        + old.parameter()
                                                        + ": the mapping can only be removed."));
        final MidiMapping changed =
                new MidiMapping(
                        old.source(),
                        event.channel(),
                        old.number(),
                        old.parameter(),
                        end(index, old.minimum(), event.lowest()),
                        end(index, old.maximum(), event.highest()),
                        event.exponent(),
                        event.mode(),
                        old.step());
        sources.midi().map(sources.midi().map().replace(old, changed));
    }

    /** The end of a range; one whose text nobody has changed stays as exact as it is. */
    private double end(final int index, final double old, final String text) {
        final Parameter parameter = sources.registry().get(index);
        return ParameterText.formatWithUnit(parameter, old).equals(text)
                ? old
                : ParameterText.parse(parameter, text);
    }

    private boolean midi(final UiEvent event) {
        if (event instanceof UiEvent.Learn) {
            sources.midi().learn(((UiEvent.Learn) event).parameter());
        } else if (event instanceof UiEvent.CancelLearn) {
            sources.midi().cancelLearn();
        } else if (event instanceof UiEvent.Unmap) {
            sources.midi().map(sources.midi().map().without(((UiEvent.Unmap) event).mapping()));
        } else if (event instanceof UiEvent.Remap) {
            remap((UiEvent.Remap) event);
        } else {
            return false;
        }
        return true;
    }

    private boolean automation(final UiEvent event) {
        if (event instanceof UiEvent.Automate) {
            final UiEvent.Automate automate = (UiEvent.Automate) event;
            sources.automation().mode(automate.parameter(), automate.mode());
        } else if (event instanceof UiEvent.RemoveLane) {
            sources.automation().remove(((UiEvent.RemoveLane) event).parameter());
        } else {
            return lanes.apply(event);
        }
        return true;
    }

    private boolean preset(final UiEvent event) throws PresetException {
        final PresetSession presets = sources.presets().get();
        if (event instanceof UiEvent.LoadPreset) {
            presets.load(find(presets, ((UiEvent.LoadPreset) event).id()));
        } else if (event instanceof UiEvent.StepPreset) {
            presets.step(((UiEvent.StepPreset) event).step());
        } else if (event instanceof UiEvent.Revert) {
            presets.revert();
        } else if (event instanceof UiEvent.Play) {
            presets.play(((UiEvent.Play) event).slot());
        } else if (event instanceof UiEvent.CopyToOther) {
            presets.copyToOther();
        } else if (event instanceof UiEvent.Morph) {
            morph(presets, ((UiEvent.Morph) event).position());
        } else if (event instanceof UiEvent.Save) {
            presets.save();
            presetsChanged = true;
        } else if (event instanceof UiEvent.SaveAs) {
            saveAs(presets, (UiEvent.SaveAs) event);
        } else if (event instanceof UiEvent.RemovePreset) {
            presets.library().remove(find(presets, ((UiEvent.RemovePreset) event).id()));
            presetsChanged = true;
        } else {
            return false;
        }
        return true;
    }

    private static StoredPreset find(final PresetSession presets, final String id)
            throws PresetException {
        return presets.library()
                .find(id)
                .orElseThrow(
                        () -> new PresetException("The preset " + id + " is no longer there."));
    }

    /** Brings in a file that somebody has given to a user interface, see {@link PresetLibrary#importFile}. */
    StoredPreset importPreset(final String fileName, final byte[] file, final String bank)
            throws PresetException {
        final StoredPreset stored =
                sources.presets().get().library().importBytes(fileName, file, bank);
        presetsChanged = true;
        return stored;
    }

    /** A preset as a file; the empty id stands for what plays. */
    PresetFile exportPreset(final String id, final PresetFile.Format format)
            throws PresetException {
        final PresetSession presets = sources.presets().get();
        final Preset preset =
                id.isEmpty()
                        ? presets.loaded()
                                .map(loaded -> loaded.withValues(presets.values()))
                                .orElseGet(() -> Preset.of("Sound", presets.values()))
                        : find(presets, id).preset();
        return presets.library().export(preset, format);
    }

    private void saveAs(final PresetSession presets, final UiEvent.SaveAs event)
            throws PresetException {
        presets.saveAs(
                event.bank(),
                Preset.of(event.name(), presets.values())
                        .withAuthor(event.author())
                        .withTags(event.tags())
                        .withComment(event.comment()));
        presetsChanged = true;
    }

    private void morph(final PresetSession presets, final double position) {
        final boolean goesOn = !Double.isNaN(morph());
        final ParameterValues from = goesOn ? ends.from : presets.values(Slot.A);
        final ParameterValues to = goesOn ? ends.to : presets.values(Slot.B);
        presets.morph(from, to, position);
        ends = new Ends(from, to, Math.max(0, Math.min(1, position)), presets.values());
    }
}

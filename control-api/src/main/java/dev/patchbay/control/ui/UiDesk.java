// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import dev.patchbay.control.ControlModule;
import dev.patchbay.control.parameter.ParameterWriter;
import dev.patchbay.control.preset.Preset;
import dev.patchbay.control.preset.PresetException;
import dev.patchbay.control.preset.PresetSession;
import dev.patchbay.control.preset.Slot;
import dev.patchbay.control.preset.StoredPreset;
import dev.patchbay.control.state.ParameterValues;

/** Does what people do in user interfaces. For the control module's thread. */
final class UiDesk {
    private final UiSources sources;
    private boolean presetsChanged;
    private Ends ends;

    /** The two sounds of a morph, how far it is, and what was heard then. */
    private record Ends(
            ParameterValues from, ParameterValues to, double position, ParameterValues heard) {}

    UiDesk(final UiSources sources) {
        this.sources = sources;
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
        if (!parameter(event, writer) && !midi(event) && !preset(event)) {
            final UiEvent.ForModule own = (UiEvent.ForModule) event;
            final ControlModule module = sources.module().get();
            if (!(module instanceof UiModule)) {
                throw new IllegalArgumentException(
                        "The module has no user interface of its own, but was sent \""
                                + own.name()
                                + "\".");
            }
            ((UiModule) module).handleUiEvent(own.name(), own.value());
        }
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

    private boolean midi(final UiEvent event) {
        if (event instanceof UiEvent.Learn) {
            sources.midi().learn(((UiEvent.Learn) event).parameter());
        } else if (event instanceof UiEvent.CancelLearn) {
            sources.midi().cancelLearn();
        } else if (event instanceof UiEvent.Unmap) {
            sources.midi().map(sources.midi().map().without(((UiEvent.Unmap) event).mapping()));
        } else {
            return false;
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

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.panel;

import dev.patchbay.control.automation.AutomationMode;
import dev.patchbay.control.json.FieldReader;
import dev.patchbay.control.json.JsonException;
import dev.patchbay.control.json.JsonValue.Members;
import dev.patchbay.control.midi.MidiMapping;
import dev.patchbay.control.preset.Slot;
import dev.patchbay.control.ui.UiEvent;
import dev.patchbay.control.ui.UiSnapshot;
import dev.patchbay.layout.MidiMode;
import dev.patchbay.layout.MidiSource;
import java.util.List;

/** Reads what a page sends. Whether there is such a parameter or preset is told when the event is done. */
final class EventJson {
    private EventJson() {}

    /**
     * Reads an event.
     *
     * @param json an object whose field {@code do} says what
     * @param seen what the page was sent last; may be null
     * @throws JsonException if it cannot be read, with a sentence that names the field
     */
    static UiEvent read(final Members json, final UiSnapshot seen) throws JsonException {
        final FieldReader event = FieldReader.of("panel", json);
        final String what = event.text("do");
        return switch (what) {
            case "begin" -> new UiEvent.Begin(parameter(event));
            case "set" -> new UiEvent.Set(parameter(event), event.number("value"));
            case "type" -> new UiEvent.Type(parameter(event), event.text("text"));
            case "reset" -> new UiEvent.Reset(parameter(event));
            case "end" -> new UiEvent.End(parameter(event));
            case "load" -> new UiEvent.LoadPreset(event.text("id"));
            case "next" -> new UiEvent.StepPreset(1);
            case "previous" -> new UiEvent.StepPreset(-1);
            case "revert" -> new UiEvent.Revert();
            case "save" -> new UiEvent.Save();
            case "saveAs" ->
                    new UiEvent.SaveAs(
                            event.text("bank"),
                            event.text("name"),
                            event.text("author"),
                            event.texts("tags", tags -> tags),
                            event.text("comment"));
            case "remove" -> new UiEvent.RemovePreset(event.text("id"));
            case "play" -> new UiEvent.Play(slot(event));
            case "copy" -> new UiEvent.CopyToOther();
            case "morph" -> new UiEvent.Morph(event.number("position"));
            case "learn" -> new UiEvent.Learn(parameter(event));
            case "cancelLearn" -> new UiEvent.CancelLearn();
            case "unmap" -> new UiEvent.Unmap(mapping(event, seen));
            case "remap" -> remap(event, seen);
            case "automate" -> new UiEvent.Automate(parameter(event), mode(event));
            case "removeLane" -> new UiEvent.RemoveLane(parameter(event));
            case "addPoint" ->
                    new UiEvent.AddPoint(
                            parameter(event), event.number("time"), event.number("value"));
            case "movePoint" ->
                    new UiEvent.MovePoint(
                            parameter(event),
                            event.integer("point", 0),
                            event.number("from"),
                            event.number("time"),
                            event.number("value"));
            case "typePoint" ->
                    new UiEvent.TypePoint(
                            parameter(event),
                            event.integer("point", 0),
                            event.number("from"),
                            event.text("text"));
            case "removePoint" ->
                    new UiEvent.RemovePoint(
                            parameter(event), event.integer("point", 0), event.number("from"));
            case "module" -> new UiEvent.ForModule(event.text("name"), event.text("value"));
            default -> throw event.error("do", "There is nothing of this name to be done.");
        };
    }

    private static int parameter(final FieldReader event) throws JsonException {
        return event.integer("parameter", 0);
    }

    private static UiEvent remap(final FieldReader event, final UiSnapshot seen)
            throws JsonException {
        final int channel = event.integer("channel", MidiSource.ANY);
        final String name = event.text("mode");
        for (final MidiMode mode : MidiMode.values()) {
            if (MidiJson.name(mode).equals(name)) {
                return new UiEvent.Remap(
                        mapping(event, seen),
                        channel,
                        event.text("lowest"),
                        event.text("highest"),
                        event.number("exponent"),
                        mode);
            }
        }
        throw event.error("mode", "Expected one of " + MidiJson.names() + ".");
    }

    private static AutomationMode mode(final FieldReader event) throws JsonException {
        final String name = event.text("mode");
        for (final AutomationMode mode : AutomationMode.values()) {
            if (LanesJson.name(mode).equals(name)) {
                return mode;
            }
        }
        throw event.error("mode", "Expected off, read, touch, latch or write.");
    }

    private static Slot slot(final FieldReader event) throws JsonException {
        final String name = event.text("slot");
        for (final Slot slot : Slot.values()) {
            if (slot.name().equals(name)) {
                return slot;
            }
        }
        throw event.error("slot", "Expected A or B.");
    }

    /** The page names it by its place in the list that it was sent; the text makes sure that it is that one. */
    private static MidiMapping mapping(final FieldReader event, final UiSnapshot seen)
            throws JsonException {
        final int place = event.integer("mapping", 0);
        final String controller = event.text("controller");
        final List<MidiMapping> all = seen == null ? List.of() : seen.midi().map().mappings();
        if (place >= all.size() || !all.get(place).controller().equals(controller)) {
            throw event.error("mapping", "The MIDI map has changed: choose the mapping again.");
        }
        return all.get(place);
    }
}

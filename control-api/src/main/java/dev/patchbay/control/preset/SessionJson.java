// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import dev.patchbay.control.json.FieldReader;
import dev.patchbay.control.json.JsonException;
import dev.patchbay.control.json.JsonReader;
import dev.patchbay.control.json.JsonValue;
import dev.patchbay.control.json.JsonValue.Members;
import dev.patchbay.control.json.JsonWriter;
import dev.patchbay.control.json.ValuesJson;
import dev.patchbay.control.state.ParameterValues;
import dev.patchbay.control.state.PluginIdentity;

/**
 * What a session keeps in the plug-in's state. The values of the slot that plays are not in it: the host has them.
 *
 * @param playing the slot that plays
 * @param active what was loaded there
 * @param other what was loaded into the other slot, and its values; null where nobody has been there
 */
record SessionJson(Slot playing, Buffer active, Buffer other) {
    private static final String FORMAT = "patchbay-preset-session";
    private static final int VERSION = 1;

    /**
     * A slot.
     *
     * @param preset what was loaded, as it was; null for nothing
     * @param id where it lay; null if it lay in no library
     * @param stamp what its file was
     * @param values the sound now; null for the slot that plays
     */
    record Buffer(Preset preset, String id, String stamp, ParameterValues values) {
        static final Buffer EMPTY = new Buffer(null, null, "", null);
    }

    /** A session that has just loaded a preset. */
    static SessionJson ofPreset(final Preset preset) {
        return new SessionJson(Slot.A, new Buffer(preset, null, "", null), null);
    }

    byte[] write(final PluginIdentity plugin) {
        final Members all =
                Members.empty()
                        .with("format", JsonValue.Text.of(FORMAT))
                        .with("version", JsonValue.Number.of(VERSION))
                        .with("playing", JsonValue.Text.of(playing.name()))
                        .with("active", write(active, plugin));
        if (other != null) {
            all.with("other", write(other, plugin));
        }
        return JsonWriter.compact(all);
    }

    private static Members write(final Buffer buffer, final PluginIdentity plugin) {
        final Members object = Members.empty();
        if (buffer.id() != null) {
            object.with("id", JsonValue.Text.of(buffer.id()));
            object.with("stamp", JsonValue.Text.of(buffer.stamp()));
        }
        if (buffer.preset() != null) {
            object.with("preset", PresetJson.state(buffer.preset(), plugin));
        }
        if (buffer.values() != null) {
            object.with("values", ValuesJson.write(buffer.values()));
        }
        return object;
    }

    /**
     * Reads a session.
     *
     * @throws IllegalArgumentException if it cannot be read, with a sentence that says why
     */
    static SessionJson read(final byte[] bytes, final PluginIdentity plugin) {
        final String source = "the presets in the state";
        try {
            final FieldReader fields = FieldReader.of(source, JsonReader.read(bytes, source));
            PresetJson.checkFormat(fields, FORMAT, VERSION, "a state of presets");
            final Slot playing = slot(fields);
            return new SessionJson(
                    playing,
                    read(fields.object("active"), plugin),
                    fields.has("other") ? read(fields.object("other"), plugin) : null);
        } catch (final JsonException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Slot slot(final FieldReader fields) throws JsonException {
        final String name = fields.text("playing");
        for (final Slot slot : Slot.values()) {
            if (slot.name().equals(name)) {
                return slot;
            }
        }
        throw fields.error("playing", "Expected A or B, but found \"" + name + "\".");
    }

    private static Buffer read(final FieldReader fields, final PluginIdentity plugin)
            throws JsonException {
        final boolean isStored = fields.has("id");
        return new Buffer(
                fields.has("preset") ? PresetJson.read(fields.object("preset"), plugin) : null,
                isStored ? fields.text("id") : null,
                isStored ? fields.text("stamp") : "",
                fields.has("values") ? ValuesJson.read(fields.object("values")) : null);
    }
}

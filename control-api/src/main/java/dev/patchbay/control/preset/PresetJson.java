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
import dev.patchbay.layout.Parameter;
import java.util.List;

/** A preset as JSON. The one place for the names of its fields and their order; docs/presets.md describes them. */
final class PresetJson {
    /** The version that is written, and the newest that is read. */
    static final int VERSION = 1;

    private static final String FORMAT = "patchbay-preset";

    private PresetJson() {}

    /** {@return the bytes of a preset's file} */
    static byte[] file(
            final Preset preset, final PluginIdentity plugin, final List<Parameter> parameters) {
        final Members readable = Members.empty();
        for (final Parameter parameter : parameters) {
            if (preset.values().has(parameter.id())) {
                readable.with(
                        parameter.symbol(),
                        JsonValue.Text.of(PlainText.of(parameter, preset.values().of(parameter))));
            }
        }
        return JsonWriter.lines(
                write(preset, plugin).with("readable", readable).with(preset.extras().fields()));
    }

    /** {@return the same without what is there for people alone} */
    static Members state(final Preset preset, final PluginIdentity plugin) {
        return write(preset, plugin).with(preset.extras().fields());
    }

    private static Members write(final Preset preset, final PluginIdentity plugin) {
        return Members.empty()
                .with("format", JsonValue.Text.of(FORMAT))
                .with("version", JsonValue.Number.of(VERSION))
                .with(
                        "plugin",
                        Members.empty()
                                .with("uid", JsonValue.Text.of(plugin.uid()))
                                .with("vendor", JsonValue.Text.of(plugin.vendor()))
                                .with("name", JsonValue.Text.of(plugin.name()))
                                .with(preset.extras().pluginFields()))
                .with("name", JsonValue.Text.of(preset.name()))
                .with("author", JsonValue.Text.of(preset.author()))
                .with(
                        "tags",
                        JsonValue.Array.of(preset.tags().stream().map(JsonValue.Text::of).toList()))
                .with("comment", JsonValue.Text.of(preset.comment()))
                .with("values", ValuesJson.write(preset.values()));
    }

    /**
     * Reads the bytes of a preset's file.
     *
     * @param source the file's name, for messages
     * @throws JsonException if it is no preset of this plug-in that this version can read
     */
    static Preset read(final byte[] bytes, final String source, final PluginIdentity plugin)
            throws JsonException {
        return read(FieldReader.of(source, JsonReader.read(bytes, source)), plugin);
    }

    static Preset read(final FieldReader fields, final PluginIdentity plugin) throws JsonException {
        checkFormat(fields, FORMAT, VERSION, "a preset");
        final FieldReader owner = fields.object("plugin");
        final String uid = owner.text("uid");
        final String vendor = owner.text("vendor", "", text -> text);
        final String name = owner.text("name", "", text -> text);
        if (!uid.equalsIgnoreCase(plugin.uid())) {
            throw owner.error(
                    "uid",
                    "The preset is one of "
                            + (PluginIdentity.isUid(uid)
                                    ? new PluginIdentity(uid, vendor, name) + " (" + uid + ")"
                                    : "\"" + uid + "\"")
                            + ", expected one of "
                            + plugin
                            + " ("
                            + plugin.uid()
                            + ").");
        }
        fields.drop("readable");
        final String presetName = fields.text("name", null, TextRule.NAME::check);
        final String author = fields.text("author", "", TextRule.AUTHOR::check);
        final List<String> tags = fields.texts("tags", Preset::checkedTags);
        final String comment = fields.text("comment", "", TextRule.COMMENT::check);
        final ParameterValues values = ValuesJson.read(fields.object("values"));
        return new Preset(
                presetName, author, tags, comment, values, Extras.of(fields.rest(), owner.rest()));
    }

    /** Takes the two fields by which every file says what it is. */
    static void checkFormat(
            final FieldReader fields, final String format, final int version, final String what)
            throws JsonException {
        final String found = fields.text("format");
        if (!found.equals(format)) {
            throw fields.error(
                    "format",
                    "Expected \""
                            + format
                            + "\", but found \""
                            + found
                            + "\": this is not "
                            + what
                            + ".");
        }
        final int number = fields.integer("version", 1);
        if (number > version) {
            throw fields.error(
                    "version",
                    "It was saved by a newer build: it has version "
                            + number
                            + ", and this one reads up to "
                            + version
                            + ". The file is left as it is.");
        }
    }
}

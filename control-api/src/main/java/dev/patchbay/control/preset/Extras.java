// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import dev.patchbay.control.json.JsonException;
import dev.patchbay.control.json.JsonReader;
import dev.patchbay.control.json.JsonValue.Members;
import dev.patchbay.control.json.JsonWriter;
import java.util.Arrays;

/** Fields of a preset's file that this version does not know. Kept as bytes: as a tree they would take many times the memory. */
final class Extras {
    /** None. */
    static final Extras NONE = new Extras(null, null);

    private final byte[] fields;
    private final byte[] pluginFields;

    private Extras(final byte[] fields, final byte[] pluginFields) {
        this.fields = fields;
        this.pluginFields = pluginFields;
    }

    /** Keeps those of the file and those of its field "plugin". */
    static Extras of(final Members fields, final Members pluginFields) {
        return fields.members().isEmpty() && pluginFields.members().isEmpty()
                ? NONE
                : new Extras(JsonWriter.compact(fields), JsonWriter.compact(pluginFields));
    }

    Members fields() {
        return members(fields);
    }

    Members pluginFields() {
        return members(pluginFields);
    }

    int length() {
        return this == NONE ? 0 : fields.length + pluginFields.length;
    }

    private static Members members(final byte[] bytes) {
        try {
            return bytes == null ? Members.empty() : JsonReader.read(bytes, "kept fields");
        } catch (final JsonException e) {
            throw new IllegalStateException("What was written here can be read here.", e);
        }
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Extras
                && Arrays.equals(fields, ((Extras) other).fields)
                && Arrays.equals(pluginFields, ((Extras) other).pluginFields);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(fields);
    }
}

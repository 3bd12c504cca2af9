// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.json;

import dev.patchbay.control.json.JsonValue.Members;
import dev.patchbay.control.state.ParameterValues;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** How parameter values stand in JSON, in presets as in states: an object of normalized values by id, in the order of the ids. */
public final class ValuesJson {
    /** One way to write each id. */
    private static final Pattern ID = Pattern.compile("0|[1-9][0-9]{0,9}");

    private ValuesJson() {}

    /** {@return the object} */
    public static Members write(final ParameterValues values) {
        final Members object = Members.empty();
        values.byId()
                .forEach((id, value) -> object.with(id.toString(), JsonValue.Number.of(value)));
        return object;
    }

    /**
     * Reads an object of values; those outside of 0…1 are clamped.
     *
     * @throws JsonException if a name is no id, or a value no finite number
     */
    public static ParameterValues read(final FieldReader object) throws JsonException {
        final Map<Integer, Double> values = new HashMap<>();
        for (final Map.Entry<String, JsonValue> member : object.all().entrySet()) {
            final String id = member.getKey();
            if (!ID.matcher(id).matches() || Long.parseLong(id) >= 1 << 30) {
                throw object.error(
                        id,
                        "A value's name is its parameter's id, a whole number from 0 to 2^30−1.");
            }
            final JsonValue value = member.getValue();
            if (!(value instanceof JsonValue.Number)
                    || !Double.isFinite(((JsonValue.Number) value).value())) {
                throw object.error(
                        id, "Expected a number from 0 to 1, but found " + value.kind() + ".");
            }
            values.put(Integer.valueOf(id), ((JsonValue.Number) value).value());
        }
        if (values.size() > ParameterValues.MOST) {
            throw object.error("", "There are more than " + ParameterValues.MOST + " values.");
        }
        return ParameterValues.of(values);
    }
}

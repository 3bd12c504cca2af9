// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.control;

import dev.patchbay.layout.Parameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A named sound: the plain values of those parameters that differ from their defaults. */
final class Preset {
    private final String name;
    private final Map<Integer, Double> plain = new HashMap<>();

    private Preset(final String name) {
        this.name = name;
    }

    /** Starts a preset that is the default sound. */
    static Preset named(final String name) {
        return new Preset(name);
    }

    /** Sets one parameter's plain value. */
    Preset with(final int index, final double value) {
        plain.put(index, value);
        return this;
    }

    /** Sets one parameter to one of its named values. */
    Preset with(final int index, final Enum<?> value) {
        return with(index, value.ordinal());
    }

    String name() {
        return name;
    }

    /**
     * The normalized values of all parameters, by index.
     *
     * @throws IllegalArgumentException if a value lies outside of its parameter's range
     */
    Map<Integer, Double> normalized(final List<Parameter> parameters) {
        final Map<Integer, Double> values = new HashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            final Parameter parameter = parameters.get(i);
            final double value = plain.getOrDefault(i, parameter.defaultValue());
            if (!(value >= parameter.minimum() && value <= parameter.maximum())) {
                throw new IllegalArgumentException(
                        "Preset \""
                                + name
                                + "\" sets "
                                + parameter.symbol()
                                + " to "
                                + value
                                + ", but it must lie in "
                                + parameter.minimum()
                                + "…"
                                + parameter.maximum()
                                + ".");
            }
            values.put(i, parameter.toNormalized(value));
        }
        return values;
    }
}

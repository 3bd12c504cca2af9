// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.inspect;

import dev.patchbay.layout.Loads;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.Scale;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.tools.inspect.RegionReading.ParameterValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads parameters' values and, from the section that describes them, what they mean. */
final class ParameterDecoder {
    private final Loads loads;
    private final SectionEntry values;
    private final SectionEntry info;

    /** Values described by another section, or by null. */
    ParameterDecoder(final Loads loads, final SectionEntry values, final SectionEntry info) {
        this.loads = loads;
        this.values = values;
        this.info =
                info != null && info.stride() >= StandardStructs.PARAMETER_INFO.size()
                        ? info
                        : null;
    }

    /** The parameters that have a description; all, without names, where there are no descriptions at all. */
    List<ParameterValue> decode() {
        final List<ParameterValue> parameters = new ArrayList<>();
        final int count = Math.min(values.count(), StructDecoder.MOST_ELEMENTS);
        for (int i = 0; i < (info == null ? count : Math.min(count, info.count())); i++) {
            final float normalized = loads.float32(values.elementOffset(i));
            if (info == null) {
                parameters.add(plain(i, 0, "", "#" + i, normalized));
                continue;
            }
            final ByteBuffer bytes =
                    StructDecoder.copy(
                            loads, info.elementOffset(i), StandardStructs.PARAMETER_INFO.size());
            final Map<String, Object> fields =
                    StructDecoder.struct(StandardStructs.PARAMETER_INFO, bytes, 0);
            if (!text(fields, "symbol").isEmpty()) {
                parameters.add(described(i, fields, normalized));
            }
        }
        return parameters;
    }

    private static ParameterValue plain(
            final int index,
            final int id,
            final String symbol,
            final String name,
            final float normalized) {
        return new ParameterValue(
                index, id, symbol, name, normalized, null, "", number(normalized));
    }

    private static ParameterValue described(
            final int index, final Map<String, Object> f, final float normalized) {
        final int id = ((Number) f.get("id")).intValue();
        final Parameter parameter;
        try {
            parameter = parameter(id, f);
        } catch (final IllegalArgumentException e) {
            // The description cannot be; the value is still worth showing.
            return plain(index, id, text(f, "symbol"), text(f, "name"), normalized);
        }
        final double plain = parameter.toPlain(normalized);
        return new ParameterValue(
                index,
                id,
                parameter.symbol(),
                parameter.name(),
                normalized,
                plain,
                parameter.unit(),
                shown(parameter, plain));
    }

    private static Parameter parameter(final int id, final Map<String, Object> f) {
        final String names = text(f, "value_names");
        final int scale = (Integer) f.get("scale");
        return new Parameter(
                id,
                text(f, "symbol"),
                text(f, "name"),
                text(f, "short_name"),
                text(f, "unit"),
                (Double) f.get("minimum"),
                (Double) f.get("maximum"),
                (Double) f.get("default_plain"),
                (Integer) f.get("step_count"),
                names.isEmpty() ? List.of() : List.of(names.split("\n", -1)),
                Arrays.stream(Scale.values())
                        .filter(s -> s.code() == scale)
                        .findFirst()
                        .orElseThrow(IllegalArgumentException::new),
                (Double) f.get("exponent"),
                Set.of(),
                text(f, "group_name"));
    }

    private static String text(final Map<String, Object> fields, final String name) {
        return (String) fields.get(name);
    }

    private static String shown(final Parameter parameter, final double plain) {
        if (!parameter.valueNames().isEmpty()) {
            final double share =
                    (plain - parameter.minimum()) / (parameter.maximum() - parameter.minimum());
            return parameter.valueNames().get((int) Math.round(share * parameter.stepCount()));
        }
        return number(plain) + (parameter.unit().isEmpty() ? "" : " " + parameter.unit());
    }

    /** Four significant digits, and not more decimals than they need. */
    static String number(final double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        final double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e9) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        if (size >= 1e7 || size < 1e-4) {
            return String.format(Locale.ROOT, "%.3e", value);
        }
        final int decimals = Math.max(0, 3 - (int) Math.floor(Math.log10(size)));
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}

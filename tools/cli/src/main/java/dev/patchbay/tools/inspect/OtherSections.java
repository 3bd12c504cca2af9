// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.inspect;

import dev.patchbay.tools.inspect.RegionReading.Bits;
import dev.patchbay.tools.inspect.RegionReading.Blocks;
import dev.patchbay.tools.inspect.RegionReading.Bytes;
import dev.patchbay.tools.inspect.RegionReading.Copies;
import dev.patchbay.tools.inspect.RegionReading.Nothing;
import dev.patchbay.tools.inspect.RegionReading.Scalars;
import dev.patchbay.tools.inspect.RegionReading.SectionReading;
import dev.patchbay.tools.inspect.RegionReading.Structs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lists the sections of which a line says enough: those without a picture of their own, and those that cannot be read. */
final class OtherSections {
    private OtherSections() {}

    /** Lists what a region's page does not show elsewhere. */
    static void show(final Page page, final RegionReading region) {
        final List<String[]> rows = new ArrayList<>();
        for (final SectionReading s : region.sections()) {
            final String text = inShort(region, s);
            if (text != null) {
                rows.add(new String[] {s.name(), s.kind() == null ? "unknown" : s.kind(), text});
            }
        }
        page.heading("Other sections");
        page.table(new String[] {"name", "kind", "holds"}, rows);
    }

    /** What a section holds in a few words, or null where it is shown above. */
    private static String inShort(final RegionReading region, final SectionReading s) {
        if (s.content() instanceof Nothing n) {
            return n.reason().isEmpty() ? s.comment() : n.reason();
        } else if (s.content() instanceof Structs) {
            return isWhole(region, s) ? null : s.count() + " structs (--format json)";
        } else if (s.content() instanceof Scalars v) {
            return join(v.values(), 16);
        } else if (s.content() instanceof Bits b) {
            return b.set() == 0 ? "no bit is set" : b.set() + " set: " + join(b.first(), 16);
        } else if (s.content() instanceof Bytes b) {
            return String.format(
                    Locale.ROOT,
                    "%,d of %,d bytes, number %s, epoch %s",
                    b.bytes(),
                    b.capacity(),
                    b.published(),
                    b.epoch());
        } else if (s.content() instanceof Copies c) {
            return "writer "
                    + c.writer()
                    + ", reader "
                    + c.reader()
                    + ", on offer "
                    + c.offered()
                    + (c.fresh() ? ", fresh" : "");
        } else if (s.content() instanceof Blocks b) {
            return String.format(
                    Locale.ROOT,
                    "request %d, done %d%s, %d in %d out × %d",
                    b.requested(),
                    b.done(),
                    b.rtAsleep() ? " (asleep)" : "",
                    b.inputs(),
                    b.outputs(),
                    b.maxFrames());
        }
        return null;
    }

    /** The first few of many. */
    private static String join(final List<?> values, final int most) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(values.size(), most); i++) {
            text.append(i == 0 ? "" : " ").append(value(values.get(i)));
        }
        return text + (values.size() > most ? " …" : "");
    }

    /** Whether its structs are shown field by field: not those that only describe others, and not many. */
    static boolean isWhole(final RegionReading region, final SectionReading s) {
        return s.count() <= RegionPage.MOST_STRUCTS
                && region.sections().stream().noneMatch(o -> s.name().equals(o.describedBy()));
    }

    /** A value in few characters: a number with four digits, the first few of a list. */
    static String value(final Object value) {
        return value instanceof Double || value instanceof Float
                ? ParameterDecoder.number(((Number) value).doubleValue())
                : value instanceof List<?> list ? join(list, 8) : value.toString();
    }
}

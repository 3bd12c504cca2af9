// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Says in which fields two shapes of a section differ. */
final class ShapeDifferences {
    private final List<String> differences = new ArrayList<>();

    /** Each difference as a clause. */
    List<String> of(final RegionOutline.Shape before, final RegionOutline.Shape after) {
        compare("the head", before.head(), after.head());
        compare("the element", before.element(), after.element());
        compareNames(before.names(), after.names());
        return differences;
    }

    private void compare(final String what, final StructType before, final StructType after) {
        if (before == null || after == null) {
            if (before != after) {
                differences.add(what + " is " + name(after) + ", was " + name(before));
            }
            return;
        }
        if (!before.name().equals(after.name())) {
            differences.add(what + " is " + name(after) + ", was " + name(before));
        }
        compareStructs(before, after);
    }

    private void compareStructs(final StructType before, final StructType after) {
        final int known = differences.size();
        final Map<String, Field> now = new TreeMap<>();
        after.fields().forEach(field -> now.put(field.name(), field));
        final String in = "in the " + name(after) + " the field \"";
        for (final Field was : before.fields()) {
            final Field field = now.remove(was.name());
            if (field == null) {
                differences.add(in + was.name() + "\" is missing");
            } else if (!text(was).equals(text(field))) {
                differences.add(in + was.name() + "\" is " + text(field) + ", was " + text(was));
            } else if (was.struct() != null) {
                compareStructs(was.struct(), field.struct());
            }
        }
        now.values().forEach(field -> differences.add(in + field.name() + "\" is new"));
        if (before.size() != after.size() && differences.size() == known) {
            differences.add(
                    "the " + name(after) + " has " + after.size() + " bytes, was " + before.size());
        }
    }

    private void compareNames(final List<String> before, final List<String> after) {
        if (before.equals(after)) {
            return;
        }
        final int known = differences.size();
        for (final String name : before) {
            if (!after.contains(name)) {
                differences.add("it no longer counts \"" + name + '"');
            }
        }
        for (final String name : after) {
            if (!before.contains(name)) {
                differences.add("it counts \"" + name + "\", which is new");
            }
        }
        if (differences.size() == known) {
            differences.add("its counters stand in another order");
        }
    }

    private static String name(final StructType struct) {
        return struct == null ? "no struct" : "struct \"" + struct.name() + '"';
    }

    private static String text(final Field field) {
        final String type =
                field.struct() == null
                        ? field.type().name().toLowerCase(Locale.ROOT)
                        : name(field.struct());
        return type
                + (field.count() == 1 ? "" : "[" + field.count() + "]")
                + " at byte "
                + field.offset();
    }
}

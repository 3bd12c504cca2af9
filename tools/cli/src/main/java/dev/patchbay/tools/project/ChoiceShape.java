// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One of several names.
 *
 * @param byName what they mean, in the order in which they are told
 * @param hint how to write them, where that is not plain; else empty
 */
record ChoiceShape<T>(Map<String, T> byName, String hint) implements Shape<T> {
    /** The names of these values. */
    static <T> ChoiceShape<T> of(final List<T> values, final Function<T, String> name) {
        final Map<String, T> byName = new LinkedHashMap<>();
        values.forEach(value -> byName.put(name.apply(value), value));
        return new ChoiceShape<>(byName, "");
    }

    ChoiceShape<T> withHint(final String how) {
        return new ChoiceShape<>(byName, how);
    }

    @Override
    public T read(final Place at, final Node node, final Problems problems) {
        final String found = Nodes.scalar(at, node, Tag.STR, expected());
        final T value = byName.get(found);
        if (value == null) {
            throw at.error(
                    "is \""
                            + found
                            + "\""
                            + Words.perhaps(found, byName.keySet())
                            + ", allowed "
                            + (byName.size() == 1 ? "is " : "are ")
                            + Words.and(names()));
        }
        return value;
    }

    private List<String> names() {
        return List.copyOf(byName.keySet());
    }

    @Override
    public String expected() {
        return Words.or(names()) + hint;
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("enum", names());
    }

    @Override
    public Object plain(final T value) {
        return names().stream().filter(name -> byName.get(name).equals(value)).findFirst().get();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import dev.patchbay.tools.project.BuildFile.Located;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A list of values, each of which is there once.
 *
 * @param item what each may be
 * @param items what they are together, such as "method names"
 * @param orOne whether one value may stand without the list
 */
record ListShape<T>(Shape<T> item, String items, boolean orOne) implements Shape<List<T>> {
    ListShape(final Shape<T> item, final String items) {
        this(item, items, false);
    }

    @Override
    public List<T> read(final Place at, final Node node, final Problems problems) {
        if (orOne && node instanceof ScalarNode && !node.getTag().equals(Tag.NULL)) {
            return List.of(item.read(at, node, problems));
        }
        if (!(node instanceof SequenceNode)) {
            throw at.error("is " + Nodes.describe(node) + ", expected " + expected());
        }
        final List<T> values = new ArrayList<>();
        final Set<String> seen = new HashSet<>();
        for (final Node element : ((SequenceNode) node).getValue()) {
            final Place place = new Place(at.file(), Nodes.line(element), at.key());
            problems.attempt(() -> item.read(place, element, problems))
                    .ifPresent(
                            value -> {
                                final String text =
                                        value instanceof Located
                                                ? ((Located) value).text()
                                                : value.toString();
                                if (seen.add(text)) {
                                    values.add(value);
                                } else {
                                    problems.add(
                                            place.error(
                                                    "names \""
                                                            + text
                                                            + "\" twice, allowed is once"));
                                }
                            });
        }
        return List.copyOf(values);
    }

    @Override
    public String expected() {
        return "a list of " + items;
    }

    @Override
    public Map<String, Object> schema() {
        final Map<String, Object> list = new LinkedHashMap<>();
        list.put("type", "array");
        list.put("items", item.schema());
        list.put("uniqueItems", true);
        return orOne ? Map.of("anyOf", List.of(item.schema(), list)) : list;
    }

    @Override
    public Object plain(final List<T> values) {
        return values.stream().map(item::plain).toList();
    }
}

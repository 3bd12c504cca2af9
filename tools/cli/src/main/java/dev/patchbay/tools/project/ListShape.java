// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

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
 * A list of values.
 *
 * @param item what each may be
 * @param items what they are together, such as "method names"
 * @param orOne whether one value may stand without the list
 * @param distinct whether each may be there but once
 * @param least how many there are at least
 * @param most how many there are at most
 */
record ListShape<T>(
        Shape<T> item, String items, boolean orOne, boolean distinct, int least, int most)
        implements Shape<List<T>> {
    /** Any number of values, each of which is there once. */
    static <T> ListShape<T> of(final Shape<T> item, final String items) {
        return new ListShape<>(item, items, false, true, 0, Integer.MAX_VALUE);
    }

    ListShape<T> orOneAlone() {
        return new ListShape<>(item, items, true, distinct, least, most);
    }

    ListShape<T> orTheSameAgain() {
        return new ListShape<>(item, items, orOne, false, least, most);
    }

    ListShape<T> ofFromTo(final int fewest, final int greatest) {
        return new ListShape<>(item, items, orOne, distinct, fewest, greatest);
    }

    @Override
    public List<T> read(final Place at, final Node node, final Problems problems) {
        if (orOne && node instanceof ScalarNode && !node.getTag().equals(Tag.NULL)) {
            return List.of(item.read(at, node, problems));
        }
        if (!(node instanceof SequenceNode)) {
            throw at.error("is " + Nodes.describe(node) + ", expected " + expected());
        }
        final List<Node> elements = ((SequenceNode) node).getValue();
        if (elements.size() < least || elements.size() > most) {
            throw at.error("has " + elements.size() + " entries, allowed are " + range());
        }
        final List<T> values = new ArrayList<>();
        final Set<Object> seen = new HashSet<>();
        for (final Node element : elements) {
            final Place place = new Place(at.file(), Nodes.line(element), at.key());
            problems.attempt(() -> item.read(place, element, problems))
                    .ifPresent(
                            value -> {
                                if (!distinct || seen.add(item.plain(value))) {
                                    values.add(value);
                                } else {
                                    problems.add(
                                            place.error(
                                                    "names \""
                                                            + item.plain(value)
                                                            + "\" twice, allowed is once"));
                                }
                            });
        }
        return List.copyOf(values);
    }

    private String range() {
        return least > 0 ? least + " to " + most : "up to " + most;
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
        if (distinct) {
            list.put("uniqueItems", true);
        }
        if (least > 0) {
            list.put("minItems", least);
        }
        if (most < Integer.MAX_VALUE) {
            list.put("maxItems", most);
        }
        return orOne ? Map.of("anyOf", List.of(item.schema(), list)) : list;
    }

    @Override
    public Object plain(final List<T> values) {
        return values.stream().map(item::plain).toList();
    }
}

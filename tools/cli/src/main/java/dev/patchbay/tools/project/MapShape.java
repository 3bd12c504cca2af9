// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.NodeType;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A mapping with known keys.
 *
 * @param keys in the order in which they are told
 */
record MapShape(List<Key<?>> keys) implements Shape<MapShape.Values> {
    /** What stands in a mapping; without a problem, all that must be there is. */
    static final class Values {
        private final Place place;
        private final Map<Key<?>, Object> byKey = new LinkedHashMap<>();
        private final Map<Key<?>, Place> places = new LinkedHashMap<>();

        private Values(final Place place) {
            this.place = place;
        }

        /** The value, or what holds where there is none. */
        <T> T get(final Key<T> key) {
            return find(key)
                    .or(key::otherwise)
                    .orElseThrow(
                            () -> new IllegalStateException(key.name() + " was never checked."));
        }

        /** The value, if it is there. */
        @SuppressWarnings("unchecked") // read by the shape of this very key
        <T> Optional<T> find(final Key<T> key) {
            return Optional.ofNullable((T) byKey.get(key));
        }

        /** Where the value stands; the mapping, where it is missing. */
        Place place(final Key<?> key) {
            return places.getOrDefault(key, place.below(key.name(), place.line()));
        }
    }

    @Override
    public Values read(final Place at, final Node node, final Problems problems) {
        if (node.getNodeType() != NodeType.MAPPING) {
            throw at.error("is " + Nodes.describe(node) + ", expected " + expected());
        }
        final Values values = new Values(at);
        for (final NodeTuple tuple : ((MappingNode) node).getValue()) {
            final Node name = tuple.getKeyNode();
            final String text =
                    name instanceof ScalarNode
                            ? ((ScalarNode) name).getValue()
                            : Nodes.describe(name);
            final Place place = at.below(text, Nodes.line(name));
            final Optional<Key<?>> key =
                    keys.stream().filter(known -> known.name().equals(text)).findFirst();
            if (key.isEmpty()) {
                problems.add(
                        place.error(
                                "is an unknown key"
                                        + Words.perhaps(text, names())
                                        + ", allowed are "
                                        + Words.and(names())));
            } else if (values.places.containsKey(key.get())) {
                problems.add(place.error("is there twice, allowed is once"));
            } else {
                read(values, key.get(), tuple.getValueNode(), problems);
            }
        }
        for (final Key<?> key : keys) {
            if (key.required() && !values.places.containsKey(key)) {
                problems.add(
                        values.place(key).error("is missing, expected " + key.shape().expected()));
            }
        }
        return values;
    }

    private static void read(
            final Values values, final Key<?> key, final Node node, final Problems problems) {
        final Place place = values.place.below(key.name(), Nodes.line(node));
        values.places.put(key, place);
        problems.attempt(() -> (Object) key.shape().read(place, node, problems))
                .ifPresent(value -> values.byKey.put(key, value));
    }

    private List<String> names() {
        return keys.stream().map(Key::name).toList();
    }

    @Override
    public String expected() {
        return "a mapping with the keys " + Words.and(names());
    }

    @Override
    public Map<String, Object> schema() {
        final Map<String, Object> properties = new LinkedHashMap<>();
        keys.forEach(key -> properties.put(key.name(), property(key)));
        final Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        final List<String> required = keys.stream().filter(Key::required).map(Key::name).toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private static <T> Map<String, Object> property(final Key<T> key) {
        final Map<String, Object> property = new LinkedHashMap<>();
        property.put("description", key.about());
        property.putAll(key.shape().schema());
        key.otherwise().ifPresent(value -> property.put("default", key.shape().plain(value)));
        return property;
    }

    @Override
    public Object plain(final Values value) {
        throw new UnsupportedOperationException("No mapping holds where none is.");
    }
}

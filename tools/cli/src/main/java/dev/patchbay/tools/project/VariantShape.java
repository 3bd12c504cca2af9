// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A mapping in which the value of one key says which others there may be.
 *
 * @param selector the name of that key, which each variant has among its own
 * @param variants the mappings by that key's value; the first one is meant where the key is missing
 */
record VariantShape(String selector, Map<String, MapShape> variants)
        implements Shape<MapShape.Values> {
    VariantShape {
        variants = new LinkedHashMap<>(variants);
    }

    @Override
    public MapShape.Values read(final Place at, final Node node, final Problems problems) {
        final String variant = variant(at, node, problems);
        return variants.get(variant).read(at, node, problems, key -> ofAnother(variant, key));
    }

    private String variant(final Place at, final Node node, final Problems problems) {
        if (node instanceof MappingNode) {
            for (final NodeTuple tuple : ((MappingNode) node).getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode
                        && ((ScalarNode) tuple.getKeyNode()).getValue().equals(selector)) {
                    final Node value = tuple.getValueNode();
                    return ChoiceShape.of(List.copyOf(variants.keySet()), name -> name)
                            .read(at.below(selector, Nodes.line(value)), value, problems);
                }
            }
        }
        return variants.keySet().iterator().next();
    }

    /** What is wrong with a key that only other variants have. */
    private Optional<String> ofAnother(final String variant, final String key) {
        final List<String> having = new ArrayList<>();
        variants.forEach(
                (name, shape) -> {
                    if (shape.names().contains(key)) {
                        having.add(name);
                    }
                });
        return having.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "is for "
                                + selector
                                + ": "
                                + Words.or(having)
                                + ", but this one has "
                                + selector
                                + ": "
                                + variant
                                + ", for which allowed are "
                                + Words.and(variants.get(variant).names()));
    }

    @Override
    public String expected() {
        return Words.or(variants.values().stream().map(MapShape::expected).toList());
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("anyOf", variants.values().stream().map(MapShape::schema).toList());
    }

    @Override
    public Object plain(final MapShape.Values value) {
        throw new UnsupportedOperationException("No mapping holds where none is.");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A whole number.
 *
 * @param low the least
 * @param high the greatest
 */
record NumberShape(int low, int high) implements Shape<Integer> {
    @Override
    public Integer read(final Place at, final Node node, final Problems problems) {
        final String text = Nodes.scalar(at, node, Tag.INT, expected());
        try {
            final int number = Integer.parseInt(text);
            if (number >= low && number <= high) {
                return number;
            }
        } catch (final NumberFormatException e) {
            throw at.error("is " + text + ", expected " + expected(), e);
        }
        throw at.error("is " + text + ", expected " + expected());
    }

    @Override
    public String expected() {
        return "a whole number from " + low + " to " + high;
    }

    @Override
    public Map<String, Object> schema() {
        final Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "integer");
        schema.put("minimum", low);
        schema.put("maximum", high);
        return schema;
    }

    @Override
    public Object plain(final Integer value) {
        return value;
    }
}

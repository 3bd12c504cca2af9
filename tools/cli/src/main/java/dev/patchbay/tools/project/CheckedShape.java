// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A value with parts that have something to do with each other.
 *
 * @param shape what the value is, apart from that
 * @param check whether its parts go together; it is asked only where nothing is wrong with any of them
 * @param also what the schema says of it beside the shape's; empty where it cannot, and the reader is the stricter one
 */
record CheckedShape<T>(Shape<T> shape, Check<T> check, Map<String, Object> also)
        implements Shape<T> {
    /** Whether the parts of a value go together. */
    @FunctionalInterface
    interface Check<T> {
        /**
         * Looks at the parts.
         *
         * @param at where the value stands
         * @param value the value
         * @param problems takes what is wrong
         * @throws dev.patchbay.tools.ToolException if the value as a whole is not allowed
         */
        void check(Place at, T value, Problems problems);
    }

    @Override
    public T read(final Place at, final Node node, final Problems problems) {
        final int before = problems.count();
        final T value = shape.read(at, node, problems);
        if (problems.count() == before) {
            check.check(at, value, problems);
        }
        return value;
    }

    @Override
    public String expected() {
        return shape.expected();
    }

    @Override
    public Map<String, Object> schema() {
        final Map<String, Object> schema = new LinkedHashMap<>(shape.schema());
        schema.putAll(also);
        return schema;
    }

    @Override
    public Object plain(final T value) {
        return shape.plain(value);
    }
}

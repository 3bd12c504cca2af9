// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import java.util.Map;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

/** True or false. */
record TruthShape() implements Shape<Boolean> {
    @Override
    public Boolean read(final Place at, final Node node, final Problems problems) {
        return Boolean.parseBoolean(Nodes.scalar(at, node, Tag.BOOL, expected()));
    }

    @Override
    public String expected() {
        return "true or false";
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "boolean");
    }

    @Override
    public Object plain(final Boolean value) {
        return value;
    }
}

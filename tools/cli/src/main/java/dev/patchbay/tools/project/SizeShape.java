// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import dev.patchbay.tools.project.BuildFile.Located;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A number of bytes, written such as 256m.
 *
 * @param low the least
 * @param high the greatest
 */
record SizeShape(long low, long high) implements Shape<Long> {
    @Override
    public Long read(final Place at, final Node node, final Problems problems) {
        final String text = Nodes.scalar(at, node, Tag.STR, "a size such as 256m");
        return ByteSize.parse(new Located(text, at), low, high);
    }

    @Override
    public String expected() {
        return ByteSize.expected(low, high);
    }

    @Override
    public Map<String, Object> schema() {
        final Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "string");
        // The range is the reader's: a schema cannot compare sizes.
        schema.put("pattern", "^" + ByteSize.FORM.pattern() + "$");
        return schema;
    }

    @Override
    public Object plain(final Long value) {
        return ByteSize.format(value);
    }
}

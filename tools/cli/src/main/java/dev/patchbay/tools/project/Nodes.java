// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What the nodes of a YAML file say of themselves. */
final class Nodes {
    private Nodes() {}

    /** {@return the line, from 1 on} */
    static int line(final Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    /** {@return what was found, for a sentence} */
    static String describe(final Node node) {
        if (node instanceof ScalarNode) {
            final String text = ((ScalarNode) node).getValue();
            return node.getTag().equals(Tag.NULL) ? "empty" : "\"" + text + "\"";
        }
        return node instanceof SequenceNode ? "a list" : "a mapping";
    }

    /** {@return the text of a scalar that YAML takes for this type} */
    static String scalar(final Place at, final Node node, final Tag tag, final String expected) {
        if (!(node instanceof ScalarNode) || !node.getTag().equals(tag)) {
            throw at.error("is " + describe(node) + ", expected " + expected);
        }
        return ((ScalarNode) node).getValue();
    }
}

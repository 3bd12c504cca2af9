// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import java.util.Map;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * What a value of a build file may be. It is stated once: by it a value is read, a refusal says what is allowed, and the
 * published schema describes the file.
 *
 * @param <T> what a value means
 */
interface Shape<T> {
    /**
     * Reads a value.
     *
     * @param at where it stands
     * @param node the value
     * @param problems takes what is wrong with the parts of a value that has some
     * @throws dev.patchbay.tools.ToolException if the value as a whole is none of this shape
     */
    T read(Place at, Node node, Problems problems);

    /** What is allowed, as it follows the word "expected". */
    String expected();

    /** The same as a JSON schema (draft 2020-12). */
    Map<String, Object> schema();

    /** A value as it may stand in JSON. */
    Object plain(T value);
}

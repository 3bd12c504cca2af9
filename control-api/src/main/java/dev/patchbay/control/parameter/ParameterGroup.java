// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.parameter;

import java.util.List;

/**
 * Parameters that are shown together.
 *
 * @param name as declared; empty for those without a group
 * @param indices the parameters' places in the declaration, rising
 */
public record ParameterGroup(String name, List<Integer> indices) {
    /** Keeps a copy. */
    public ParameterGroup {
        indices = List.copyOf(indices);
    }
}

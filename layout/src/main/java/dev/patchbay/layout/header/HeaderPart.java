// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout.header;

import dev.patchbay.layout.CNames;
import dev.patchbay.layout.Section;

/**
 * C text that a module adds to every generated header: the inline functions of its primitives. Found as a service. The text
 * is valid C11 and C++17, names its fields and never an offset.
 */
public interface HeaderPart {
    /** {@return where the part stands among the others: a part may use what stands before it} */
    int order();

    /** {@return the text, which is the same for every declaration} */
    String text();

    /**
     * The functions of one declared section, typed by its elements, where this module has the primitive for its kind.
     *
     * @param names makes their names; others would collide
     * @param section the section to write functions for
     * @return whole lines, or an empty text
     */
    default String section(final CNames names, final Section section) {
        return "";
    }
}

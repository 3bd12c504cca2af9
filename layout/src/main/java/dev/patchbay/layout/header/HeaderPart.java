// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout.header;

/**
 * C text that a module adds to every generated header: the inline functions of its primitives. Found as a service. The text
 * is valid C11 and C++17, names its fields and never an offset.
 */
public interface HeaderPart {
    /** Where the part stands among the others: a part may use what stands before it. */
    int order();

    /** The text. */
    String text();
}

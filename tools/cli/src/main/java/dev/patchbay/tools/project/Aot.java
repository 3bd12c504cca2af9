// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

/** Whether a bundle gets an AOT cache for its real-time module. */
public enum Aot {
    /** {@code aot: false}. Bundles of the same sources then have the same bytes; a cache never has those of another training. */
    NEVER,
    /** Nothing is said: where it can be made; a warning says why it cannot. */
    WHERE_POSSIBLE,
    /** {@code aot: true}: without it there is no bundle. */
    ALWAYS
}

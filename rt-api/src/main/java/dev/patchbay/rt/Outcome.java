// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

/**
 * What came of a wish to the system.
 *
 * @param grant one of {@link dev.patchbay.layout.StandardRegion.Grant}
 * @param report a sentence for people; what was refused has its remedy
 */
record Outcome(int grant, String report) {}

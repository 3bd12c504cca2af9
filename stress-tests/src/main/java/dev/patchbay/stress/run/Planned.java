// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.run;

/**
 * A unit of the plan with its part.
 *
 * @param part the name of the part
 * @param unit what is run
 */
record Planned(String part, Unit unit) {
    /** Part and unit in one text, by which a verdict is kept. */
    String key() {
        return part + "/" + unit.name();
    }
}

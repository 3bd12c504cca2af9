// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.run;

/**
 * What the user asked for.
 *
 * @param mode how much
 * @param seed from which chance is drawn; printed, so a run can be repeated
 */
public record Plan(Mode mode, long seed) {
    /** How much is run. */
    public enum Mode {
        /** Each unit for a moment: that it loads and runs. */
        SANITY,
        /** Minutes. */
        QUICK,
        /** What a release needs. */
        DEFAULT,
        /** All configurations. */
        TOUGH
    }
}

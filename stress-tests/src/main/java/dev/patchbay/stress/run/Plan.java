// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.run;

/**
 * What the user asked for.
 *
 * @param mode how much
 * @param seed from which chance is drawn; printed, so a run can be repeated
 * @param jdks the JVMs to run on, for parts that run on several
 */
public record Plan(Mode mode, long seed, Jdks jdks) {
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

    /**
     * On the JVM that runs this alone.
     *
     * @param mode how much
     * @param seed from which chance is drawn
     */
    public Plan(final Mode mode, final long seed) {
        this(mode, seed, Jdks.running());
    }
}

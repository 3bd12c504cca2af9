// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.run;

import java.time.Duration;

/** A piece of work that stands alone: run again, it starts afresh, and what it answers is kept for a run that goes on later. */
public interface Unit {
    /** {@return its name within the part, such as {@code EventQueue/delivery on 25}; stable from run to run} */
    String name();

    /** {@return the time it takes at the plan's mode on a machine of two processors, for the progress display} */
    Duration expected();

    /**
     * {@return whether more time makes it show more} Such a unit uses the time of its {@link Context#budget}; others take what they
     * take.
     */
    default boolean elastic() {
        return false;
    }

    /** {@return the time below which it shows nothing: a tenth of what is expected of an elastic one} */
    default Duration least() {
        return elastic() ? expected().dividedBy(10) : expected();
    }

    /** {@return with which others it is run at once, or null where it is run alone} */
    default Batch batch() {
        return null;
    }

    /**
     * Runs it on the caller's thread.
     *
     * @param context where and how long
     * @return what came of it; that something is missing, such as a compiler, is a failure with the remedy, never a success
     * @throws InterruptedException if a process of its own ended because the user interrupts the run; then it has no verdict
     * @throws Exception if it could not be run; the runner makes a failure of it
     */
    Verdict run(Context context) throws Exception;
}

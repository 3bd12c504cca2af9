// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.run;

import java.util.List;
import java.util.function.BiConsumer;

/** Units of one part that are cheaper to run together. Each still has a verdict of its own. */
public interface Batch {
    /** {@return its name within the part, for the folder; no unit has it} */
    String name();

    /**
     * Runs units of this batch on the caller's thread.
     *
     * @param units those that have no verdict yet, in the order of the plan
     * @param context where and how long, for all of them together
     * @param verdicts takes the verdict of each unit, once; one that is missing in the end is a failure
     * @throws Exception if they could not be run; the runner makes a failure of each that has no verdict
     */
    void run(List<Unit> units, Context context, BiConsumer<Unit, Verdict> verdicts)
            throws Exception;
}

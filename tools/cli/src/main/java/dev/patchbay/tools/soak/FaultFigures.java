// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.soak;

import java.util.List;

/**
 * What a run of faults has shown; {@code summary.json} has these names.
 *
 * @param passed whether no promise was broken
 * @param seed what faults and times follow from
 * @param plugin the bundle's name
 * @param hosts how many hosts played, the undisturbed one included
 * @param faults each of them, in order
 * @param broken what was found at the hosts' ends, a sentence each
 */
public record FaultFigures(
        boolean passed,
        long seed,
        String plugin,
        int hosts,
        List<Made> faults,
        List<String> broken) {
    /**
     * One fault.
     *
     * @param fault which
     * @param host the host's number
     * @param atSeconds when, in its song
     * @param spare whether a spare engine stood by
     * @param backMillis until all was as before: the sound where the engine was meant, else the process; 0 where nothing was to come back
     * @param missedBlocks blocks of silence meanwhile
     * @param heldChecked whether notes were held whose end could be checked
     * @param broken promises that were broken, a sentence each
     */
    public record Made(
            Fault fault,
            int host,
            double atSeconds,
            boolean spare,
            double backMillis,
            long missedBlocks,
            boolean heldChecked,
            List<String> broken) {}
}

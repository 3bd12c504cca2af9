// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.soak;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What faults are made, and where.
 *
 * @param count how many
 * @param seed what they and their times follow from
 * @param only those that are made, in this order; none for all, at random
 * @param rate in Hz
 * @param state a component state that each host loads first
 * @param plugin the bundle of an instrument
 * @param host the headless host
 * @param folder where results and logs go
 */
public record FaultOptions(
        int count,
        long seed,
        List<Fault> only,
        int rate,
        Optional<Path> state,
        Path plugin,
        Path host,
        Path folder) {}

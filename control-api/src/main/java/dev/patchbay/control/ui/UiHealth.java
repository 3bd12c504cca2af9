// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import java.util.List;

/**
 * How the sound is: what an instance's bridge, engine and control process have counted. At most a quarter of a second old.
 *
 * @param blocks played
 * @param missedDeadlines blocks that were not there in time
 * @param skippedBlocks blocks that the engine was not asked for, since it had not answered
 * @param droppedEvents events that found no room
 * @param roundTrips from the host's request to the answer
 * @param renders in the engine alone
 * @param processes the engine's and this one
 */
public record UiHealth(
        long blocks,
        long missedDeadlines,
        long skippedBlocks,
        long droppedEvents,
        UiHistogram roundTrips,
        UiHistogram renders,
        List<UiProcess> processes) {}

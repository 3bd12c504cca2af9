// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import java.util.SortedMap;

/**
 * What an exploration found.
 *
 * @param executions how many complete executions there are; no two of them are equal
 * @param blocked how many ended with an actor in a loop that reads an old value for ever, which a fair memory excludes
 * @param abandoned how many were begun but turned out to be inconsistent
 * @param operations the loads and stores of the longest execution
 * @param nanos how long it took
 * @param outcomes each outcome with the number of executions that have it
 * @param failure the first failure, or null; it ends the exploration
 */
public record Report(
        long executions,
        long blocked,
        long abandoned,
        int operations,
        long nanos,
        SortedMap<String, Long> outcomes,
        ModelFailure failure) {

    @Override
    public String toString() {
        return String.format(
                "%d executions (%d blocked, %d abandoned), up to %d operations, %d ms%s",
                executions,
                blocked,
                abandoned,
                operations,
                nanos / 1_000_000,
                failure == null ? "" : ", failed: " + failure.reason());
    }
}

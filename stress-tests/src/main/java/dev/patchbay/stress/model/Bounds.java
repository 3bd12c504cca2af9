// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

/**
 * Within what a check is exhaustive. Exceeding a bound is a failure, never a silent end.
 *
 * @param operations the most loads and stores of one actor in one execution; more are reported as a livelock
 * @param executions the most executions to explore
 * @param patience how often a loop may repeat the same loads of the same values, beyond the first time; then its actor stands
 *     still until one of these values changes. Memory is fair: a store reaches everyone in the end, so no loop reads an old
 *     value for ever
 */
public record Bounds(int operations, long executions, int patience) {
    /** 400 operations of each actor, two million executions, and loops that read the same three times more. */
    public static final Bounds STANDARD = new Bounds(400, 2_000_000, 3);

    /** The same with another number of executions. */
    public Bounds withExecutions(final long most) {
        return new Bounds(operations, most, patience);
    }

    /** The same with another patience. */
    public Bounds withPatience(final int repetitions) {
        return new Bounds(operations, executions, repetitions);
    }
}

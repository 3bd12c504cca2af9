// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.mutants;

import dev.patchbay.stress.model.Order;

/**
 * One thing broken in one place.
 *
 * @param point where
 * @param change what
 * @param to the order that takes the place of the call's own; null in every other change
 */
record Mutation(Point point, Change change, Order to) {
    /** Ways to break. */
    enum Change {
        /** The code as it is. */
        NONE,
        /** A weaker memory order. */
        WEAKEN,
        /** No store; a compare-and-set that says that it succeeded, an exchange that only loads. */
        OMIT,
        /** The jump is always taken: one side of a check removed. */
        ALWAYS,
        /** The jump is never taken: the other side. */
        NEVER,
        /** Less becomes less or equal, and so on: the constant off by one. */
        BOUNDARY
    }

    /** What is done, in words. */
    String what() {
        return switch (change) {
            case WEAKEN -> Call.lower(point.call().order()) + " -> " + Call.lower(to);
            case NONE -> "as it is";
            case OMIT -> "left out";
            case ALWAYS -> "always jumps";
            case NEVER -> "never jumps";
            case BOUNDARY -> "off by one";
        };
    }

    /** Its name: {@code EventQueue.offer#2 getLongAcquire: acquire -> opaque}. Lines do not count, so it outlives edits elsewhere. */
    @Override
    public String toString() {
        return point.name() + ": " + what();
    }
}

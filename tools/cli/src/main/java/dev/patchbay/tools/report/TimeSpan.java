// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.report;

/**
 * The time in which blocks were played: the common axis of the plots.
 *
 * @param startNanos when the first block was asked for, on CLOCK_MONOTONIC
 * @param seconds from then to the end of the last block
 */
record TimeSpan(long startNanos, double seconds) {
    /** Seconds after the first block. */
    double at(final long nanos) {
        return (nanos - startNanos) / 1e9;
    }

    boolean holds(final long nanos) {
        return at(nanos) >= 0 && at(nanos) <= seconds;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.panel;

/** Lets so many things a second pass, and at most a second's worth at once. Any thread. */
final class RateLimit {
    private final double perSecond;
    private double left;
    private long at = System.nanoTime();

    RateLimit(final double perSecond) {
        this.perSecond = perSecond;
        this.left = perSecond;
    }

    /** Whether so many may pass now; what may not is not counted. */
    synchronized boolean pass(final int count) {
        final long now = System.nanoTime();
        left = Math.min(perSecond, left + (now - at) / 1e9 * perSecond);
        at = now;
        if (left < count) {
            return false;
        }
        left -= count;
        return true;
    }
}

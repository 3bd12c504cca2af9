// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

/**
 * Whether a wait begins by looking for a while, or sleeps at once: it looks where that has paid lately. A look in vain is
 * followed by waits that sleep at once, twice as many each time, up to a limit; a look that pays takes the limit back to 1.
 * Waits that were long count for nothing, since no look would have been long enough: whoever is asked rarely sleeps at
 * once, always. The bridge's SpinPolicy has the same rules. One thread. Real-time safe.
 */
final class SpinPolicy {
    /** A sleep that was shorter may have been one of the kernel's wake-up time alone, in nanoseconds. */
    static final long SHORT_NANOS = 250_000;

    /** The most waits that sleep at once before it is tried again whether a look pays. */
    static final int MOST_SLEEPS = 64;

    private int sleepsLeft;
    private int sleepsAfterMiss = 1;

    /** Whether the next wait begins with a look. */
    boolean looks() {
        return sleepsLeft == 0;
    }

    /** The look ended with what was waited for. */
    void hit() {
        sleepsAfterMiss = 1;
    }

    /** The look ended without. */
    void missed() {
        sleepsLeft = sleepsAfterMiss;
        sleepsAfterMiss = Math.min(sleepsAfterMiss * 2, MOST_SLEEPS);
    }

    /** A wait without a look has ended after so many nanoseconds. */
    void slept(final long nanos) {
        if (nanos < SHORT_NANOS) {
            sleepsLeft--;
        }
    }
}

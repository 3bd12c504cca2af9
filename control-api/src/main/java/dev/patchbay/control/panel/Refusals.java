// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.panel;

/** Tells the log of requests that were refused: some a minute, and how many more there were. */
final class Refusals {
    private static final int MOST = 20;
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private long since = System.nanoTime();
    private int told;
    private long untold;

    synchronized void tell(final String sentence) {
        final long now = System.nanoTime();
        if (now - since >= MINUTE_NANOS) {
            if (untold > 0) {
                say(untold + " further requests were refused in the last minutes.");
            }
            since = now;
            told = 0;
            untold = 0;
        }
        if (told < MOST) {
            told++;
            say(sentence);
        } else {
            untold++;
        }
    }

    private static void say(final String sentence) {
        System.err.println("patchbay control: panel: " + sentence);
    }
}

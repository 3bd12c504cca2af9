// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.plan;

/** What a benchmark's figures measure, and which of two is better. */
public enum Unit {
    /** Millions of events in a second. */
    MILLION_EVENTS_PER_SECOND("M events/s", true),
    /** Nanoseconds of one operation. */
    NANOSECONDS("ns", false);

    private final String text;
    private final boolean more;

    Unit(final String text, final boolean more) {
        this.text = text;
        this.more = more;
    }

    /** {@return whether the greater of two figures is the better} */
    public boolean isMoreBetter() {
        return more;
    }

    @Override
    public String toString() {
        return text;
    }
}

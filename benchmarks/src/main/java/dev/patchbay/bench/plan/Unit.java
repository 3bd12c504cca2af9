// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.plan;

/** What a benchmark's figures measure, and which of two is better. */
public enum Unit {
    /** Millions of events in a second. */
    MILLION_EVENTS_PER_SECOND("M events/s", true),
    /** Nanoseconds of one operation. */
    NANOSECONDS("ns", false),
    /** Nanoseconds of one voice for one sample. */
    NANOSECONDS_PER_SAMPLE("ns per voice and sample", false),
    /** Microseconds. */
    MICROSECONDS("µs", false),
    /** Milliseconds. */
    MILLISECONDS("ms", false),
    /** Of 10<sup>6</sup> bytes. */
    MEGABYTES("MB", false),
    /** Blocks of a million that were not there in time. */
    MISSES_PER_MILLION("misses per million blocks", false);

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

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.statistics;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collection;
import java.util.Locale;

/** Whether a goal is met. */
public enum Verdict {
    /** The whole interval is on the right side of the bound. */
    YES,
    /** The whole interval is on the wrong side. */
    NO,
    /** The bound lies within the interval, or there are too few rounds. */
    UNDECIDED;

    /** {@return whether a ratio within an interval keeps a bound} */
    public static Verdict of(final Interval ratio, final double bound, final boolean isMoreBetter) {
        if (!ratio.isSure()) {
            return UNDECIDED;
        }
        if (isMoreBetter ? ratio.low() >= bound : ratio.high() <= bound) {
            return YES;
        }
        return (isMoreBetter ? ratio.high() < bound : ratio.low() > bound) ? NO : UNDECIDED;
    }

    /** {@return whether all of a goal's targets are met} One that is missed decides. */
    public static Verdict all(final Collection<Verdict> verdicts) {
        return verdicts.contains(NO) ? NO : verdicts.contains(UNDECIDED) ? UNDECIDED : YES;
    }

    /** {@return the word of the results' file} */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

/**
 * How a meter's pointer moves: it jumps to a higher peak at once and falls at an even rate in decibels. It belongs to whoever draws
 * the meter, since each may want another; the region has the peaks alone. Not thread-safe; allocates nothing but itself.
 *
 * <p>Rates in use: 20 dB in 300 ms, fast enough to show single notes ({@link #fast}); for programme meters 20 dB in 1.7 s
 * (IEC 60268-10 type I, IEC 60268-18) or 24 dB in 2.8 s (IEC 60268-10 type II). Those of IEC 60268-10 integrate over 5 or 10 ms
 * before they rise; this one shows the peak of the samples.
 */
public final class MeterBallistics {
    /** A pointer that has fallen so far, −200 dB, rests. */
    private static final double REST = 1e-10;

    private final double fallPerSecond;
    private double level;

    /**
     * A pointer at rest.
     *
     * @param decibels how far it falls, above 0
     * @param seconds in which time, above 0
     * @throws IllegalArgumentException if either is not a number above 0
     */
    public MeterBallistics(final double decibels, final double seconds) {
        if (!(decibels > 0 && seconds > 0 && decibels / seconds < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "The pointer is to fall by "
                            + decibels
                            + " dB in "
                            + seconds
                            + " s, expected numbers above 0, such as 20 dB in 0.3 s.");
        }
        fallPerSecond = Math.log(10) / 20 * decibels / seconds;
    }

    /** {@return a pointer at rest that falls by 20 dB in 300 ms} */
    public static MeterBallistics fast() {
        return new MeterBallistics(20, 0.3);
    }

    /**
     * Lets time pass, and then takes in a peak.
     *
     * @param peak the highest level since the last call, linear, as of {@link MeterReader#peak}; NaN and infinities are ignored
     * @param seconds since the last call; below 0, or NaN, counts as 0
     * @return where the pointer is: linear, finite, 0 at rest
     */
    public float update(final float peak, final double seconds) {
        final double fallen = level * Math.exp(-fallPerSecond * (seconds > 0 ? seconds : 0));
        final double higher = Float.isFinite(peak) ? Math.max(fallen, Math.abs(peak)) : fallen;
        level = higher > REST ? higher : 0;
        return (float) level;
    }

    /** {@return where the pointer is: linear, finite, 0 at rest} */
    public float level() {
        return (float) level;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth;

/** What the filter lets through, in the order of the parameter's values. */
public enum FilterType {
    /** What lies below the cutoff; 12 dB per octave above it. */
    LOW_PASS("Low Pass"),
    /** What lies around the cutoff; 6 dB per octave on both sides, 0 dB at its peak. */
    BAND_PASS("Band Pass"),
    /** What lies above the cutoff; 12 dB per octave below it. */
    HIGH_PASS("High Pass");

    private static final FilterType[] VALUES = values();

    private final String label;

    FilterType(final String label) {
        this.label = label;
    }

    /**
     * The type that a plain parameter value stands for. Does not allocate.
     *
     * @param plain 0 and up; what lies outside is clamped
     */
    public static FilterType of(final float plain) {
        return VALUES[Math.max(0, Math.min(VALUES.length - 1, Math.round(plain)))];
    }

    /** What a person reads, in the order of the values. */
    static String[] labels() {
        final String[] labels = new String[VALUES.length];
        for (final FilterType type : VALUES) {
            labels[type.ordinal()] = type.label;
        }
        return labels;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth;

/** The shapes that an oscillator can have, in the order of the parameter's values. */
public enum Waveform {
    /** All harmonics; bright. */
    SAW("Saw"),
    /** A rectangle whose width is a parameter; hollow at 50 %, nasal below. */
    PULSE("Pulse"),
    /** Odd harmonics that fall quickly; soft. */
    TRIANGLE("Triangle"),
    /** The fundamental alone. */
    SINE("Sine");

    private static final Waveform[] VALUES = values();

    private final String label;

    Waveform(final String label) {
        this.label = label;
    }

    /**
     * The shape that a plain parameter value stands for. Does not allocate.
     *
     * @param plain 0 and up; what lies outside is clamped
     */
    public static Waveform of(final float plain) {
        return VALUES[Math.max(0, Math.min(VALUES.length - 1, Math.round(plain)))];
    }

    /** What a person reads, in the order of the values. */
    static String[] labels() {
        final String[] labels = new String[VALUES.length];
        for (final Waveform waveform : VALUES) {
            labels[waveform.ordinal()] = waveform.label;
        }
        return labels;
    }
}

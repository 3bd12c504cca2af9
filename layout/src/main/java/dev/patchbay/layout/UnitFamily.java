// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.List;

/** Units that measure the same, so that a person may type one where a parameter has another. */
enum UnitFamily {
    /** Shown in Hz below 1000 Hz, else in kHz. "k" alone is kHz. */
    FREQUENCY(
            List.of(new Unit("Hz", 1), new Unit("kHz", 1_000)),
            List.of(new Unit("k", 1_000), new Unit("MHz", 1_000_000))),
    /** Shown in ms below a second, else in s. */
    TIME(
            List.of(new Unit("ms", 1), new Unit("s", 1_000)),
            List.of(
                    new Unit("us", 0.001),
                    new Unit("µs", 0.001),
                    new Unit("μs", 0.001),
                    new Unit("sec", 1_000),
                    new Unit("min", 60_000))),
    /** Shown as the parameter has it. */
    PITCH(
            List.of(),
            List.of(
                    new Unit("ct", 1),
                    new Unit("cent", 1),
                    new Unit("cents", 1),
                    new Unit("st", 100),
                    new Unit("semitones", 100),
                    new Unit("oct", 1_200))),
    /** A unit that is like no other, or none. */
    OTHER(List.of(), List.of());

    /**
     * One unit.
     *
     * @param symbol as it is written
     * @param factor how many of the family's smallest whole unit it is
     */
    record Unit(String symbol, double factor) {}

    private final List<Unit> shown;
    private final List<Unit> others;

    UnitFamily(final List<Unit> shown, final List<Unit> others) {
        this.shown = shown;
        this.others = others;
    }

    /** The family that a parameter's unit belongs to. */
    static UnitFamily of(final String unit) {
        for (final UnitFamily family : values()) {
            if (!unit.equals("k") && family.factor(unit) != 0) {
                return family;
            }
        }
        return OTHER;
    }

    /** The units in which values are shown, the smaller first; none where they are shown in the parameter's own. */
    List<Unit> shown() {
        return shown;
    }

    /** What a unit is worth, or 0 where it is not of this family; upper and lower case are the same. */
    double factor(final String symbol) {
        for (final List<Unit> units : List.of(shown, others)) {
            for (final Unit unit : units) {
                if (unit.symbol().equalsIgnoreCase(symbol)) {
                    return unit.factor();
                }
            }
        }
        return 0;
    }
}

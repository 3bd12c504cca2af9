// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One parameter of a plug-in: what a host, a preset and a person need to know of it. Values in a region are always
 * normalized to 0…1; the plain value, in {@link #unit()}, follows from the range and the {@link Scale}.
 *
 * @param id the number by which hosts store automation, 0 to 2³⁰ − 1; never change it once a plug-in is published
 * @param symbol a C identifier, unique within the plug-in
 * @param name what a person reads
 * @param shortName the same for narrow displays
 * @param unit the plain value's unit, such as {@code Hz}; may be empty
 * @param minimum the plain value at 0
 * @param maximum the plain value at 1
 * @param defaultValue the plain value of a fresh instance
 * @param stepCount 0 for a continuous parameter, else the number of values less one
 * @param valueNames a name for each of the {@code stepCount + 1} values, or empty
 * @param scale how normalized becomes plain
 * @param exponent the exponent of {@link Scale#POWER}; 1 otherwise
 * @param flags what a host may do with it
 * @param group the name of the group it is shown in; may be empty
 */
public record Parameter(
        int id,
        String symbol,
        String name,
        String shortName,
        String unit,
        double minimum,
        double maximum,
        double defaultValue,
        int stepCount,
        List<String> valueNames,
        Scale scale,
        double exponent,
        Set<Flag> flags,
        String group) {

    /** What a host may do with a parameter. */
    public enum Flag {
        /** The host may record and play changes. */
        AUTOMATABLE(1),
        /** Only the plug-in changes it. */
        READ_ONLY(2),
        /** The plug-in's bypass switch. */
        BYPASS(4),
        /** Not shown to people. */
        HIDDEN(8),
        /** Its values are programs, whose names a host lists and selects: those of the parameter's group. */
        PROGRAM_CHANGE(16);

        private final int bit;

        Flag(final int bit) {
            this.bit = bit;
        }

        /** {@return the bit that stands for this flag in a region} */
        public int bit() {
            return bit;
        }
    }

    /** Checks the values against each other. */
    public Parameter {
        Names.check("parameter", symbol);
        valueNames = List.copyOf(valueNames);
        flags = Set.copyOf(flags);
        final String who = "Parameter \"" + symbol + "\": ";
        if (id < 0 || id >= 1 << 30) {
            throw new IllegalArgumentException(
                    who + "the id must lie in 0…2^30−1, but it is " + id + ".");
        }
        if (!(minimum < maximum && Double.isFinite(maximum - minimum))) {
            throw new IllegalArgumentException(
                    who
                            + "the minimum must be below the maximum, and both and their distance"
                            + " finite, but they are "
                            + minimum
                            + " and "
                            + maximum
                            + ".");
        }
        if (!(defaultValue >= minimum && defaultValue <= maximum)) {
            throw new IllegalArgumentException(
                    who
                            + "the default must lie in "
                            + minimum
                            + "…"
                            + maximum
                            + ", but it is "
                            + defaultValue
                            + ".");
        }
        final double ratio = maximum / minimum;
        if (scale == Scale.LOGARITHMIC && !(minimum > 0 && ratio > 1 && Double.isFinite(ratio))) {
            throw new IllegalArgumentException(
                    who
                            + "a logarithmic scale needs a minimum above 0 and a finite ratio"
                            + " above 1, but they are "
                            + minimum
                            + " and "
                            + maximum
                            + ".");
        }
        if (!(exponent > 0 && Double.isFinite(exponent) && Double.isFinite(1 / exponent))) {
            throw new IllegalArgumentException(
                    who
                            + "the exponent must be above 0, and it and its reciprocal finite,"
                            + " but it is "
                            + exponent
                            + ".");
        }
        if (stepCount < 0) {
            throw new IllegalArgumentException(
                    who + "the step count must not be negative: " + stepCount + ".");
        }
        if (!valueNames.isEmpty() && valueNames.size() != stepCount + 1) {
            throw new IllegalArgumentException(
                    who
                            + (stepCount + 1)
                            + " values need as many names, but there are "
                            + valueNames.size()
                            + ".");
        }
        for (final String value : valueNames) {
            if (value.indexOf('\n') >= 0) {
                throw new IllegalArgumentException(
                        who + "a value's name is one line, but one is \"" + value + "\".");
            }
        }
    }

    /**
     * Starts the description of a continuous, automatable parameter from 0 to 1, default 0.
     *
     * @param id the stable number
     * @param symbol a C identifier
     * @param name what a person reads
     * @return a builder whose other values have their defaults
     */
    public static Builder of(final int id, final String symbol, final String name) {
        return new Builder(id, symbol, name);
    }

    /**
     * {@return the plain value, in {@link #unit()}} Real-time safe: Math.pow is an intrinsic and allocates nothing, where
     * StrictMath.pow allocates 96 bytes a call until it is compiled.
     *
     * @param normalized 0 to 1; values outside are clamped, NaN counts as 0
     */
    public double toPlain(final double normalized) {
        return ParameterCurve.toPlain(scale, minimum, maximum, stepCount, exponent, normalized);
    }

    /**
     * {@return the normalized value, 0 to 1}
     *
     * @param plain minimum to maximum; values outside are clamped, NaN counts as the minimum
     */
    public double toNormalized(final double plain) {
        final double p = plain > minimum ? Math.min(plain, maximum) : minimum;
        if (p == maximum) {
            return 1;
        }
        if (stepCount > 0) {
            return Math.rint((p - minimum) / (maximum - minimum) * stepCount) / stepCount;
        }
        return switch (scale) {
            case LINEAR -> (p - minimum) / (maximum - minimum);
            case LOGARITHMIC -> Math.log(p / minimum) / Math.log(maximum / minimum);
            case POWER -> Math.pow((p - minimum) / (maximum - minimum), 1 / exponent);
        };
    }

    /** {@return what turns normalized into plain values, without the rest: for a thread that must not allocate} */
    public ParameterCurve curve() {
        return new ParameterCurve(scale, minimum, maximum, stepCount, exponent);
    }

    /** {@return the default as a normalized value} */
    public double defaultNormalized() {
        return toNormalized(defaultValue);
    }

    /**
     * Checks that parameters of one region can be told apart.
     *
     * @throws IllegalArgumentException if two share an id or a symbol
     */
    static void checkDistinct(final List<Parameter> parameters) {
        final Set<Object> seen = new HashSet<>();
        for (final Parameter p : parameters) {
            if (!seen.add(p.id()) || !seen.add(p.symbol())) {
                throw new IllegalArgumentException(
                        "The parameter \""
                                + p.symbol()
                                + "\" (id "
                                + p.id()
                                + ") shares its id or its symbol with another.");
            }
        }
    }

    /** Describes a parameter step by step. */
    public static final class Builder {
        private final int id;
        private final String symbol;
        private final String name;
        private final Set<Flag> flags = EnumSet.of(Flag.AUTOMATABLE);
        private String shortName;
        private String unit = "";
        private double minimum = 0;
        private double maximum = 1;
        private double defaultValue = 0;
        private int stepCount = 0;
        private List<String> valueNames = List.of();
        private Scale scale = Scale.LINEAR;
        private double exponent = 1;
        private String group = "";

        private Builder(final int id, final String symbol, final String name) {
            this.id = id;
            this.symbol = symbol;
            this.name = name;
            this.shortName = name;
        }

        /**
         * Sets the name for narrow displays.
         *
         * @param value what a person reads; the name, unless it is set
         * @return this builder
         */
        public Builder shortName(final String value) {
            shortName = value;
            return this;
        }

        /**
         * Sets the plain range and the default, all in the unit.
         *
         * @param min the plain value at normalized 0
         * @param max the plain value at normalized 1; above the minimum
         * @param initial the plain value of a fresh instance, minimum to maximum
         * @return this builder
         */
        public Builder range(final double min, final double max, final double initial) {
            minimum = min;
            maximum = max;
            defaultValue = initial;
            return this;
        }

        /**
         * Sets the unit of the plain value.
         *
         * @param value such as {@code Hz}; may be empty
         * @return this builder
         */
        public Builder unit(final String value) {
            unit = value;
            return this;
        }

        /**
         * Makes the scale logarithmic: equal steps are equal ratios.
         *
         * @return this builder
         */
        public Builder logarithmic() {
            scale = Scale.LOGARITHMIC;
            return this;
        }

        /**
         * Makes the scale a power law; an exponent above 1 gives the low end more room.
         *
         * @param value above 0 and finite; 1 is linear
         * @return this builder
         */
        public Builder power(final double value) {
            scale = Scale.POWER;
            exponent = value;
            return this;
        }

        /**
         * Makes it a choice between named values; the plain value is the index.
         *
         * @param names a line of text for each value, by index; at least two
         * @return this builder
         */
        public Builder values(final String... names) {
            stepCount = names.length - 1;
            minimum = 0;
            maximum = stepCount;
            valueNames = List.of(names);
            return this;
        }

        /**
         * Makes it a number of equal steps from minimum to maximum.
         *
         * @param count the number of values less one; 0 makes it continuous
         * @return this builder
         */
        public Builder steps(final int count) {
            stepCount = count;
            return this;
        }

        /**
         * Sets the default, plain.
         *
         * @param plain in the unit, minimum to maximum
         * @return this builder
         */
        public Builder initial(final double plain) {
            defaultValue = plain;
            return this;
        }

        /**
         * Sets the group.
         *
         * @param value the name of the group that it is shown in; may be empty
         * @return this builder
         */
        public Builder group(final String value) {
            group = value;
            return this;
        }

        /**
         * Adds a flag.
         *
         * @param flag what a host may do; {@link Flag#READ_ONLY} takes {@link Flag#AUTOMATABLE} back
         * @return this builder
         */
        public Builder flag(final Flag flag) {
            flags.add(flag);
            if (flag == Flag.READ_ONLY) {
                flags.remove(Flag.AUTOMATABLE);
            }
            return this;
        }

        /**
         * Makes the parameter.
         *
         * @return the parameter, checked
         * @throws IllegalArgumentException with a sentence that names the parameter, the value and what is allowed
         */
        public Parameter build() {
            return new Parameter(
                    id,
                    symbol,
                    name,
                    shortName,
                    unit,
                    minimum,
                    maximum,
                    defaultValue,
                    stepCount,
                    valueNames,
                    scale,
                    exponent,
                    flags,
                    group);
        }
    }
}

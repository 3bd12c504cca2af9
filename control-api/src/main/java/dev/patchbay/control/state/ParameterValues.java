// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.state;

import dev.patchbay.layout.Parameter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Normalized values by the parameters' stable ids. Ids that a plug-in does not declare are kept, so that a sound goes through an older
 * version without loss. Immutable; any thread.
 */
public final class ParameterValues {
    /** The most values there can be, as in the bridge. */
    public static final int MOST = 1 << 16;

    /**
     * Two values of a continuous parameter that are no farther apart are the same: a double that went through a host's or the
     * region's 32 bits differs by 3e-8 at most, and a host's own rounding by less than this.
     */
    public static final double SAME = 1e-6;

    /** No values: every parameter has its default. */
    public static final ParameterValues NONE = new ParameterValues(new TreeMap<>());

    private static final int IDS = 1 << 30;

    /** Sorted, and arrays: a library holds thousands of these. */
    private final int[] ids;

    private final double[] values;

    private ParameterValues(final SortedMap<Integer, Double> byId) {
        ids = byId.keySet().stream().mapToInt(Integer::intValue).toArray();
        values = byId.values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * {@return the values, each clamped to 0…1}
     *
     * @param byId normalized values by the parameters' ids
     * @throws IllegalArgumentException if an id is not in 0…2³⁰ − 1, a value is NaN, or there are more than {@link #MOST}
     */
    public static ParameterValues of(final Map<Integer, Double> byId) {
        if (byId.size() > MOST) {
            throw new IllegalArgumentException(
                    "There are "
                            + byId.size()
                            + " parameter values, but at most "
                            + MOST
                            + " are possible.");
        }
        final SortedMap<Integer, Double> sorted = new TreeMap<>();
        byId.forEach((id, value) -> sorted.put(checkedId(id), clamped(id, value)));
        return new ParameterValues(sorted);
    }

    static boolean isId(final int id) {
        return id >= 0 && id < IDS;
    }

    private static int checkedId(final int id) {
        if (!isId(id)) {
            throw new IllegalArgumentException(
                    "The id of a parameter lies in 0…2^30−1, but one is " + id + ".");
        }
        return id;
    }

    private static double clamped(final int id, final double value) {
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException(
                    "The value of the parameter with the id " + id + " is not a number.");
        }
        // Positive zero also for the negative one: equal values are equal bytes.
        return value > 0 ? Math.min(value, 1) : 0;
    }

    /** {@return normalized values by id, in the order of the ids; the caller's own copy} */
    public SortedMap<Integer, Double> byId() {
        final SortedMap<Integer, Double> byId = new TreeMap<>();
        for (int i = 0; i < ids.length; i++) {
            byId.put(ids[i], values[i]);
        }
        return byId;
    }

    /** {@return how many values there are} */
    public int size() {
        return ids.length;
    }

    /**
     * {@return whether there is a value for an id}
     *
     * @param id a parameter's
     */
    public boolean has(final int id) {
        return Arrays.binarySearch(ids, id) >= 0;
    }

    /**
     * {@return a parameter's normalized value: its default where there is none}
     *
     * @param parameter which one
     */
    public double of(final Parameter parameter) {
        final int at = Arrays.binarySearch(ids, parameter.id());
        return at >= 0 ? values[at] : parameter.defaultNormalized();
    }

    /**
     * {@return these values with others in their place, and with those that only the others have}
     *
     * @param others what goes before
     */
    public ParameterValues with(final ParameterValues others) {
        final SortedMap<Integer, Double> both = byId();
        both.putAll(others.byId());
        return new ParameterValues(both);
    }

    /**
     * {@return those of these values that belong to none of the parameters}
     *
     * @param parameters the declared ones
     */
    public ParameterValues unknownTo(final List<Parameter> parameters) {
        final SortedMap<Integer, Double> rest = byId();
        parameters.forEach(parameter -> rest.remove(parameter.id()));
        return new ParameterValues(rest);
    }

    /**
     * {@return what a preset sets: the value of each parameter that {@link #isOfSounds} by its index, defaults where there is
     * none}
     *
     * @param parameters the declared ones, in the order of their indices
     */
    public Map<Integer, Double> byIndex(final List<Parameter> parameters) {
        final Map<Integer, Double> values = new HashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            if (isOfSounds(parameters.get(i))) {
                values.put(i, of(parameters.get(i)));
            }
        }
        return values;
    }

    /**
     * {@return whether a parameter is part of a sound: read-only ones belong to the plug-in, and the bypass switch to the
     * mix, so presets leave both alone}
     *
     * @param parameter which one
     */
    public static boolean isOfSounds(final Parameter parameter) {
        return !parameter.flags().contains(Parameter.Flag.READ_ONLY)
                && !parameter.flags().contains(Parameter.Flag.BYPASS);
    }

    /**
     * {@return whether two values of a parameter are the same to the ear: the same step, or no farther apart than {@link #SAME}}
     *
     * @param parameter whose values they are
     * @param a normalized
     * @param b normalized
     */
    public static boolean isSame(final Parameter parameter, final double a, final double b) {
        return parameter.stepCount() > 0
                ? parameter.toPlain(a) == parameter.toPlain(b)
                : Math.abs(a - b) <= SAME;
    }

    /**
     * {@return a sound between this one and another} Continuous parameters move in a straight line between the normalized
     * values, at both ends exactly theirs. Stepped and named ones are this one's before the half and the other's from the half on, and so
     * are ids that no parameter has, and whether they are there.
     *
     * @param other the sound at 1
     * @param position 0 is this sound, 1 the other; clamped
     * @param parameters the declared ones
     * @throws IllegalArgumentException if the position is NaN
     */
    public ParameterValues morph(
            final ParameterValues other, final double position, final List<Parameter> parameters) {
        if (Double.isNaN(position)) {
            throw new IllegalArgumentException(
                    "A morph takes a position from 0 to 1, but was given NaN.");
        }
        final double at = Math.max(0, Math.min(1, position));
        final ParameterValues nearer = at < 0.5 ? this : other;
        final SortedMap<Integer, Double> mixed = nearer.unknownTo(parameters).byId();
        for (final Parameter parameter : parameters) {
            final double a = of(parameter);
            final double b = other.of(parameter);
            final double value =
                    parameter.stepCount() > 0 || at == 1
                            ? nearer.of(parameter)
                            : Math.max(Math.min(a, b), Math.min(Math.max(a, b), a + at * (b - a)));
            mixed.put(parameter.id(), value);
        }
        return new ParameterValues(mixed);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof ParameterValues
                && Arrays.equals(ids, ((ParameterValues) other).ids)
                && Arrays.equals(values, ((ParameterValues) other).values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(ids) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return byId().toString();
    }
}

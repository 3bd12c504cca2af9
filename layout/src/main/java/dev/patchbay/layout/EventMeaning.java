// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.List;

/**
 * What a field of an event holds for the types that use it so. Java's accessor and C's are named after it.
 *
 * <p>Its methods are called for every event, so the class has no text of its own: when HotSpot compiles a method, it makes the string
 * constants of the method's class on the thread that called it. The words are those of {@link EventTable}.
 */
public final class EventMeaning {
    private final String name;
    private final EventSlot slot;
    private final double minimum;
    private final double maximum;
    private final double fallback;
    private final String unit;
    private final List<String> choices;

    EventMeaning(
            final String name,
            final EventSlot slot,
            final double minimum,
            final double maximum,
            final double fallback,
            final String unit,
            final List<String> choices) {
        this.name = name;
        this.slot = slot;
        this.minimum = minimum;
        this.maximum = maximum;
        this.fallback = fallback;
        this.unit = unit;
        this.choices = List.copyOf(choices);
    }

    /** {@return the name in the manner of C: {@code tuning_cents}; one meaning has one name in all types} */
    public String name() {
        return name;
    }

    /** {@return the field} */
    public EventSlot slot() {
        return slot;
    }

    /** {@return the least} */
    public double minimum() {
        return minimum;
    }

    /** {@return the greatest} */
    public double maximum() {
        return maximum;
    }

    /** {@return what stands for what is no number} */
    public double fallback() {
        return fallback;
    }

    /** {@return the unit, with what it says beyond the range; empty where the name says it all} */
    public String unit() {
        return unit;
    }

    /** {@return what the numbers from the minimum to the maximum stand for; empty where they count} */
    public List<String> choices() {
        return choices;
    }

    /**
     * {@return the nearest number in the range; the fallback for what is none} Real-time safe. C has the same: {@code
     * pb_event_bounded}.
     *
     * @param found any number, also one that is none
     */
    public double bounded(final double found) {
        if (found >= minimum) {
            return found <= maximum ? found : maximum;
        }
        return found < minimum ? minimum : fallback;
    }

    /**
     * {@return the nearest number in the range} Real-time safe.
     *
     * @param found any number
     */
    public int bounded(final int found) {
        return (int) bounded((double) found);
    }

    /**
     * {@return whether a number is in the range} Real-time safe.
     *
     * @param found any number, also one that is none
     */
    public boolean admits(final double found) {
        return found >= minimum && found <= maximum;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.EventForm;
import dev.patchbay.layout.EventMeaning;
import dev.patchbay.layout.EventSlot;
import dev.patchbay.layout.EventTable;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Calls of the encoder and the accessors by the names that the declaration has for them. */
final class EventCases {
    private static final double[] REALS = {
        0,
        -0.0,
        1,
        -1,
        0.5,
        120,
        1e300,
        -1e300,
        Double.MIN_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
    };
    private static final int[] INTS = {
        0, -1, 1, 15, 16, 127, 128, Integer.MIN_VALUE, Integer.MAX_VALUE
    };

    private EventCases() {}

    /** The meanings that have an accessor of their own, each once. */
    static List<EventMeaning> accessors() {
        final Map<String, EventMeaning> byName = new LinkedHashMap<>();
        for (final EventForm form : EventForm.all()) {
            for (final EventMeaning m : form.meanings()) {
                if (m.slot() != EventSlot.CHANNEL && m.slot() != EventSlot.NOTE_ID) {
                    byName.put(m.name(), m);
                }
            }
        }
        return List.copyOf(byName.values());
    }

    /** What the encoder of a type takes: the sample offset, then each meaning, as likely odd as not. */
    static Object[] arguments(final EventForm form, final Random random) {
        final List<Object> arguments = new ArrayList<>(List.of(anInt(random)));
        for (final EventMeaning m : form.meanings()) {
            arguments.add(
                    switch (m.slot()) {
                        case VALUE_BITS -> random.nextLong();
                        case VALUE, DETAIL -> aReal(m, random);
                        default -> random.nextBoolean() ? within(m, random) : anInt(random);
                    });
        }
        return arguments.toArray();
    }

    /** Has the encoder write an event. */
    static void encode(
            final EventEncoder encoder, final EventForm form, final Object... arguments) {
        final Method method =
                Arrays.stream(EventEncoder.class.getMethods())
                        .filter(m -> m.getName().equals(EventTable.javaName(form.name())))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no encoder for " + form.name()));
        try {
            method.invoke(encoder, arguments);
        } catch (final ReflectiveOperationException e) {
            throw new AssertionError(form.name(), e);
        }
    }

    /** What the accessor of a meaning answers. */
    static Number read(final Event event, final EventMeaning meaning) {
        try {
            return (Number)
                    Event.class.getMethod(EventTable.javaName(meaning.name())).invoke(event);
        } catch (final ReflectiveOperationException e) {
            throw new AssertionError("no accessor for " + meaning.name(), e);
        }
    }

    /** All that can be read of an event, with every bit. */
    static String readAll(final Event event) {
        final StringBuilder text = new StringBuilder();
        text.append(event.isValid() ? "valid" : "broken");
        for (final EventMeaning meaning : accessors()) {
            final Number number = read(event, meaning);
            text.append(' ').append(meaning.name()).append('=');
            text.append(
                    number instanceof Double real
                            ? Long.toHexString(Double.doubleToRawLongBits(real))
                            : Long.toHexString(number.longValue()));
        }
        final long plain = Double.doubleToRawLongBits(event.plainExpression());
        return text.append(" plain_expression=").append(Long.toHexString(plain)).toString();
    }

    private static int anInt(final Random random) {
        return random.nextBoolean() ? INTS[random.nextInt(INTS.length)] : random.nextInt();
    }

    private static int within(final EventMeaning m, final Random random) {
        return (int) (m.minimum() + Math.floor(random.nextDouble() * (m.maximum() - m.minimum())));
    }

    private static double aReal(final EventMeaning m, final Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> REALS[random.nextInt(REALS.length)];
            case 1 -> Double.longBitsToDouble(random.nextLong());
            default -> m.minimum() + random.nextDouble() * (m.maximum() - m.minimum());
        };
    }
}

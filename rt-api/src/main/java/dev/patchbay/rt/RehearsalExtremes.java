// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.EventType;
import java.util.SplittableRandom;

/** What a rehearsal asks seldom, and a host may ask at any time: full queues, every parameter at its ends, and nonsense. */
final class RehearsalExtremes {
    private static final int LAST_TYPE = EventType.TRANSPORT;
    private static final double[] NO_VALUES = {Double.NaN, -1, 2, Double.POSITIVE_INFINITY};

    private final EventQueue events;
    private final EventQueue controlEvents;
    private final AudioSlots slots;
    private final int parameterCount;
    private final SplittableRandom random;
    private final float[] signal;
    private int parameter;

    RehearsalExtremes(
            final EventQueue events,
            final EventQueue controlEvents,
            final AudioSlots slots,
            final int parameterCount,
            final SplittableRandom random) {
        this.events = events;
        this.controlEvents = controlEvents;
        this.slots = slots;
        this.parameterCount = parameterCount;
        this.random = random;
        this.signal = new float[slots.maxFrames()];
    }

    /** Fills both queues to their last slot: notes, controllers and parameters, as fast as a broken host sends them. */
    void fillQueues(final int frames) {
        int at = 0;
        boolean room = true;
        while (room) {
            at = Math.min(Math.max(0, frames - 1), at + random.nextInt(2));
            room = storm(events, at);
        }
        do {
            room = storm(controlEvents, 0);
        } while (room);
    }

    private boolean storm(final EventQueue queue, final int at) {
        final int key = random.nextInt(128);
        return switch (random.nextInt(5)) {
            case 0 -> queue.offer(EventType.NOTE_ON, at, 0, -1, key, random.nextDouble(), 0);
            case 1 -> queue.offer(EventType.NOTE_OFF, at, 0, -1, key, 0, 0);
            case 2 -> queue.offer(EventType.CONTROLLER, at, 0, -1, key, random.nextDouble(), 0);
            case 3 -> queue.offer(EventType.PITCH_BEND, at, 0, -1, 0, random.nextDouble(-1, 1), 0);
            default -> parameter(queue, at, random.nextDouble());
        };
    }

    /** Moves the next few parameters to their lowest and their highest value, one after the other, so that each has its turn. */
    void sweep(final int frames) {
        for (int i = 0; i < 4 && parameterCount > 0; i++) {
            parameter = (parameter + 1) % parameterCount;
            offer(events, 0, 0);
            offer(events, frames / 2, 1);
        }
    }

    /** What must be refused takes a way of its own through the engine, which is to be compiled too. */
    void nonsense(final int frames) {
        final double none = NO_VALUES[random.nextInt(NO_VALUES.length)];
        offer(events, 0, none);
        events.offer(
                EventType.PARAMETER, frames, 0, -1, parameterCount + random.nextInt(9), 0.5, 0);
        events.offer(LAST_TYPE + 1 + random.nextInt(9), 0, 0, -1, 0, none, 0);
        events.offer(EventType.NOTE_ON, -1, 16, -1, 128, none, 0);
    }

    private boolean parameter(final EventQueue queue, final int at, final double value) {
        return parameterCount == 0
                || queue.offer(
                        EventType.PARAMETER, at, 0, -1, random.nextInt(parameterCount), value, 0);
    }

    private void offer(final EventQueue queue, final int at, final double value) {
        queue.offer(EventType.PARAMETER, at, 0, -1, parameter, value, 0);
    }

    /** Gives the inputs of a request's block a sound: noise, a step, silence, or what is almost silence. */
    void inputs(final int request, final int frames) {
        final int kind = random.nextInt(4);
        for (int channel = 0; channel < slots.inputChannels(); channel++) {
            for (int i = 0; i < frames; i++) {
                signal[i] =
                        switch (kind) {
                            case 0 -> (float) random.nextDouble(-1, 1);
                            case 1 -> 1;
                            case 2 -> Float.MIN_VALUE;
                            default -> 0;
                        };
            }
            slots.writeInput(request, channel, signal, frames);
        }
    }
}

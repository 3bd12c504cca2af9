// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue.midi;

import dev.patchbay.atomics.TripleBuffer;
import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.layout.MidiMode;
import dev.patchbay.layout.MidiSource;
import dev.patchbay.layout.SectionEntry;
import java.util.Arrays;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Plays the compiled map: turns MIDI into changes of parameters. It reads the section and nothing else, so it plays on while control is
 * away. Entries apply in the order of the table. What no entry wants, and registered parameter numbers, change nothing.
 *
 * <p>What it remembers besides (where controllers are, who has picked up a parameter) is its own and begins anew with each map and each
 * process: a knob that has to pick up does so again, which it does at once where it still is at the parameter's value.
 *
 * <p>One thread, the section's reader. All methods are real-time safe and allocate nothing.
 */
public final class MidiMapper {
    private static final int NONE = -1;

    /** Taken here, so that the table's class is not initialised while a block is rendered. */
    private static final int STRIDE = MidiMapTable.STRIDE;

    private static final int PAIRS = 32;
    private static final int PAIR_OF_DATA = 6;
    private static final int DATA_INCREMENT = 96;
    private static final int DATA_DECREMENT = 97;
    private static final int NRPN_FINE = 98;
    private static final int NRPN_COARSE = 99;
    private static final int RPN_FINE = 100;
    private static final int RPN_COARSE = 101;
    private static final int NULL_NUMBER = 0x3FFF;
    private static final int DATA = 0x7F;
    private static final double LARGEST = 127;
    private static final int BEND_CENTRE = 8_192;
    private static final int BENDS = 16_384;

    /** The lists of entries: one for each controller and pair, one for each other source. */
    private static final int FIRST_PAIR = 128;

    private static final int FIRST_OTHER = FIRST_PAIR + PAIRS;
    private static final int LISTS = FIRST_OTHER + MidiSource.NRPN.code() + 1;

    private final AtomicBuffer buffer;
    private final TripleBuffer table;
    private final Target target;
    private final int parameters;
    private final int capacity;
    private final int[] first = new int[LISTS];
    private final int[] next;
    private final int[] channels;
    private final int[] numbers;
    private final MidiMode[] modes;
    private final MidiMovement[] movements;
    private final MidiPairs pairs = new MidiPairs(MidiMapTable.CHANNELS * PAIRS);
    private final int[] nrpnCoarse = new int[MidiMapTable.CHANNELS];
    private final int[] nrpnFine = new int[MidiMapTable.CHANNELS];
    private boolean loaded;
    private int size;
    private long refused;
    private long garbage;

    /** The parameters. */
    public interface Target {
        /**
         * {@return the parameter's value now, normalized}
         *
         * @param index the parameter's place in the declaration
         */
        float value(int index);

        /**
         * Changes a parameter.
         *
         * @param index the parameter's place in the declaration
         * @param normalized 0 to 1
         */
        void change(int index, float normalized);
    }

    /**
     * Starts without a map; {@link #refresh} takes it.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param section the directory's entry of the map
     * @param parameters how many parameters there are
     * @param target the parameters
     */
    public MidiMapper(
            final AtomicBuffer buffer,
            final SectionEntry section,
            final int parameters,
            final Target target) {
        this.buffer = buffer;
        this.table = TripleBuffer.over(buffer, section);
        this.parameters = parameters;
        this.target = target;
        this.capacity = section.count();
        this.next = new int[capacity];
        this.channels = new int[capacity];
        this.numbers = new int[capacity];
        this.modes = new MidiMode[capacity];
        this.movements = new MidiMovement[capacity];
        for (int i = 0; i < capacity; i++) {
            movements[i] = new MidiMovement();
        }
        Arrays.fill(nrpnCoarse, NONE);
        Arrays.fill(nrpnFine, NONE);
        Arrays.fill(first, NONE);
    }

    /**
     * Takes a new map, if there is one; the first time, the one that was published last. Once a block, from the moment on when no other
     * process reads the section; its time is bounded by the table's length.
     */
    public void refresh() {
        // The first time in any case: until then, another reader may have taken what was on offer.
        if (table.refresh() || !loaded) {
            loaded = true;
            load();
        }
    }

    /** Lets the next refresh take the map that was published last in any case: the memory has become another's. */
    public void forget() {
        loaded = false;
    }

    /** {@return how many entries are played} */
    public int size() {
        return size;
    }

    /** {@return how many entries were left out of the maps so far, because they are none} */
    public long refused() {
        return refused;
    }

    /** {@return how many messages were no MIDI so far} */
    public long garbage() {
        return garbage;
    }

    private void load() {
        Arrays.fill(first, NONE);
        size = 0;
        final int start = table.readerOffset();
        int end = 0;
        while (end < capacity && buffer.getInt(start + end * STRIDE + MidiMapTable.SOURCE) != 0) {
            end++;
        }
        // From the end, since each is put before those of its list.
        for (int i = end - 1; i >= 0; i--) {
            load(i, start + i * STRIDE);
        }
    }

    private void load(final int i, final int at) {
        final MidiSource source = MidiMapTable.source(buffer.getInt(at + MidiMapTable.SOURCE));
        final MidiMode mode = MidiMapTable.mode(buffer.getInt(at + MidiMapTable.MODE));
        final int channel = buffer.getInt(at + MidiMapTable.CHANNEL);
        final int number = buffer.getInt(at + MidiMapTable.NUMBER);
        final int parameter = buffer.getInt(at + MidiMapTable.PARAMETER);
        final double minimum = buffer.getDouble(at + MidiMapTable.MINIMUM);
        final double maximum = buffer.getDouble(at + MidiMapTable.MAXIMUM);
        final double exponent = buffer.getDouble(at + MidiMapTable.EXPONENT);
        final double step = buffer.getDouble(at + MidiMapTable.STEP);
        if (parameter >= parameters
                || !MidiMapTable.isValid(
                        source, channel, number, mode, parameter, minimum, maximum, exponent,
                        step)) {
            refused++;
            return;
        }
        channels[i] = channel;
        numbers[i] = number;
        modes[i] = mode;
        movements[i].start(parameter, minimum, maximum, exponent, step);
        final int list = list(source, number);
        next[i] = first[list];
        first[list] = i;
        size++;
    }

    private static int list(final MidiSource source, final int number) {
        return switch (source) {
            case CONTROLLER -> number;
            case CONTROLLER_PAIR -> FIRST_PAIR + number;
            default -> FIRST_OTHER + source.code();
        };
    }

    /**
     * Takes an event of the host. What is not valid is counted as garbage; notes, programs and the like change nothing.
     *
     * @param event of any type
     */
    public void event(final Event event) {
        if (!event.isValid()) {
            garbage++;
            return;
        }
        switch (event.type()) {
            case EventType.CONTROLLER ->
                    controller(event.channel(), event.controllerNumber(), event.controllerValue());
            case EventType.PITCH_BEND ->
                    place(MidiSource.PITCH_BEND, event.channel(), 0, (event.bend() + 1) / 2);
            case EventType.CHANNEL_PRESSURE ->
                    place(MidiSource.CHANNEL_PRESSURE, event.channel(), 0, event.pressure());
            case EventType.POLY_PRESSURE ->
                    place(MidiSource.POLY_PRESSURE, event.channel(), event.key(), event.pressure());
            default -> {
                // It moves no parameter by the map.
            }
        }
    }

    /**
     * Takes a message of MIDI 1.0. What is none is counted as garbage: no status byte, or data above 127. System messages change nothing.
     *
     * @param status the status byte, 0x80 to 0xFF
     * @param data1 the first data byte, 0 to 127
     * @param data2 the second; not looked at where the message has one
     */
    public void message(final int status, final int data1, final int data2) {
        if (status >= 0xF0 && status <= 0xFF) {
            return;
        }
        final int kind = status & 0xF0;
        final boolean one = kind == 0xC0 || kind == 0xD0;
        if (status < 0x80
                || status > 0xFF
                || (data1 & ~DATA) != 0
                || !one && (data2 & ~DATA) != 0) {
            garbage++;
            return;
        }
        final int channel = status & 0x0F;
        switch (kind) {
            case 0xA0 -> place(MidiSource.POLY_PRESSURE, channel, data1, data2 / LARGEST);
            case 0xB0 -> controller(channel, data1, data2 / LARGEST);
            case 0xD0 -> place(MidiSource.CHANNEL_PRESSURE, channel, 0, data1 / LARGEST);
            case 0xE0 -> place(MidiSource.PITCH_BEND, channel, 0, bend(data2 << 7 | data1));
            default -> {
                // Notes and programs.
            }
        }
    }

    /** The place of the wheel, exactly 0.5 in the middle, 0 and 1 at the ends. */
    private static double bend(final int value) {
        return value <= BEND_CENTRE
                ? (double) value / BENDS
                : 0.5 + (value - BEND_CENTRE) / (2.0 * (BENDS - 1 - BEND_CENTRE));
    }

    private void controller(final int channel, final int number, final double value) {
        final int data = (int) Math.rint(value * LARGEST);
        if (number >= NRPN_FINE && number <= RPN_COARSE) {
            select(channel, number, data);
        } else if (number == DATA_INCREMENT || number == DATA_DECREMENT) {
            stepNumber(channel, number == DATA_INCREMENT ? 1 : -1);
        } else if (number < 2 * PAIRS) {
            pair(channel, number, data);
        }
        if (MidiSource.isReserved(number)) {
            return;
        }
        for (int i = first[number]; i != NONE; i = next[i]) {
            if (hears(i, channel)) {
                if (modes[i].isRelative()) {
                    movements[i].step(target, modes[i].steps(data));
                } else {
                    movements[i].place(target, modes[i], value);
                }
            }
        }
    }

    private void pair(final int channel, final int number, final int data) {
        final int which = number % PAIRS;
        final int slot = channel * PAIRS + which;
        final double place = number < PAIRS ? pairs.coarse(slot, data) : pairs.fine(slot, data);
        if (Double.isNaN(place)) {
            return;
        }
        if (which == PAIR_OF_DATA) {
            final int nrpn = nrpn(channel);
            if (nrpn != NONE) {
                place(MidiSource.NRPN, channel, nrpn, place);
            }
        } else {
            place(MidiSource.CONTROLLER_PAIR, channel, which, place);
        }
    }

    /** A registered number takes the place of a non-registered one, and leaves the data to itself. */
    private void select(final int channel, final int number, final int data) {
        if (number == NRPN_COARSE) {
            nrpnCoarse[channel] = data;
        } else if (number == NRPN_FINE) {
            nrpnFine[channel] = data;
        } else {
            nrpnCoarse[channel] = NONE;
            nrpnFine[channel] = NONE;
        }
        pairs.forget(channel * PAIRS + PAIR_OF_DATA);
    }

    /** The number that data goes to, or none. */
    private int nrpn(final int channel) {
        if (nrpnCoarse[channel] == NONE || nrpnFine[channel] == NONE) {
            return NONE;
        }
        final int number = nrpnCoarse[channel] << 7 | nrpnFine[channel];
        return number == NULL_NUMBER ? NONE : number;
    }

    private void stepNumber(final int channel, final int steps) {
        final int nrpn = nrpn(channel);
        if (nrpn != NONE) {
            for (int i = first[list(MidiSource.NRPN, nrpn)]; i != NONE; i = next[i]) {
                if (hears(i, channel) && numbers[i] == nrpn) {
                    movements[i].step(target, steps);
                }
            }
        }
    }

    private void place(
            final MidiSource source, final int channel, final int number, final double place) {
        for (int i = first[list(source, number)]; i != NONE; i = next[i]) {
            if (hears(i, channel) && (numbers[i] == number || numbers[i] == MidiSource.ANY)) {
                movements[i].place(target, modes[i], place);
            }
        }
    }

    private boolean hears(final int i, final int channel) {
        return channels[i] == MidiSource.ANY || channels[i] == channel;
    }
}

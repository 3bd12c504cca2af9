// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

/** What of MIDI may move a parameter. */
public enum MidiSource {
    /** A controller of 7 bits, by its number. */
    CONTROLLER(1, 127),
    /** Two controllers of 7 bits, n and n + 32, which together have 14; by the lower number. */
    CONTROLLER_PAIR(2, 31),
    /** The pressure on a channel; it has no number. */
    CHANNEL_PRESSURE(3, 0),
    /** The pressure on a key, by the key; −1 is any key. */
    POLY_PRESSURE(4, 127),
    /** The pitch wheel; it has no number. */
    PITCH_BEND(5, 0),
    /** A non-registered parameter number, of 14 bits. */
    NRPN(6, 16_383);

    /** The number that is any number. */
    public static final int ANY = -1;

    private static final int DATA_COARSE = 6;
    private static final int DATA_FINE = 38;
    private static final int FIRST_OF_NUMBERS = 96;
    private static final int LAST_OF_NUMBERS = 101;
    private static final int FIRST_MODE = 120;

    private final int code;
    private final int greatest;

    MidiSource(final int code, final int greatest) {
        this.code = code;
        this.greatest = greatest;
    }

    /** {@return the number that stands for this source in a region; 0 stands for none} */
    public int code() {
        return code;
    }

    /** {@return the greatest number that it has; 0 where it has none} */
    public int greatest() {
        return greatest;
    }

    /**
     * {@return whether it may have this number} A controller may not be one of those that carry registered and non-registered parameters (6,
     * 38, 96 to 101), nor a channel mode message (120 to 127). Real-time safe.
     *
     * @param number any
     */
    public boolean admits(final int number) {
        if (number < (this == POLY_PRESSURE ? ANY : 0) || number > greatest) {
            return false;
        }
        return switch (this) {
            case CONTROLLER -> !isReserved(number);
            case CONTROLLER_PAIR -> number != DATA_COARSE;
            default -> true;
        };
    }

    /**
     * {@return whether a controller carries parameter numbers, their data or a channel mode message, and so moves nothing by itself}
     * Real-time safe.
     *
     * @param controller 0 to 127
     */
    public static boolean isReserved(final int controller) {
        return controller == DATA_COARSE
                || controller == DATA_FINE
                || controller >= FIRST_OF_NUMBERS && controller <= LAST_OF_NUMBERS
                || controller >= FIRST_MODE;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.List;

/** What happened to the host's transport at the sample of an event; the snapshot only says how it is at a block's start. */
public final class TransportChange {
    /** The song stands still from here on. */
    public static final int STOP = 0;

    /** The song plays from here on. */
    public static final int START = 1;

    /** The song goes on at another place: a loop began anew, or somebody jumped. */
    public static final int LOCATE = 2;

    /** The song has another tempo from here on. */
    public static final int TEMPO = 3;

    private static final List<String> NAMES = List.of("stop", "start", "locate", "tempo");

    private TransportChange() {}

    /** {@return the names in the order of their numbers, in the manner of C} */
    public static List<String> names() {
        return NAMES;
    }
}

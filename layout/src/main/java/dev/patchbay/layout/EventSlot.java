// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.Locale;

/** A field of an event slot whose meaning depends on the event's type. */
public enum EventSlot {
    /** 16 bits, a MIDI channel. */
    CHANNEL,

    /** 32 bits, the host's name of a note. */
    NOTE_ID,

    /** 32 bits, a whole number. */
    INDEX,

    /** 64 bits, a floating-point number. */
    VALUE,

    /** 64 bits, a floating-point number. */
    DETAIL,

    /** The 64 bits of {@link #VALUE} as a whole number. */
    VALUE_BITS;

    /** {@return the name of the field in {@link EventDescriptor#STRUCT}} */
    public String field() {
        return this == VALUE_BITS ? VALUE.field() : name().toLowerCase(Locale.ROOT);
    }

    /** {@return whether it holds a floating-point number} */
    public boolean isReal() {
        return this == VALUE || this == DETAIL;
    }
}

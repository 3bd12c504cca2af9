// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.header.CText;
import dev.patchbay.layout.header.HeaderPart;

/** The C side of system exclusive messages; it uses the parts of the event queue and of the rings. */
public final class SysexHeaderPart implements HeaderPart {
    /** For the service loader. */
    public SysexHeaderPart() {}

    @Override
    public int order() {
        return 230;
    }

    @Override
    public String text() {
        return CText.read("sysex.h", SysexHeaderPart.class.getResourceAsStream("sysex.h"));
    }
}

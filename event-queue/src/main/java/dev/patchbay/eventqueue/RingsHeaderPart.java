// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.header.CText;
import dev.patchbay.layout.header.HeaderPart;

/** The C side of the rings with one producer. */
public final class RingsHeaderPart implements HeaderPart {
    /** For the service loader. */
    public RingsHeaderPart() {}

    @Override
    public int order() {
        return 210;
    }

    @Override
    public String text() {
        return CText.read("rings.h", RingsHeaderPart.class.getResourceAsStream("rings.h"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.header.CText;
import dev.patchbay.layout.header.HeaderPart;

/** The C side of the rings with many producers; it uses the part of the rings with one. */
public final class SharedRingsHeaderPart implements HeaderPart {
    /** For the service loader. */
    public SharedRingsHeaderPart() {}

    @Override
    public int order() {
        return 220;
    }

    @Override
    public String text() {
        return CText.read(
                "shared_rings.h",
                SharedRingsHeaderPart.class.getResourceAsStream("shared_rings.h"));
    }
}

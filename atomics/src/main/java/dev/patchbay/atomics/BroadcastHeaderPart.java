// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.header.CText;
import dev.patchbay.layout.header.HeaderPart;

/** The C side of the broadcast; it uses the sequenced words of the part before it. */
public final class BroadcastHeaderPart implements HeaderPart {
    /** For the service loader. */
    public BroadcastHeaderPart() {}

    @Override
    public int order() {
        return 110;
    }

    @Override
    public String text() {
        return CText.read(
                "broadcast.h", BroadcastHeaderPart.class.getResourceAsStream("broadcast.h"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.header.CText;
import dev.patchbay.layout.header.HeaderPart;

/** The C side of this module's primitives. */
public final class AtomicsHeaderPart implements HeaderPart {
    /** For the service loader. */
    public AtomicsHeaderPart() {}

    @Override
    public int order() {
        return 100;
    }

    @Override
    public String text() {
        return CText.read("atomics.h", AtomicsHeaderPart.class.getResourceAsStream("atomics.h"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import org.agrona.concurrent.AtomicBuffer;

/** A small standard region in this process's own memory: 70 parameters, 100 bytes of state. */
final class Memory {
    private static final RegionDeclaration DECLARATION =
            StandardRegion.declare(new StandardRegion.Counts(70, 4, 0, 2, 64, 8, 8, 100));

    final AtomicBuffer buffer = Region.scratch(new RegionImage(DECLARATION));

    SectionEntry section(final String name) {
        return DECLARATION.section(name).entry();
    }
}

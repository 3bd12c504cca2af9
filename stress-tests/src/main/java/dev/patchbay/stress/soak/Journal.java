// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.soak;

import dev.patchbay.layout.Region;
import dev.patchbay.layout.SectionEntry;
import org.agrona.concurrent.AtomicBuffer;

/** 64-bit words that one process stores and all may look at, also after its death. */
final class Journal {
    private final AtomicBuffer buffer;
    private final SectionEntry section;

    Journal(final Region region, final String name) {
        this.buffer = region.buffer();
        this.section = SoakRegion.section(region, name);
    }

    long get(final int word) {
        return buffer.getLongAcquire(section.elementOffset(word));
    }

    void set(final int word, final long value) {
        buffer.putLongRelease(section.elementOffset(word), value);
    }

    long get(final SoakRegion.Order order) {
        return get(order.ordinal());
    }

    void set(final SoakRegion.Order order, final long value) {
        set(order.ordinal(), value);
    }

    long get(final Lane lane, final SoakRegion.Sent what) {
        return get(lane.ordinal() * SoakRegion.Sent.values().length + what.ordinal());
    }

    void set(final Lane lane, final SoakRegion.Sent what, final long value) {
        set(lane.ordinal() * SoakRegion.Sent.values().length + what.ordinal(), value);
    }

    long get(final Lane lane, final SoakRegion.Received what) {
        return get(lane.ordinal() * SoakRegion.Received.values().length + what.ordinal());
    }

    void set(final Lane lane, final SoakRegion.Received what, final long value) {
        set(lane.ordinal() * SoakRegion.Received.values().length + what.ordinal(), value);
    }
}

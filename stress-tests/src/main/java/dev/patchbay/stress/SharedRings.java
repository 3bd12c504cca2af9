// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import dev.patchbay.eventqueue.RingReader;
import dev.patchbay.eventqueue.SharedRingRecovery;
import dev.patchbay.eventqueue.SharedRingWriter;
import dev.patchbay.layout.RingDescriptor;
import dev.patchbay.layout.Role;

/** Rings with many producers for tests, and their sides. */
final class SharedRings {
    private static final int DATA = RingDescriptor.SHARED_HEAD.size();
    private static final int CLEARED = RingDescriptor.SHARED_HEAD.offset("cleared");

    private SharedRings() {}

    /** A ring whose first record lies so many bytes before the end of its data. */
    static int ring(final int capacity, final long beforeEnd) {
        final int slot = Slots.takeWide();
        final long start = Wraps.next(beforeEnd);
        RingMessages.start(slot + DATA + capacity, start);
        Slots.MEMORY.putLong(slot + CLEARED, start);
        return slot;
    }

    /** Notes, as a consumer does that then dies, that bytes from the head on are being cleared. */
    static void clearing(final int slot, final int capacity, final int bytes) {
        Slots.MEMORY.putLong(slot + CLEARED, head(slot, capacity) + bytes);
    }

    private static long head(final int slot, final int capacity) {
        return Slots.MEMORY.getLong(slot + DATA + capacity + RingDescriptor.TRAILER.offset("head"));
    }

    static SharedRingWriter writer(final int slot, final int capacity, final Role role) {
        return new SharedRingWriter(Slots.MEMORY, slot, slot + DATA, capacity, role);
    }

    static RingReader reader(final int slot, final int capacity) {
        return RingReader.shared(Slots.MEMORY, slot, slot + DATA, capacity);
    }

    static SharedRingRecovery recovery(final int slot, final int capacity) {
        return new SharedRingRecovery(Slots.MEMORY, slot, slot + DATA, capacity);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.Participant;
import dev.patchbay.atomics.RoleCell;
import dev.patchbay.layout.MappedRegion;
import dev.patchbay.layout.ProcessStart;
import dev.patchbay.layout.RegionException;
import dev.patchbay.layout.SectionEntry;
import java.util.HashSet;
import java.util.Set;
import org.agrona.concurrent.AtomicBuffer;

/**
 * The region in which an instance is to go on. It is prepared on the process's main thread, for this opens files and checks; the
 * instance's thread then has no more to do than to let its addresses show other memory. No object that knows an address is touched: not the
 * module's, not a helper thread's.
 */
final class Relocation {
    private final Participant target;
    private final int generation;
    private final String collector;
    private final int pid = (int) ProcessHandle.current().pid();
    private final long startTime = ProcessStart.of(pid);

    /**
     * Prepares for a region.
     *
     * @param from where the instance is
     * @param target a participant that was joined for this; it is closed by {@link #close}
     * @param generation 1 for the first engine of that region
     * @param collector of this process
     * @throws RegionException in a sentence, if the two regions are not made alike
     */
    Relocation(
            final Participant from,
            final Participant target,
            final int generation,
            final String collector) {
        this.target = target;
        this.generation = generation;
        this.collector = collector;
        if (from.region().length() != target.region().length()
                || !sections(from.region()).equals(sections(target.region()))) {
            throw new RegionException(
                    "The region "
                            + target.region().instanceId()
                            + " is laid out in another way than "
                            + from.region().instanceId()
                            + ", so an instance cannot move there; both must come from one image.");
        }
    }

    private static Set<SectionEntry> sections(final MappedRegion region) {
        return new HashSet<>(region.entries());
    }

    /** The id of the region that the instance goes to. */
    String id() {
        return target.region().instanceId();
    }

    /**
     * Lets a buffer show the new region, locked where that is permitted, and all pages there.
     *
     * @throws IllegalStateException if the kernel refuses; then nothing has changed
     */
    void show(final AtomicBuffer buffer) {
        final long address = buffer.addressOffset();
        if (!Kernel.showAt(target.buffer().addressOffset(), address, buffer.capacity())) {
            throw new IllegalStateException(
                    "The kernel does not let the memory of the region "
                            + id()
                            + " take the place of another.");
        }
        MemoryLock.region(buffer);
        for (int page = 0; page < buffer.capacity(); page += 4096) {
            // A fault now, not in the next block.
            buffer.getByte(page);
        }
    }

    /** Says in the new region who serves there now. After {@link #show}. */
    void identify(final RoleCell role) {
        role.identify(pid, startTime, generation, collector);
    }

    /** Gives the further mapping back. */
    void close() {
        target.region().close();
    }
}

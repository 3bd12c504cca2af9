// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue.automation;

import dev.patchbay.atomics.TripleBuffer;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion.HandFlag;
import dev.patchbay.layout.StandardStructs;
import org.agrona.concurrent.AtomicBuffer;

/** Publishes what hands do with the parameters: control's side of the section. One writer; not for audio threads. */
public final class HandsWriter {
    static final int STRIDE = StandardStructs.AUTOMATION_HAND.size();
    static final int FLAGS = StandardStructs.AUTOMATION_HAND.offset("flags");
    static final int PID = StandardStructs.AUTOMATION_HAND.offset("pid");

    private final AtomicBuffer buffer;
    private final TripleBuffer triple;
    private final int[] flags;
    private final int pid;

    /**
     * The writer's side of a section. What a process before this one has said is valid until the next publication, or until that process
     * is known to have ended.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param section the directory's entry of the hands
     */
    public HandsWriter(final AtomicBuffer buffer, final SectionEntry section) {
        this.buffer = buffer;
        this.triple = TripleBuffer.over(buffer, section);
        this.flags = new int[section.count()];
        this.pid = (int) ProcessHandle.current().pid();
    }

    /**
     * Sets what is to be published.
     *
     * @param parameter its place in the declaration
     * @param handFlags of {@link HandFlag}
     * @return whether that is new
     */
    public boolean set(final int parameter, final int handFlags) {
        final boolean changed = flags[parameter] != handFlags;
        flags[parameter] = handFlags;
        return changed;
    }

    /**
     * {@return what was set last}
     *
     * @param parameter its place in the declaration
     */
    public int get(final int parameter) {
        return flags[parameter];
    }

    /** Publishes what was set. */
    public void publish() {
        int at = triple.writerOffset();
        for (final int one : flags) {
            buffer.putInt(at + FLAGS, one);
            buffer.putInt(at + PID, pid);
            at += STRIDE;
        }
        triple.publish();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue.automation;

import dev.patchbay.atomics.TripleBuffer;
import dev.patchbay.layout.SectionEntry;
import java.util.Arrays;
import org.agrona.concurrent.AtomicBuffer;

/** What control says of the hands at the parameters, for the engine. One thread; real-time safe. */
public final class HandsReader {
    // Taken here, so that nothing is initialised while a block is rendered.
    private static final int STRIDE = HandsWriter.STRIDE;
    private static final int FLAGS = HandsWriter.FLAGS;
    private static final int PID = HandsWriter.PID;

    private final AtomicBuffer buffer;
    private final TripleBuffer triple;
    private final int[] flags;
    private final int[] marked;
    private int count;
    private int pid;
    private boolean loaded;

    /**
     * Starts with no hand at any parameter.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param section the directory's entry of the hands
     * @param parameters how many parameters there are
     */
    public HandsReader(
            final AtomicBuffer buffer, final SectionEntry section, final int parameters) {
        this.buffer = buffer;
        this.triple = TripleBuffer.over(buffer, section);
        this.flags = new int[parameters];
        this.marked = new int[parameters];
    }

    /**
     * Takes what was published. Once a block; its time is bounded by the number of parameters.
     *
     * @param gone the process in control's role that is known to have ended: what it said counts no more
     * @return whether anything may be different
     */
    public boolean refresh(final int gone) {
        boolean changed = false;
        if (triple.refresh() || !loaded) {
            loaded = true;
            load();
            changed = true;
        }
        if (count > 0 && pid == gone) {
            Arrays.fill(flags, 0);
            count = 0;
            changed = true;
        }
        return changed;
    }

    /** Lets the next refresh take what was published last in any case: the memory has become another's. */
    public void forget() {
        loaded = false;
    }

    private void load() {
        final int start = triple.readerOffset();
        count = 0;
        for (int i = 0; i < flags.length; i++) {
            final int at = start + i * STRIDE;
            flags[i] = buffer.getInt(at + FLAGS);
            pid = buffer.getInt(at + PID);
            if (flags[i] != 0) {
                marked[count++] = i;
            }
        }
    }

    /**
     * {@return the flags of a parameter}
     *
     * @param parameter its place in the declaration
     */
    public int flags(final int parameter) {
        return flags[parameter];
    }

    /** {@return how many parameters have flags} */
    public int count() {
        return count;
    }

    /**
     * {@return a parameter that has flags}
     *
     * @param number 0 to less than {@link #count}
     */
    public int marked(final int number) {
        return marked[number];
    }
}

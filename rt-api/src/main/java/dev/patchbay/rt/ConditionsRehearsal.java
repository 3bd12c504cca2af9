// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.Snapshot;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardStructs;
import org.agrona.concurrent.AtomicBuffer;

/**
 * The part of a rehearsal that is about {@link DspThread}: a host whose audio thread becomes a real-time one and an ordinary one again.
 * A host's does so when its first block is played, with all that is linked, compiled and told then. On the rehearsal's own
 * thread, over the region's copy.
 */
final class ConditionsRehearsal {
    private static final int POLICY = StandardStructs.AUDIO_THREAD.offset("policy");
    private static final int PRIORITY = StandardStructs.AUDIO_THREAD.offset("priority");
    private static final int THREAD = StandardStructs.AUDIO_THREAD.offset("thread");

    /** The priorities of an act, from 1: each is news for the log. */
    private static final int PRIORITIES = 8;

    /** The monitor mostly finds that nothing has changed. */
    private static final int LOOKS = 4;

    private final AtomicBuffer copy;
    private final Sections sections;
    private final EngineLog log = EngineLog.ofNobody().of("rehearsal");
    private final Snapshot audioThread;
    private final long[] words;
    private final int id = SystemCalls.threadId();
    private final boolean permitted;

    ConditionsRehearsal(final AtomicBuffer copy, final Sections sections) {
        this.copy = copy;
        this.sections = sections;
        this.audioThread = Snapshot.over(copy, sections.get(StandardRegion.AUDIO_THREAD));
        this.words = new long[audioThread.words()];
        // Where it is not, rtkit would be asked, which does not like to be asked often.
        this.permitted =
                SystemCalls.schedule(id, Scheduling.FIFO | Scheduling.RESET_ON_FORK, PRIORITIES)
                        == SystemCalls.OK;
        SystemCalls.schedule(id, Scheduling.OTHER | Scheduling.RESET_ON_FORK, 0);
    }

    void act() {
        final DspThread thread = DspThread.rehearse(copy, sections, log);
        thread.enterBlocks();
        for (int priority = 1; priority <= PRIORITIES; priority++) {
            if (permitted) {
                follow(thread, Scheduling.FIFO, priority);
            }
            follow(thread, Scheduling.OTHER, 0);
        }
        thread.leaveBlocks();
    }

    private void follow(final DspThread thread, final int policy, final int priority) {
        set(THREAD, id);
        set(POLICY, policy);
        set(PRIORITY, priority);
        audioThread.write(words);
        for (int i = 0; i < LOOKS; i++) {
            thread.tend();
        }
    }

    private void set(final int offset, final int value) {
        final int shift = offset % Long.BYTES * Byte.SIZE;
        final int word = offset / Long.BYTES;
        words[word] = words[word] & ~(0xFFFF_FFFFL << shift) | (value & 0xFFFF_FFFFL) << shift;
    }
}

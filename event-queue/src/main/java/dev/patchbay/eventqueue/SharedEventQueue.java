// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.Heads;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import org.agrona.concurrent.AtomicBuffer;

/**
 * A queue of events from many producers, in several processes, to one consumer: lock-free for the producers, wait-free for the consumer.
 * Events of one producer keep their order.
 *
 * <p>A producer takes slots by moving the tail, fills them, and stores the position after each into that slot's commit word; the consumer
 * goes by the commit words. Several claims may be open at a time, and end in any order; the consumer stops before the first.
 *
 * <p>A slot that was claimed for nothing, by a claim that was aborted or by a producer that died, is skipped: its commit word then holds
 * the same number with the highest bit flipped. A dead producer's claim is freed by {@link #unblock}, never by time. The role's lane, in the
 * section's head, counts the claims that the role may hold, and what it could not send.
 *
 * <p>Wherever a producer is killed, each of its events is there whole or not at all, and what others send arrives. A consumer's successor
 * has nothing to repair.
 */
public final class SharedEventQueue extends SlotQueue {
    private static final int LANES = Heads.SHARED_EVENT_QUEUE.offset("lanes");

    private final int commits;
    private final int lanes;
    private final Lane lane;
    private final AbandonedClaims abandoned;

    /**
     * One thread's side of a queue.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param head the byte offset of its head, {@link Heads#SHARED_EVENT_QUEUE}
     * @param slots the byte offset of its first slot; a commit word for each follows the slots
     * @param capacity the number of slots, a power of two
     * @param role whose process this is
     * @throws IllegalArgumentException if the capacity is no power of two
     */
    public SharedEventQueue(
            final AtomicBuffer buffer,
            final int head,
            final int slots,
            final int capacity,
            final Role role) {
        super(buffer, head, slots, capacity);
        this.commits = slotsEnd();
        buffer.boundsCheck(commits, Math.multiplyExact(capacity, Long.BYTES));
        this.lanes = head + LANES;
        this.lane = new Lane(buffer, lanes, role.code());
        // Opaque: a producer makes one too, and the proof begins anew at the first call.
        this.abandoned = new AbandonedClaims(buffer, lanes, tailAt, buffer.getLongOpaque(headAt));
    }

    /**
     * {@return one thread's side of the queue of a section of kind {@code SHARED_EVENT_QUEUE}}
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param section the directory's entry of the queue
     * @param role whose process this is; one of the roles that write the section, or its reader
     * @throws IllegalArgumentException if its count is no power of two, or its slots have not the size of an event
     */
    public static SharedEventQueue over(
            final AtomicBuffer buffer, final SectionEntry section, final Role role) {
        EventQueue.checkStride(section);
        return new SharedEventQueue(
                buffer, (int) section.offset(), section.elementOffset(0), section.count(), role);
    }

    /**
     * Starts the role's lane anew: a predecessor may have died with claims open. To be called once by each process that takes the
     * role, before its first event, when the predecessor is proved dead.
     */
    public void takeOver() {
        lane.takeOver();
    }

    @Override
    public long dropped() {
        long sum = 0;
        for (int role = 0; role < Lane.COUNT; role++) {
            sum += Lane.dropped(buffer, lanes, role);
        }
        return sum;
    }

    /**
     * {@return the events that one role could not send because the queue was full} Any thread.
     *
     * @param role whose
     */
    public long dropped(final Role role) {
        return Lane.dropped(buffer, lanes, role.code());
    }

    @Override
    public void commit(final int offset) {
        publish(claimedAt(offset), 1);
    }

    /** Ends a claim without an event: the consumer skips the slot, which counts as taken until then. */
    @Override
    public void abort(final int offset) {
        final long position = claimedAt(offset);
        // Release: pairs with the acquire of stateOf(). What the producer has stored in the slot
        // comes before its next use.
        buffer.putLongRelease(commitOf(position), skipped(position));
        lane.leave();
    }

    /**
     * Frees the slots that dead producers have claimed and not committed, where that is proved: every role is given as dead, or was seen
     * with no claim open since the claim was made. By the consumer, with the polls, until the queue flows. A live producer's claim is never
     * freed, however long it takes, as long as no role is given as dead once a successor of it may have started.
     *
     * @param deadRoles the {@link Role#bit bits} of the roles whose process is proved dead and has no successor yet
     * @return how many slots were freed, which the next poll skips; 0 where nothing is stuck, or a live role may hold the claim
     */
    public int unblock(final int deadRoles) {
        final long head = head();
        if (isEnded(head) || !abandoned.isProved(head, deadRoles)) {
            return 0;
        }
        // All of the living that lies before the tail is committed: look once more.
        final long end = head + Math.min(abandoned.tail() - head, capacity);
        int freed = 0;
        for (long position = head; end - position > 0; position++) {
            if (!isEnded(position)) {
                // Opaque: for this thread, and for a successor of its process.
                buffer.putLongOpaque(commitOf(position), skipped(position));
                freed++;
            }
        }
        return freed;
    }

    @Override
    int claim(final int most) {
        lane.open();
        long tail;
        int free;
        do {
            // Opaque: the compare-and-set decides.
            tail = buffer.getLongOpaque(tailAt);
            free = free(tail, most);
            // Sequentially consistent, since a buffer has no weaker one; release would do: pairs
            // with the acquire of AbandonedClaims.
        } while (free > 0 && !buffer.compareAndSetLong(tailAt, tail, tail + free));
        if (free < most) {
            lane.drop(most - free);
        }
        if (free == 0) {
            lane.leave();
        }
        claimed = tail;
        return free;
    }

    @Override
    void publish(final long position, final int count) {
        for (long at = position; at - position < count; at++) {
            // Release: pairs with the acquire of stateOf().
            buffer.putLongRelease(commitOf(at), committed(at));
        }
        lane.leave();
    }

    @Override
    void refresh(final long from, final int most) {}

    @Override
    int stateOf(final long position) {
        // Acquire: pairs with the release of publish() and abort(), so that an event is whole.
        final long word = buffer.getLongAcquire(commitOf(position));
        if (word == committed(position)) {
            return EVENT;
        }
        return word == skipped(position) ? SKIPPED : EMPTY;
    }

    /** Opaque: for who does not look at the event. */
    private boolean isEnded(final long position) {
        final long word = buffer.getLongOpaque(commitOf(position));
        return word == committed(position) || word == skipped(position);
    }

    private static long committed(final long position) {
        return position + 1;
    }

    /** No other position has this number, be it committed or skipped: not the one a lap ago, nor any of 2⁶² laps. */
    private static long skipped(final long position) {
        return committed(position) ^ Long.MIN_VALUE;
    }

    private int commitOf(final long position) {
        return commits + (int) (position & capacity - 1) * Long.BYTES;
    }

    /** The position of the open claim in a slot: the last before the tail, which is less than a lap away. */
    private long claimedAt(final int offset) {
        final int index = indexOf(offset);
        if (index >= 0) {
            // Opaque, both: this thread's own claim lies between them.
            final long last = buffer.getLongOpaque(tailAt) - 1;
            final long position = last - (last - index & capacity - 1);
            if (position - buffer.getLongOpaque(headAt) >= 0 && !isEnded(position)) {
                return position;
            }
        }
        throw nothingClaimed(offset);
    }
}

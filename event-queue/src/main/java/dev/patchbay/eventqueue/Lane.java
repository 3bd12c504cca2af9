// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.RingDescriptor;
import dev.patchbay.layout.Role;
import org.agrona.concurrent.AtomicBuffer;

/**
 * One role's lane of a ring or queue with many producers: how many claims the role may hold, by which {@link AbandonedClaims} tells a dead
 * producer's claim from a live one's, and what was refused. Any thread of the role's process.
 */
final class Lane {
    /** How many lanes there are: one for each role code. */
    static final int COUNT = Role.MAX_CODE + 1;

    private static final int OPEN = RingDescriptor.LANE.offset("open");
    private static final int DROPPED = RingDescriptor.LANE.offset("dropped");

    private final AtomicBuffer buffer;
    private final int open;
    private final int dropped;

    /**
     * A lane.
     *
     * @param lanes the byte offset of the first role's
     */
    Lane(final AtomicBuffer buffer, final int lanes, final int roleCode) {
        this.buffer = buffer;
        this.open = openOffset(lanes, roleCode);
        this.dropped = lanes + roleCode * RingDescriptor.LANE.size() + DROPPED;
    }

    /** Where a role's lane counts open claims. */
    static int openOffset(final int lanes, final int roleCode) {
        return lanes + roleCode * RingDescriptor.LANE.size() + OPEN;
    }

    /** Starts the lane anew, when the predecessor is proved dead. */
    void takeOver() {
        // Release: pairs with the acquire of AbandonedClaims.
        buffer.putLongRelease(open, 0);
    }

    /** Before a claim. */
    void open() {
        // Before the compare-and-set of the tail: who loads that tail sees the lane raised.
        buffer.getAndAddLong(open, 1);
    }

    /** After a commit, or a claim that failed. */
    void leave() {
        // After the commit: who sees the lane lowered sees what was committed.
        buffer.getAndAddLong(open, -1);
    }

    /** Counts what was refused. */
    void drop(final int count) {
        buffer.getAndAddLong(dropped, count);
    }

    /** What was refused. */
    long dropped() {
        return buffer.getLongOpaque(dropped);
    }

    /** What was refused in a role's lane. Opaque: the count says nothing of any other word. */
    static long dropped(final AtomicBuffer buffer, final int lanes, final int roleCode) {
        return buffer.getLongOpaque(lanes + roleCode * RingDescriptor.LANE.size() + DROPPED);
    }
}

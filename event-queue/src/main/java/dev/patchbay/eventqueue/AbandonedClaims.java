// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import org.agrona.concurrent.AtomicBuffer;

/**
 * The proof that what is claimed and not committed is a dead producer's. Whose a claim is, its bytes do not tell. So the proof goes by
 * exclusion: the tail is noted; then every role is either proved dead, or is seen with no claim open. What lies before the noted tail
 * and is still not committed then is a dead producer's. Time plays no part. By the consumer's thread.
 */
final class AbandonedClaims {
    private static final int ALL_ROLES = (1 << Lane.COUNT) - 1;

    private final AtomicBuffer buffer;
    private final int lanes;
    private final int tailAt;

    /** The position that is waited for, and the tail and the roles that are known since. */
    private long position;

    private long tail;
    private int withoutClaim;

    /**
     * Nothing is proved yet.
     *
     * @param lanes the byte offset of the first role's lane
     * @param tailAt that of the tail
     * @param head the consumer's position
     */
    AbandonedClaims(final AtomicBuffer buffer, final int lanes, final int tailAt, final long head) {
        this.buffer = buffer;
        this.lanes = lanes;
        this.tailAt = tailAt;
        this.position = head;
        this.tail = head;
    }

    /**
     * Whether every claim from the consumer's position, where it is stuck, to {@link #tail()} is committed or a dead producer's. False where
     * nothing is claimed there.
     */
    boolean isProved(final long at, final int deadRoles) {
        if (at != position || tail == at) {
            position = at;
            // Acquire: pairs with the compare-and-set of a claim. Whoever claimed what lies before
            // this tail has its lane seen raised below, or lowered after the commit.
            tail = buffer.getLongAcquire(tailAt);
            withoutClaim = 0;
        }
        if (tail == at) {
            return false;
        }
        withoutClaim |= deadRoles;
        for (int role = 0; role < Lane.COUNT; role++) {
            // Acquire: pairs with Lane.leave, so a role without a claim has all it claimed
            // committed.
            if ((withoutClaim & 1 << role) == 0
                    && buffer.getLongAcquire(Lane.openOffset(lanes, role)) == 0) {
                withoutClaim |= 1 << role;
            }
        }
        return (withoutClaim & ALL_ROLES) == ALL_ROLES;
    }

    /** Up to where the proof reaches. */
    long tail() {
        return tail;
    }
}

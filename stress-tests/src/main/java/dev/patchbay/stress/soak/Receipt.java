// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.soak;

import dev.patchbay.stress.soak.SoakRegion.Received;

/**
 * What has arrived of a queued lane, and whether the next message may. What was sent arrives, once and in order; only what a killed
 * reader had checked and not yet given back comes again, and only what a killed producer had begun and not done may be missing.
 * soak_receipt.h does the same.
 */
final class Receipt {
    private final Lane lane;
    private final Journal journal;
    private final long checkedBefore;
    private final long givenBackBefore;
    private long last;

    Receipt(final Lane lane, final Journal journal) {
        this.lane = lane;
        this.journal = journal;
        this.checkedBefore = journal.get(lane, Received.CHECKED);
        this.givenBackBefore = journal.get(lane, Received.GIVEN_BACK);
    }

    /** Notes a message whose contents were found right. */
    void arrived(final long number, final long origin) {
        final boolean isFirst = (origin & 1) != 0;
        final long floor = origin >> 1;
        if (last == 0) {
            if (number <= givenBackBefore) {
                throw new SoakFailure(
                        lane
                                + ": message "
                                + number
                                + " came again, though all up to "
                                + givenBackBefore
                                + " had been given back");
            }
            if (number > checkedBefore) {
                follows(number, checkedBefore, isFirst, floor);
            }
        } else {
            follows(number, last, isFirst, floor);
        }
        last = number;
        if (number <= checkedBefore) {
            add(Received.REPEATED, 1);
        }
        journal.set(lane, Received.CHECKED, Math.max(number, checkedBefore));
    }

    private void follows(
            final long number, final long previous, final boolean isFirst, final long floor) {
        final boolean next = number == previous + 1;
        final boolean afterDeath = isFirst && number > previous && floor <= previous;
        if (!next && !afterDeath) {
            throw new SoakFailure(
                    lane
                            + ": message "
                            + number
                            + (isFirst ? ", the first of a process that follows " + floor : "")
                            + ", came after "
                            + previous);
        }
        add(Received.UNSENT, number - previous - 1);
    }

    private void add(final Received what, final long amount) {
        journal.set(lane, what, journal.get(lane, what) + amount);
    }

    /** Notes that the queue has its room back. */
    void givenBack() {
        if (last != 0) {
            journal.set(lane, Received.GIVEN_BACK, Math.max(last, givenBackBefore));
        }
    }
}

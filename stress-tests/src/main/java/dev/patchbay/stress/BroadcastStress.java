// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.atomics.BroadcastReader;
import dev.patchbay.atomics.BroadcastReader.Result;
import dev.patchbay.atomics.BroadcastWriter;
import dev.patchbay.layout.Loads;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Messages arrive whole and in order, and what is overwritten is counted: with two slots, and positions that wrap. Digits say what each
 * read found: 0 nothing, 1 to 4 that message, 6 one lost, 7 two lost.
 */
public class BroadcastStress {
    private static final int CAPACITY = 2;
    private static final int WORDS = 2;
    private static final int LOST = 5;
    private static final int TORN = -1;

    private BroadcastStress() {}

    private static BroadcastWriter writer(final int slot) {
        return new BroadcastWriter(Slots.MEMORY, slot, slot + Slots.ELEMENTS, CAPACITY, WORDS);
    }

    private static BroadcastReader reader(final int slot) {
        return new BroadcastReader(
                Loads.over(Slots.MEMORY), slot, slot + Slots.ELEMENTS, CAPACITY, WORDS);
    }

    /** A broadcast with so many messages, 1 and up. */
    private static int broadcast(final int messages) {
        final int slot = Slots.take();
        Slots.MEMORY.putLong(slot, Wraps.next(messages + 1));
        write(writer(slot), 1, messages);
        return slot;
    }

    private static void write(final BroadcastWriter writer, final int first, final int last) {
        for (int n = first; n <= last; n++) {
            writer.write(new long[] {n, -n});
        }
    }

    /** The digit of one read. */
    private static int read(final BroadcastReader reader) {
        final long[] copy = new long[WORDS];
        final Result result = reader.read(copy);
        if (result == Result.OVERRUN) {
            return LOST + (int) reader.lost();
        }
        if (result == Result.NOTHING) {
            return 0;
        }
        return copy[0] == -copy[1] ? (int) copy[0] : TORN;
    }

    private static int readTwice(final BroadcastReader reader) {
        final int first = read(reader);
        final int second = read(reader);
        return first == TORN || second == TORN ? TORN : 10 * first + second;
    }

    /** The digits of all that is left. */
    private static int rest(final BroadcastReader reader) {
        int digits = 0;
        for (int digit = read(reader); digit != 0; digit = read(reader)) {
            if (digit == TORN) {
                return TORN;
            }
            digits = digits * 10 + digit;
        }
        return digits;
    }

    /** Two messages while a reader that waits for them reads twice. */
    @JCStressTest
    @Outcome(id = "0, 12", expect = ACCEPTABLE, desc = "Read twice before the first.")
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "One of the two reads found the first.")
    @Outcome(id = "10, 2", expect = ACCEPTABLE, desc = "The first is there, the second not yet.")
    @Outcome(id = "12, 0", expect = ACCEPTABLE, desc = "Both are there.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled or out of order.")
    @State
    public static class Delivery {
        private final int slot = broadcast(0);
        private final BroadcastWriter writer = writer(slot);
        private final BroadcastReader reader = reader(slot);

        /** Begins with what comes. */
        public Delivery() {
            reader.seekEnd();
        }

        /** The writer. */
        @Actor
        public void write() {
            BroadcastStress.write(writer, 1, 2);
        }

        /** The reader. */
        @Actor
        public void read(final II_Result r) {
            r.r1 = readTwice(reader);
        }

        /** Takes the rest. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r2 = BroadcastStress.rest(reader);
        }
    }

    /** Two slots are full; the writer overwrites both while the reader reads them. */
    @JCStressTest
    @Outcome(id = "12, 34", expect = ACCEPTABLE, desc = "Read both in time.")
    @Outcome(id = "16, 34", expect = ACCEPTABLE, desc = "The second was overwritten.")
    @Outcome(id = "62, 34", expect = ACCEPTABLE, desc = "The first was overwritten.")
    @Outcome(id = "66, 34", expect = ACCEPTABLE, desc = "One after the other was overwritten.")
    @Outcome(id = "73, 4", expect = ACCEPTABLE, desc = "Both were overwritten.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, or lost without being counted.")
    @State
    public static class Overrun {
        private final int slot = broadcast(2);
        private final BroadcastWriter writer = writer(slot);
        private final BroadcastReader reader = reader(slot);

        /** Begins with the first. */
        public Overrun() {
            reader.seekOldest();
        }

        /** The writer. */
        @Actor
        public void write() {
            BroadcastStress.write(writer, 3, 4);
        }

        /** The reader. */
        @Actor
        public void read(final II_Result r) {
            r.r1 = readTwice(reader);
        }

        /** Takes the rest. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r2 = BroadcastStress.rest(reader);
        }
    }

    /** Two slots are full; the writer overwrites the first while a reader begins with the oldest. */
    @JCStressTest
    @Outcome(id = "12, 3", expect = ACCEPTABLE, desc = "Read the first in time.")
    @Outcome(id = "62, 3", expect = ACCEPTABLE, desc = "It was overwritten after it was chosen.")
    @Outcome(id = "20, 3", expect = ACCEPTABLE, desc = "It was being overwritten.")
    @Outcome(id = "23, 0", expect = ACCEPTABLE, desc = "Came after the third.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, or lost without being counted.")
    @State
    public static class Oldest {
        private final int slot = broadcast(2);
        private final BroadcastWriter writer = writer(slot);
        private final BroadcastReader reader = reader(slot);

        /** The writer. */
        @Actor
        public void write() {
            BroadcastStress.write(writer, 3, 3);
        }

        /** The reader. */
        @Actor
        public void read(final II_Result r) {
            reader.seekOldest();
            r.r1 = readTwice(reader);
        }

        /** Takes the rest. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r2 = BroadcastStress.rest(reader);
        }
    }

    /** Two slots are full; the writer overwrites both while a reader begins with the newest. */
    @JCStressTest
    @Outcome(id = "20, 34", expect = ACCEPTABLE, desc = "Read before the third.")
    @Outcome(id = "23, 4", expect = ACCEPTABLE, desc = "The third came between.")
    @Outcome(id = "63, 4", expect = ACCEPTABLE, desc = "Overwritten after it was chosen.")
    @Outcome(id = "30, 4", expect = ACCEPTABLE, desc = "Came after the third.")
    @Outcome(id = "34, 0", expect = ACCEPTABLE, desc = "The fourth came between.")
    @Outcome(id = "40, 0", expect = ACCEPTABLE, desc = "Came after the fourth.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, or lost without being counted.")
    @State
    public static class Newest {
        private final int slot = broadcast(2);
        private final BroadcastWriter writer = writer(slot);
        private final BroadcastReader reader = reader(slot);

        /** The writer. */
        @Actor
        public void write() {
            BroadcastStress.write(writer, 3, 4);
        }

        /** The reader. */
        @Actor
        public void read(final II_Result r) {
            reader.seekNewest();
            r.r1 = readTwice(reader);
        }

        /** Takes the rest. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r2 = BroadcastStress.rest(reader);
        }
    }

    /** A message while a reader begins with what comes. */
    @JCStressTest
    @Outcome(id = "0, 3", expect = ACCEPTABLE, desc = "Began and read before it.")
    @Outcome(id = "3, 0", expect = ACCEPTABLE, desc = "Began before it and read after it.")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Began after it.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, or an older one.")
    @State
    public static class End {
        private final int slot = broadcast(2);
        private final BroadcastWriter writer = writer(slot);
        private final BroadcastReader reader = reader(slot);

        /** The writer. */
        @Actor
        public void write() {
            BroadcastStress.write(writer, 3, 3);
        }

        /** The reader. */
        @Actor
        public void read(final II_Result r) {
            reader.seekEnd();
            r.r1 = BroadcastStress.read(reader);
        }

        /** Takes the rest. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r2 = BroadcastStress.rest(reader);
        }
    }
}

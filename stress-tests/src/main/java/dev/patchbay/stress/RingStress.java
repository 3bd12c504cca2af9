// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.eventqueue.RingReader;
import dev.patchbay.eventqueue.RingWriter;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Messages of a ring with one producer and one consumer arrive whole and in order, and no byte is overwritten before it was read: across
 * the data's end and where positions wrap. A message takes 16 bytes; what was read is told by the digits of the messages, 0 for none.
 */
public class RingStress {
    private static final int DATA = 128;

    private RingStress() {}

    /** A ring whose first record lies so many bytes before the end of its data. */
    private static int ring(final int capacity, final long beforeEnd) {
        final int slot = Slots.take();
        RingMessages.start(slot + DATA + capacity, Wraps.next(beforeEnd));
        return slot;
    }

    private static RingWriter writer(final int slot, final int capacity) {
        return new RingWriter(Slots.MEMORY, slot, slot + DATA, capacity);
    }

    private static RingReader reader(final int slot, final int capacity) {
        return RingReader.single(Slots.MEMORY, slot + DATA, capacity);
    }

    /** Two messages that end where the data end, while the consumer reads. */
    @JCStressTest
    @Outcome(id = "0, 12", expect = ACCEPTABLE, desc = "Read before the first.")
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "Read between the two.")
    @Outcome(id = "12, 0", expect = ACCEPTABLE, desc = "Read after both.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled or out of order.")
    @State
    public static class Delivery {
        private final int slot = ring(64, 32);
        private final RingWriter producer = writer(slot, 64);
        private final RingReader consumer = reader(slot, 64);

        /** The producer. */
        @Actor
        public void write() {
            RingMessages.write(producer, 1);
            RingMessages.write(producer, 2);
        }

        /** The consumer. */
        @Actor
        public void read(final II_Result r) {
            r.r1 = RingMessages.read(consumer);
        }

        /** Takes the rest. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r2 = RingMessages.rest(consumer);
        }
    }

    /** Two messages with the data's end between them: one read stops there. */
    @JCStressTest
    @Outcome(id = "0, 12", expect = ACCEPTABLE, desc = "Read before the first.")
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "Read after it.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled or out of order.")
    @State
    public static class Padding {
        private final int slot = ring(64, 24);
        private final RingWriter producer = writer(slot, 64);
        private final RingReader consumer = reader(slot, 64);

        /** The producer. */
        @Actor
        public void write() {
            RingMessages.write(producer, 1);
            RingMessages.write(producer, 2);
        }

        /** The consumer. */
        @Actor
        public void read(final II_Result r) {
            r.r1 = RingMessages.read(consumer);
        }

        /** Takes the rest. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r2 = RingMessages.rest(consumer);
        }
    }

    /** A message into a ring that is full, while the consumer empties it. */
    @JCStressTest
    @Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "Refused: the ring was still full.")
    @Outcome(id = "1, 1, 2", expect = ACCEPTABLE, desc = "Taken, after there was room.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled or out of order.")
    @State
    public static class Reuse {
        private final int slot = ring(32, 16);
        private final RingWriter producer = writer(slot, 32);
        private final RingReader consumer = reader(slot, 32);

        /** Fills the ring. */
        public Reuse() {
            RingMessages.write(producer, 1);
        }

        /** The producer. */
        @Actor
        public void write(final III_Result r) {
            r.r2 = RingMessages.write(producer, 2);
        }

        /** The consumer. */
        @Actor
        public void read(final III_Result r) {
            r.r1 = RingMessages.read(consumer);
        }

        /** Takes the rest. */
        @Arbiter
        public void rest(final III_Result r) {
            r.r3 = RingMessages.rest(consumer);
        }
    }

    /** A claim that is filled and committed, and a message, while the consumer reads. */
    @JCStressTest
    @Outcome(id = "0, 12", expect = ACCEPTABLE, desc = "Read before the commit.")
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "Read between the two.")
    @Outcome(id = "12, 0", expect = ACCEPTABLE, desc = "Read after both.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled or out of order.")
    @State
    public static class Claim {
        private final int slot = ring(64, 32);
        private final RingWriter producer = writer(slot, 64);
        private final RingReader consumer = reader(slot, 64);

        /** The producer. */
        @Actor
        public void claim() {
            final int at = RingMessages.claim(producer, 1);
            producer.commit(at);
            RingMessages.write(producer, 2);
        }

        /** The consumer. */
        @Actor
        public void read(final II_Result r) {
            r.r1 = RingMessages.read(consumer);
        }

        /** Takes the rest. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r2 = RingMessages.rest(consumer);
        }
    }

    /** A claim that is given up, and a message, while the consumer reads. */
    @JCStressTest
    @Outcome(id = "0, 2", expect = ACCEPTABLE, desc = "Read before the message.")
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "Read after it.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled or out of order.")
    @State
    public static class Abort {
        private final int slot = ring(64, 32);
        private final RingWriter producer = writer(slot, 64);
        private final RingReader consumer = reader(slot, 64);

        /** The producer. */
        @Actor
        public void abort() {
            final int at = RingMessages.claim(producer, 1);
            producer.abort(at);
            RingMessages.write(producer, 2);
        }

        /** The consumer. */
        @Actor
        public void read(final II_Result r) {
            r.r1 = RingMessages.read(consumer);
        }

        /** Takes the rest. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r2 = RingMessages.rest(consumer);
        }
    }

    /** A message into a full ring, while the consumer gives each one back at once. */
    @JCStressTest
    @Outcome(id = "123, 0, 0", expect = ACCEPTABLE, desc = "Refused: the ring was still full.")
    @Outcome(id = "123, 1, 4", expect = ACCEPTABLE, desc = "Taken, after the read had passed.")
    @Outcome(id = "1234, 1, 0", expect = ACCEPTABLE, desc = "Taken, and read by the same call.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled or out of order.")
    @State
    public static class Controlled {
        private final int slot = ring(64, 64);
        private final RingWriter producer = writer(slot, 64);
        private final RingReader consumer = reader(slot, 64);

        /** Fills the ring. */
        public Controlled() {
            for (int n = 1; n <= 3; n++) {
                RingMessages.write(producer, n);
            }
        }

        /** The producer. */
        @Actor
        public void write(final III_Result r) {
            r.r2 = RingMessages.write(producer, 4);
        }

        /** The consumer. */
        @Actor
        public void read(final III_Result r) {
            r.r1 = RingMessages.controlledRead(consumer);
        }

        /** Takes the rest. */
        @Arbiter
        public void rest(final III_Result r) {
            r.r3 = RingMessages.rest(consumer);
        }
    }

    /** A successor pads what its predecessor claimed and sends a message, while the consumer reads. */
    @JCStressTest
    @Outcome(id = "0, 2", expect = ACCEPTABLE, desc = "Read before the message.")
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "Read after it.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled or out of order.")
    @State
    public static class TakeOver {
        private final int slot = ring(64, 24);
        private final RingWriter producer = writer(slot, 64);
        private final RingReader consumer = reader(slot, 64);

        /** The predecessor claimed and died. */
        public TakeOver() {
            RingMessages.claim(producer, 1);
        }

        /** The successor. */
        @Actor
        public void takeOver() {
            producer.takeOver();
            RingMessages.write(producer, 2);
        }

        /** The consumer. */
        @Actor
        public void read(final II_Result r) {
            r.r1 = RingMessages.read(consumer);
        }

        /** Takes the rest. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r2 = RingMessages.rest(consumer);
        }
    }

    /** Two messages, while somebody asks for the size. */
    @JCStressTest
    @Outcome(id = "0, 12", expect = ACCEPTABLE, desc = "Before both.")
    @Outcome(id = "16, 12", expect = ACCEPTABLE, desc = "Between the two.")
    @Outcome(id = "32, 12", expect = ACCEPTABLE, desc = "After both.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled or out of order.")
    @State
    public static class SizeOfGrowing {
        private final int slot = ring(64, 32);
        private final RingWriter producer = writer(slot, 64);
        private final RingReader consumer = reader(slot, 64);

        /** The producer. */
        @Actor
        public void write() {
            RingMessages.write(producer, 1);
            RingMessages.write(producer, 2);
        }

        /** Anybody. */
        @Actor
        public void size(final II_Result r) {
            r.r1 = consumer.size();
        }

        /** Takes the rest. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r2 = RingMessages.rest(consumer);
        }
    }

    /** Two messages are read, while somebody asks for the size. */
    @JCStressTest
    @Outcome(id = "32, 12", expect = ACCEPTABLE, desc = "Before they are given back.")
    @Outcome(id = "0, 12", expect = ACCEPTABLE, desc = "After.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled or out of order.")
    @State
    public static class SizeOfShrinking {
        private final int slot = ring(64, 32);
        private final RingWriter producer = writer(slot, 64);
        private final RingReader consumer = reader(slot, 64);

        /** Sends both. */
        public SizeOfShrinking() {
            RingMessages.write(producer, 1);
            RingMessages.write(producer, 2);
        }

        /** The consumer. */
        @Actor
        public void read(final II_Result r) {
            r.r2 = RingMessages.read(consumer);
        }

        /** Anybody. */
        @Actor
        public void size(final II_Result r) {
            r.r1 = producer.size();
        }

        /** Nothing is left. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r2 = RingMessages.rest(consumer) == 0 ? r.r2 : RingMessages.TORN;
        }
    }

    /** A message is refused, while somebody asks for the count. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Before.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "After.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled or out of order.")
    @State
    public static class Dropped {
        private final int slot = ring(32, 16);
        private final RingWriter producer = writer(slot, 32);
        private final RingReader consumer = reader(slot, 32);

        /** Fills the ring. */
        public Dropped() {
            RingMessages.write(producer, 1);
        }

        /** The producer. */
        @Actor
        public void write() {
            RingMessages.write(producer, 2);
        }

        /** Anybody. */
        @Actor
        public void dropped(final II_Result r) {
            r.r1 = (int) producer.dropped();
        }

        /** In the end. */
        @Arbiter
        public void count(final II_Result r) {
            r.r2 = (int) producer.dropped();
        }
    }
}

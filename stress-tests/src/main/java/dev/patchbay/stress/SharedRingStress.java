// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static dev.patchbay.stress.SharedRings.reader;
import static dev.patchbay.stress.SharedRings.ring;
import static dev.patchbay.stress.SharedRings.writer;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.eventqueue.RingReader;
import dev.patchbay.eventqueue.SharedRingWriter;
import dev.patchbay.layout.Role;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Messages of a ring with many producers and one consumer arrive whole, and each producer's in order: across the data's end and where
 * positions wrap. A message takes 16 bytes; what was read is told by the digits of the messages, 0 for none.
 */
public class SharedRingStress {
    private SharedRingStress() {}

    /** Two producers send a message each. */
    @JCStressTest
    @Outcome(id = "12", expect = ACCEPTABLE, desc = "The one was first.")
    @Outcome(id = "21", expect = ACCEPTABLE, desc = "The other was first.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled or out of order.")
    @State
    public static class Producers {
        private final int slot = ring(64, 32);
        private final SharedRingWriter one = writer(slot, 64, Role.CONTROL);
        private final SharedRingWriter two = writer(slot, 64, Role.UI);

        /** A producer. */
        @Actor
        public void first() {
            RingMessages.write(one, 1);
        }

        /** Another. */
        @Actor
        public void second() {
            RingMessages.write(two, 2);
        }

        /** Reads all. */
        @Arbiter
        public void rest(final I_Result r) {
            r.r1 = RingMessages.rest(reader(slot, 64));
        }
    }

    /** Two producers send a message each, and neither fits before the end of the data. */
    @JCStressTest
    @Outcome(id = "12", expect = ACCEPTABLE, desc = "The one was first, and padded.")
    @Outcome(id = "21", expect = ACCEPTABLE, desc = "The other was first, and padded.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled or out of order.")
    @State
    public static class ProducersAtTheEnd {
        private final int slot = ring(64, 8);
        private final SharedRingWriter one = writer(slot, 64, Role.CONTROL);
        private final SharedRingWriter two = writer(slot, 64, Role.UI);

        /** A producer. */
        @Actor
        public void first() {
            RingMessages.write(one, 1);
        }

        /** Another. */
        @Actor
        public void second() {
            RingMessages.write(two, 2);
        }

        /** Reads all. */
        @Arbiter
        public void rest(final I_Result r) {
            r.r1 = RingMessages.rest(reader(slot, 64));
        }
    }

    /** Two producers send a message each, and there is room for one. */
    @JCStressTest
    @Outcome(id = "1, 0, 31", expect = ACCEPTABLE, desc = "The one was first.")
    @Outcome(id = "0, 1, 32", expect = ACCEPTABLE, desc = "The other was first.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled or out of order.")
    @State
    public static class ProducersAndRoomForOne {
        private final int slot = ring(32, 16);
        private final SharedRingWriter one = writer(slot, 32, Role.CONTROL);
        private final SharedRingWriter two = writer(slot, 32, Role.UI);

        /** Takes half of the room. */
        public ProducersAndRoomForOne() {
            RingMessages.write(one, 3);
        }

        /** A producer. */
        @Actor
        public void first(final III_Result r) {
            r.r1 = RingMessages.write(one, 1);
        }

        /** Another. */
        @Actor
        public void second(final III_Result r) {
            r.r2 = RingMessages.write(two, 2);
        }

        /** Reads all. */
        @Arbiter
        public void rest(final III_Result r) {
            r.r3 = RingMessages.rest(reader(slot, 32));
        }
    }

    /** One producer claims and commits, the other writes. */
    @JCStressTest
    @Outcome(id = "12", expect = ACCEPTABLE, desc = "The claim was first.")
    @Outcome(id = "21", expect = ACCEPTABLE, desc = "The other was first.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled or out of order.")
    @State
    public static class ClaimAndWrite {
        private final int slot = ring(64, 24);
        private final SharedRingWriter one = writer(slot, 64, Role.CONTROL);
        private final SharedRingWriter two = writer(slot, 64, Role.UI);

        /** A producer. */
        @Actor
        public void claim() {
            one.commit(RingMessages.claim(one, 1));
        }

        /** Another. */
        @Actor
        public void second() {
            RingMessages.write(two, 2);
        }

        /** Reads all. */
        @Arbiter
        public void rest(final I_Result r) {
            r.r1 = RingMessages.rest(reader(slot, 64));
        }
    }

    /** One producer claims and commits, the other claims and gives up. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "What was given up is skipped.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled or out of order.")
    @State
    public static class ClaimAndAbort {
        private final int slot = ring(64, 24);
        private final SharedRingWriter one = writer(slot, 64, Role.CONTROL);
        private final SharedRingWriter two = writer(slot, 64, Role.UI);

        /** A producer. */
        @Actor
        public void claim() {
            one.commit(RingMessages.claim(one, 1));
        }

        /** Another. */
        @Actor
        public void abort() {
            two.abort(RingMessages.claim(two, 2));
        }

        /** Reads all. */
        @Arbiter
        public void rest(final I_Result r) {
            r.r1 = RingMessages.rest(reader(slot, 64));
        }
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
        private final SharedRingWriter one = writer(slot, 64, Role.CONTROL);
        private final RingReader consumer = reader(slot, 64);

        /** The producer. */
        @Actor
        public void write() {
            RingMessages.write(one, 1);
            RingMessages.write(one, 2);
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
        private final SharedRingWriter one = writer(slot, 64, Role.CONTROL);
        private final RingReader consumer = reader(slot, 64);

        /** The producer. */
        @Actor
        public void write() {
            RingMessages.write(one, 1);
            RingMessages.write(one, 2);
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

    /** A claim that is committed, while the consumer reads. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Read before the commit.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Read after it.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled or out of order.")
    @State
    public static class Claim {
        private final int slot = ring(64, 16);
        private final SharedRingWriter one = writer(slot, 64, Role.CONTROL);
        private final RingReader consumer = reader(slot, 64);

        /** The producer. */
        @Actor
        public void claim() {
            one.commit(RingMessages.claim(one, 1));
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
        private final SharedRingWriter one = writer(slot, 64, Role.CONTROL);
        private final RingReader consumer = reader(slot, 64);

        /** The producer. */
        @Actor
        public void abort() {
            one.abort(RingMessages.claim(one, 1));
            RingMessages.write(one, 2);
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
        private final SharedRingWriter one = writer(slot, 64, Role.CONTROL);
        private final RingReader consumer = reader(slot, 64);

        /** The producer. */
        @Actor
        public void write() {
            RingMessages.write(one, 1);
            RingMessages.write(one, 2);
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
        private final SharedRingWriter one = writer(slot, 64, Role.CONTROL);
        private final RingReader consumer = reader(slot, 64);

        /** Sends both. */
        public SizeOfShrinking() {
            RingMessages.write(one, 1);
            RingMessages.write(one, 2);
        }

        /** The consumer. */
        @Actor
        public void read(final II_Result r) {
            r.r2 = RingMessages.read(consumer);
        }

        /** Anybody. */
        @Actor
        public void size(final II_Result r) {
            r.r1 = one.size();
        }

        /** Nothing is left. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r2 = RingMessages.rest(consumer) == 0 ? r.r2 : RingMessages.TORN;
        }
    }

    /** Two threads of one role are refused: both are counted. */
    @JCStressTest
    @Outcome(id = "0, 0, 2", expect = ACCEPTABLE, desc = "Both.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled or out of order.")
    @State
    public static class Dropped {
        private final int slot = ring(32, 32);
        private final SharedRingWriter one = writer(slot, 32, Role.CONTROL);

        /** Fills the ring. */
        public Dropped() {
            RingMessages.write(one, 1);
            RingMessages.write(one, 2);
        }

        /** A thread. */
        @Actor
        public void first(final III_Result r) {
            r.r1 = RingMessages.write(one, 3);
        }

        /** Another. */
        @Actor
        public void second(final III_Result r) {
            r.r2 = RingMessages.write(one, 3);
        }

        /** In the end. */
        @Arbiter
        public void count(final III_Result r) {
            r.r3 = (int) one.dropped();
        }
    }
}

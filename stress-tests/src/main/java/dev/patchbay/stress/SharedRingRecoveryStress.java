// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static dev.patchbay.stress.SharedRings.reader;
import static dev.patchbay.stress.SharedRings.recovery;
import static dev.patchbay.stress.SharedRings.ring;
import static dev.patchbay.stress.SharedRings.writer;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.eventqueue.RingReader;
import dev.patchbay.eventqueue.SharedRingRecovery;
import dev.patchbay.eventqueue.SharedRingWriter;
import dev.patchbay.layout.Role;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * In a ring with many producers no byte is overwritten before it was read and cleared, also by the successor of a dead consumer, and only a
 * dead producer's claim is freed. A message takes 16 bytes; what was read is told by the digits of the messages, 0 for none.
 */
public class SharedRingRecoveryStress {
    private SharedRingRecoveryStress() {}

    /** A message into a full ring, while the consumer reads, clears and gives back. */
    @JCStressTest
    @Outcome(id = "12, 0, 0", expect = ACCEPTABLE, desc = "Refused: the ring was still full.")
    @Outcome(id = "12, 1, 3", expect = ACCEPTABLE, desc = "Taken, after there was room.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled or out of order.")
    @State
    public static class Reuse {
        private final int slot = ring(32, 32);
        private final SharedRingWriter one = writer(slot, 32, Role.CONTROL);
        private final RingReader consumer = reader(slot, 32);

        /** Fills the ring. */
        public Reuse() {
            RingMessages.write(one, 1);
            RingMessages.write(one, 2);
        }

        /** The producer. */
        @Actor
        public void write(final III_Result r) {
            r.r2 = RingMessages.write(one, 3);
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

    /** A message into a full ring, while the consumer gives each one back at once. */
    @JCStressTest
    @Outcome(id = "12, 0, 0", expect = ACCEPTABLE, desc = "Refused: the ring was still full.")
    @Outcome(id = "12, 1, 3", expect = ACCEPTABLE, desc = "Taken, after there was room.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled or out of order.")
    @State
    public static class Controlled {
        private final int slot = ring(32, 32);
        private final SharedRingWriter one = writer(slot, 32, Role.CONTROL);
        private final RingReader consumer = reader(slot, 32);

        /** Fills the ring. */
        public Controlled() {
            RingMessages.write(one, 1);
            RingMessages.write(one, 2);
        }

        /** The producer. */
        @Actor
        public void write(final III_Result r) {
            r.r2 = RingMessages.write(one, 3);
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

    /** A claim of a living role is not freed, though the other is dead, however early the consumer asks. */
    @JCStressTest
    @Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "Read before the commit.")
    @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "Read after it.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled or out of order.")
    @State
    public static class LivingClaim {
        private final int slot = ring(64, 16);
        private final SharedRingWriter one = writer(slot, 64, Role.CONTROL);
        private final RingReader consumer = reader(slot, 64);
        private final SharedRingRecovery recovery = recovery(slot, 64);

        /** The living. */
        @Actor
        public void claim() {
            one.commit(RingMessages.claim(one, 1));
        }

        /** The consumer. */
        @Actor
        public void free(final III_Result r) {
            r.r1 = recovery.unblock(Role.UI.bit());
            r.r2 = RingMessages.read(consumer);
        }

        /** Takes the rest. */
        @Arbiter
        public void rest(final III_Result r) {
            r.r3 = RingMessages.rest(consumer);
        }
    }

    /** A message of a living role behind the claim of a dead one, while the consumer frees that and reads. */
    @JCStressTest
    @Outcome(id = "16, 0, 1", expect = ACCEPTABLE, desc = "Freed, and read before the message.")
    @Outcome(id = "16, 1, 0", expect = ACCEPTABLE, desc = "Freed, and read after the message.")
    @Outcome(
            id = "0, 0, 1",
            expect = ACCEPTABLE,
            desc = "Not yet: the living role may hold the claim.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled or out of order.")
    @State
    public static class DeadClaim {
        private final int slot = ring(64, 32);
        private final SharedRingWriter one = writer(slot, 64, Role.CONTROL);
        private final SharedRingWriter two = writer(slot, 64, Role.UI);
        private final RingReader consumer = reader(slot, 64);
        private final SharedRingRecovery recovery = recovery(slot, 64);

        /** The dead one claimed. */
        public DeadClaim() {
            RingMessages.claim(two, 2);
        }

        /** The living. */
        @Actor
        public void write() {
            RingMessages.write(one, 1);
        }

        /** The consumer. */
        @Actor
        public void free(final III_Result r) {
            r.r1 = recovery.unblock(Role.UI.bit());
            r.r2 = RingMessages.read(consumer);
        }

        /** Frees and takes the rest. */
        @Arbiter
        public void rest(final III_Result r) {
            r.r3 = RingMessages.rest(consumer);
            if (recovery.unblock(Role.UI.bit()) > 0) {
                r.r3 = RingMessages.rest(consumer);
            }
        }
    }

    /** The successor of a dead producer starts its lane anew and sends, while the consumer frees and reads. */
    @JCStressTest
    @Outcome(id = "16, 0, 1", expect = ACCEPTABLE, desc = "Freed, and read before the message.")
    @Outcome(id = "16, 1, 0", expect = ACCEPTABLE, desc = "Freed, and read after the message.")
    @Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "Not yet: the role may hold the claim.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled or out of order.")
    @State
    public static class Successor {
        private final int slot = ring(64, 32);
        private final SharedRingWriter one = writer(slot, 64, Role.CONTROL);
        private final RingReader consumer = reader(slot, 64);
        private final SharedRingRecovery recovery = recovery(slot, 64);

        /** The predecessor claimed and died. */
        public Successor() {
            RingMessages.claim(one, 2);
        }

        /** The successor. */
        @Actor
        public void takeOver() {
            one.takeOver();
            RingMessages.write(one, 1);
        }

        /** The consumer. */
        @Actor
        public void free(final III_Result r) {
            r.r1 = recovery.unblock(0);
            r.r2 = RingMessages.read(consumer);
        }

        /** Frees and takes the rest. */
        @Arbiter
        public void rest(final III_Result r) {
            r.r3 = RingMessages.rest(consumer);
            if (recovery.unblock(0) > 0) {
                r.r3 = RingMessages.rest(consumer);
            }
        }
    }

    /** A new consumer finishes what a dead one was clearing, while a producer sends into the full ring. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Refused: nothing was given back yet.")
    @Outcome(id = "1, 3", expect = ACCEPTABLE, desc = "Taken, after all was clear.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled or out of order.")
    @State
    public static class FinishClearing {
        private final int slot = ring(32, 32);
        private final SharedRingWriter one = writer(slot, 32, Role.CONTROL);

        /** The predecessor read both, noted how far, and died before it cleared. */
        public FinishClearing() {
            RingMessages.write(one, 1);
            RingMessages.write(one, 2);
            SharedRings.clearing(slot, 32, 32);
        }

        /** The producer. */
        @Actor
        public void write(final II_Result r) {
            r.r1 = RingMessages.write(one, 3);
        }

        /** The successor. */
        @Actor
        public void recover() {
            reader(slot, 32);
        }

        /** Takes the rest. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r2 = RingMessages.rest(reader(slot, 32));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.eventqueue.SharedEventQueue;
import dev.patchbay.eventqueue.SlotQueue;
import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.Role;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.BufferUtil;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Events of many producers arrive whole, once, and in each one's order; a slot is not used anew before it was read. */
public class SharedEventQueueStress {
    private static final int HEAD = Heads.SHARED_EVENT_QUEUE.size();
    private static final int COMMITS = 2 * EventDescriptor.SIZE;

    /** As many states as {@link Slots} has, each with room for the lanes. */
    private static final int SIZE = 1408;

    private static final int COUNT = 1 << 15;
    private static final AtomicBuffer MEMORY =
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(SIZE * COUNT, 128));
    private static final AtomicInteger NEXT = new AtomicInteger();

    private SharedEventQueueStress() {}

    private static int take() {
        final int at = (NEXT.getAndIncrement() & COUNT - 1) * SIZE;
        MEMORY.setMemory(at, SIZE, (byte) 0);
        return at;
    }

    /** A queue of two slots whose first position is this one. */
    private abstract static class Queue {
        private final int slot = take();
        final SharedEventQueue one;
        final SharedEventQueue other;
        final SharedEventQueue consumer;

        Queue(final long start) {
            MEMORY.putLong(slot + Heads.SHARED_EVENT_QUEUE.offset("tail"), start);
            MEMORY.putLong(slot + Heads.SHARED_EVENT_QUEUE.offset("head"), start);
            for (long position = start - 2; position != start; position++) {
                MEMORY.putLong(
                        slot + HEAD + COMMITS + (int) (position & 1) * Heads.COMMIT_WORD,
                        position + 1);
            }
            one = queue(Role.CONTROL);
            other = queue(Role.UI);
            consumer = queue(Role.RT);
        }

        private SharedEventQueue queue(final Role role) {
            return new SharedEventQueue(MEMORY, slot, slot + HEAD, 2, role);
        }

        /** The digits of all that comes, with the recovery in between; the role is proved dead. */
        final int drain(final Role dead) {
            int digits = EventQueueStress.poll(consumer, 2);
            consumer.unblock(dead.bit());
            for (int i = 0; i < 2; i++) {
                digits = EventQueueStress.join(digits, EventQueueStress.poll(consumer, 2));
            }
            return digits;
        }
    }

    /** Two producers, one event each. */
    @JCStressTest
    @Outcome(id = "12", expect = ACCEPTABLE, desc = "The first was first.")
    @Outcome(id = "21", expect = ACCEPTABLE, desc = "The second was first.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost or doubled.")
    @State
    public static class TwoProducers extends Queue {
        /** At the start. */
        public TwoProducers() {
            super(0);
        }

        /** A producer. */
        @Actor
        public void one() {
            EventQueueStress.offer(one, 1);
        }

        /** The other. */
        @Actor
        public void other() {
            EventQueueStress.offer(other, 2);
        }

        /** Takes all. */
        @Arbiter
        public void rest(final I_Result r) {
            r.r1 = EventQueueStress.poll(consumer, 2);
        }
    }

    /** Two producers of which there is room for one only, at a position that ends a lap of 63 bits. */
    @JCStressTest
    @Outcome(id = "1, 0, 91", expect = ACCEPTABLE, desc = "The first got the room.")
    @Outcome(id = "0, 1, 92", expect = ACCEPTABLE, desc = "The second got it.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Both got it, or neither, or it is torn.")
    @State
    public static class LastSlot extends Queue {
        /** One slot is taken. */
        public LastSlot() {
            super(Long.MAX_VALUE);
            EventQueueStress.offer(one, 9);
        }

        /** A producer. */
        @Actor
        public void one(final III_Result r) {
            r.r1 = EventQueueStress.offer(one, 1) ? 1 : 0;
        }

        /** The other. */
        @Actor
        public void other(final III_Result r) {
            r.r2 = EventQueueStress.offer(other, 2) ? 1 : 0;
        }

        /** Takes all. */
        @Arbiter
        public void rest(final III_Result r) {
            r.r3 = EventQueueStress.poll(consumer, 2);
        }
    }

    /** A third event into a full queue, while the consumer empties it, around 2³¹. */
    @JCStressTest
    @Outcome(id = "12, 0, 0", expect = ACCEPTABLE, desc = "Refused: the queue was still full.")
    @Outcome(id = "12, 1, 3", expect = ACCEPTABLE, desc = "Taken, after the slot was free.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "A slot was overwritten before it was read.")
    @State
    public static class Reuse extends Queue {
        /** Fills the queue. */
        public Reuse() {
            super((1L << 31) - 1);
            EventQueueStress.offer(one, 1);
            EventQueueStress.offer(one, 2);
        }

        /** A producer. */
        @Actor
        public void produce(final III_Result r) {
            r.r2 = EventQueueStress.offer(other, 3) ? 1 : 0;
        }

        /** The consumer. */
        @Actor
        public void consume(final III_Result r) {
            r.r1 = EventQueueStress.poll(consumer, 2);
        }

        /** Takes the rest. */
        @Arbiter
        public void rest(final III_Result r) {
            r.r3 = EventQueueStress.poll(consumer, 2);
        }
    }

    /** A claim ends without an event while another follows it and the consumer looks. */
    @JCStressTest
    @Outcome(id = "0, 2", expect = ACCEPTABLE, desc = "Looked before the event.")
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "Looked after it: past the slot in vain.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "What was given up was read.")
    @State
    public static class Abort extends Queue {
        private final int claim;

        /** With an open claim, begun to be filled. */
        public Abort() {
            super(0);
            claim = one.tryClaim();
            MEMORY.putInt(claim + EventDescriptor.SAMPLE_OFFSET, 7);
        }

        /** The producer. */
        @Actor
        public void produce() {
            one.abort(claim);
            EventQueueStress.offer(one, 2);
        }

        /** The consumer. */
        @Actor
        public void consume(final II_Result r) {
            r.r1 = EventQueueStress.poll(consumer, 2);
        }

        /** Takes the rest. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r2 = EventQueueStress.poll(consumer, 2);
        }
    }

    /** A live producer commits a claim while the consumer, beside a dead one's, tries to free. */
    @JCStressTest
    @Outcome(id = "0, 2", expect = ACCEPTABLE, desc = "Freed later: the live role held a claim.")
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "Freed: the live one had committed.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "The live one's claim was freed, or lost.")
    @State
    public static class Recovery extends Queue {
        private final int claim;

        /** A dead producer's claim, then a live one's. */
        public Recovery() {
            super((1L << 32) - 1);
            one.tryClaim();
            claim = other.tryClaim();
        }

        /** The live producer. */
        @Actor
        public void produce() {
            EventQueueStress.fill(MEMORY, claim, 2);
            other.commit(claim);
        }

        /** The consumer. */
        @Actor
        public void consume(final II_Result r) {
            r.r1 = consumer.unblock(Role.CONTROL.bit());
        }

        /** Takes the rest. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r2 = drain(Role.CONTROL);
        }
    }

    /** Two producers send two events each in a batch, of which there is room for one batch, or for a part. */
    @JCStressTest
    @Outcome(id = "2, 0, 12", expect = ACCEPTABLE, desc = "The first had all the room.")
    @Outcome(id = "0, 2, 34", expect = ACCEPTABLE, desc = "The second had it.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "A batch has another's event within it.")
    @State
    public static class Batches extends Queue {
        /** At a wrap of 64 bits. */
        public Batches() {
            super(-1);
        }

        /** A producer. */
        @Actor
        public void one(final III_Result r) {
            r.r1 = EventQueueStress.offerTwo(one, 1);
        }

        /** The other. */
        @Actor
        public void other(final III_Result r) {
            r.r2 = EventQueueStress.offerTwo(other, 3);
        }

        /** Takes all. */
        @Arbiter
        public void rest(final III_Result r) {
            r.r3 = EventQueueStress.poll(consumer, 2);
        }
    }

    /** The size that anybody sees while one sends and the queue is not emptied. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Before the claim.")
    @Outcome(
            id = "1, 1",
            expect = ACCEPTABLE_INTERESTING,
            desc = "From the claim on, though it may not be committed yet.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "No such size.")
    @State
    public static class Size extends Queue {
        /** At the start. */
        public Size() {
            super(0);
        }

        /** A producer. */
        @Actor
        public void produce() {
            EventQueueStress.offer(one, 1);
        }

        /** Anybody. */
        @Actor
        public void look(final II_Result r) {
            r.r1 = other.size();
        }

        /** In the end. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r2 = consumer.size();
        }
    }

    /** A refusal is counted while another is. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Each in its role's lane.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "A count is lost.")
    @State
    public static class Drops extends Queue {
        /** Full. */
        public Drops() {
            super(0);
            EventQueueStress.offerTwo(one, 1);
        }

        /** A producer. */
        @Actor
        public void one() {
            if (one.tryClaim() != SlotQueue.FULL) {
                throw new AssertionError("full");
            }
        }

        /** The other. */
        @Actor
        public void other() {
            EventQueueStress.offer(other, 2);
        }

        /** The counts. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r1 = (int) consumer.dropped(Role.CONTROL);
            r.r2 = (int) consumer.dropped(Role.UI);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventHandler;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.SlotQueue;
import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.Heads;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Events arrive whole and in order, and a slot is not overwritten before it was read. */
public class EventQueueStress {
    private static final int TORN = -1;

    private EventQueueStress() {}

    private static EventQueue queue(final int slot) {
        return new EventQueue(Slots.MEMORY, slot, slot + Slots.ELEMENTS, 2);
    }

    /** A slot whose queue starts at this position. */
    private static int slotAt(final long start) {
        final int slot = Slots.take();
        Slots.MEMORY.putLong(slot + Heads.EVENT_QUEUE.offset("tail"), start);
        Slots.MEMORY.putLong(slot + Heads.EVENT_QUEUE.offset("head"), start);
        return slot;
    }

    static boolean offer(final SlotQueue queue, final int number) {
        return queue.offer(number, number, number, number, number, number, number);
    }

    /** Stores an event in place. */
    static void fill(final MutableDirectBuffer memory, final int slot, final int number) {
        Event.store(memory, slot, number, number, number, number, number, number, number);
    }

    /** Offers a number and the next in one batch. */
    static int offerTwo(final SlotQueue queue, final int first) {
        final MutableDirectBuffer two = new UnsafeBuffer(new byte[2 * EventDescriptor.SIZE]);
        fill(two, 0, first);
        fill(two, EventDescriptor.SIZE, first + 1);
        return queue.offerBatch(two, 0, 2);
    }

    /** The digits of the events taken, the oldest first, or {@link #TORN}. */
    static int poll(final SlotQueue queue, final int limit) {
        final Digits digits = new Digits();
        queue.poll(digits, limit);
        return digits.digits;
    }

    /** Digits after others. */
    static int join(final int digits, final int more) {
        return digits == TORN || more == TORN
                ? TORN
                : digits * (more > 9 ? 100 : more > 0 ? 10 : 1) + more;
    }

    private static final class Digits implements EventHandler {
        private int digits;

        @Override
        public void onEvent(final Event e) {
            final int number = e.type();
            final boolean whole =
                    e.sampleOffset() == number
                            && e.channel() == number
                            && e.noteId() == number
                            && e.index() == number
                            && e.value() == number
                            && e.detail() == number;
            digits = whole && digits != TORN ? digits * 10 + number : TORN;
        }
    }

    /** Two events into an empty queue, while the consumer looks once. */
    @JCStressTest
    @Outcome(id = "0, 12", expect = ACCEPTABLE, desc = "Looked before the first.")
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "Looked between the two.")
    @Outcome(id = "12, 0", expect = ACCEPTABLE, desc = "Looked after both.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled or out of order.")
    @State
    public static class Delivery {
        private final int slot = Slots.take();
        private final EventQueue producer = queue(slot);
        private final EventQueue consumer = queue(slot);

        /** The producer. */
        @Actor
        public void produce() {
            offer(producer, 1);
            offer(producer, 2);
        }

        /** The consumer. */
        @Actor
        public void consume(final II_Result r) {
            r.r1 = poll(consumer, 2);
        }

        /** Takes the rest. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r2 = poll(consumer, 2);
        }
    }

    /** A third event into a full queue of two, while the consumer empties it. */
    @JCStressTest
    @Outcome(id = "12, 0, 0", expect = ACCEPTABLE, desc = "Refused: the queue was still full.")
    @Outcome(id = "12, 1, 3", expect = ACCEPTABLE, desc = "Taken, after the slot was free.")
    @Outcome(
            id = "123, 1, 0",
            expect = FORBIDDEN,
            desc = "The consumer saw the third before it gave a slot back.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "A slot was overwritten before it was read.")
    @State
    public static class Reuse {
        private final int slot = slotAt(Long.MAX_VALUE);
        private final EventQueue producer = queue(slot);
        private final EventQueue consumer = queue(slot);

        /** Fills the queue, at a position that ends a lap of 63 bits. */
        public Reuse() {
            offer(producer, 1);
            offer(producer, 2);
        }

        /** The producer. */
        @Actor
        public void produce(final III_Result r) {
            r.r2 = offer(producer, 3) ? 1 : 0;
        }

        /** The consumer. */
        @Actor
        public void consume(final III_Result r) {
            r.r1 = poll(consumer, 2);
        }

        /** Takes the rest. */
        @Arbiter
        public void rest(final III_Result r) {
            r.r3 = poll(consumer, 2);
        }
    }

    /** Two events in one batch, while the consumer looks: they are shown together. */
    @JCStressTest
    @Outcome(id = "0, 12", expect = ACCEPTABLE, desc = "Looked before.")
    @Outcome(id = "12, 0", expect = ACCEPTABLE, desc = "Looked after.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Half a batch, torn or lost.")
    @State
    public static class Batch {
        private final int slot = slotAt((1L << 31) - 1);
        private final EventQueue producer = queue(slot);
        private final EventQueue consumer = queue(slot);

        /** The producer. */
        @Actor
        public void produce() {
            offerTwo(producer, 1);
        }

        /** The consumer. */
        @Actor
        public void consume(final II_Result r) {
            r.r1 = poll(consumer, 2);
        }

        /** Takes the rest. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r2 = poll(consumer, 2);
        }
    }

    /** A claim is given up and another committed, while the consumer looks at the oldest and takes it. */
    @JCStressTest
    @Outcome(id = "0, 2", expect = ACCEPTABLE, desc = "Looked before the commit.")
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "Looked after it.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "What was given up was read, or it is torn.")
    @State
    public static class Claims {
        private final int slot = slotAt((1L << 32) - 1);
        private final EventQueue producer = queue(slot);
        private final EventQueue consumer = queue(slot);

        /** The producer. */
        @Actor
        public void produce() {
            final int vain = producer.tryClaim();
            fill(Slots.MEMORY, vain, 7);
            producer.abort(vain);
            final int claim = producer.tryClaim();
            fill(Slots.MEMORY, claim, 2);
            producer.commit(claim);
        }

        /** The consumer. */
        @Actor
        public void consume(final II_Result r) {
            final Event first = consumer.peekFirst();
            if (first != null) {
                final Digits digits = new Digits();
                digits.onEvent(first);
                r.r1 = digits.digits;
                consumer.removeFirst();
            }
        }

        /** Takes the rest. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r2 = poll(consumer, 2);
        }
    }

    /** The sizes that both sides see: the producer no fewer than there are, the consumer no more. */
    @JCStressTest
    @Outcome(
            id = "1, [12]",
            expect = ACCEPTABLE,
            desc = "With or without the event that was taken.")
    @Outcome(id = "2, [12]", expect = ACCEPTABLE, desc = "After the other was sent.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "No such size.")
    @State
    public static class Size {
        private final int slot = slotAt(-1);
        private final EventQueue producer = queue(slot);
        private final EventQueue consumer = queue(slot);

        /** With one event. */
        public Size() {
            offer(producer, 1);
        }

        /** The producer. */
        @Actor
        public void produce(final II_Result r) {
            offer(producer, 2);
            r.r2 = producer.size();
        }

        /** The consumer. */
        @Actor
        public void consume(final II_Result r) {
            r.r1 = consumer.size();
            poll(consumer, 1);
        }
    }
}

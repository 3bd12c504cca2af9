// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventQueue;
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

    private static boolean offer(final EventQueue queue, final int number) {
        return queue.offer(number, number, number, number, number, number, number);
    }

    /** The digits of the events taken, the oldest first, or {@link #TORN}. */
    private static int poll(final EventQueue queue) {
        int digits = 0;
        final long tail = queue.tail();
        for (long position = queue.head(); position != tail; position++) {
            final Event e = queue.peek(position);
            final int number = e.type();
            if (e.sampleOffset() != number
                    || e.channel() != number
                    || e.noteId() != number
                    || e.index() != number
                    || e.value() != number
                    || e.detail() != number) {
                return TORN;
            }
            digits = digits * 10 + number;
        }
        queue.advance(tail);
        return digits;
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
            r.r1 = poll(consumer);
        }

        /** Takes the rest. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r2 = poll(consumer);
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
        private final int slot = Slots.take();
        private final EventQueue producer = queue(slot);
        private final EventQueue consumer = queue(slot);

        /** Fills the queue. */
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
            r.r1 = poll(consumer);
        }

        /** Takes the rest. */
        @Arbiter
        public void rest(final III_Result r) {
            r.r3 = poll(consumer);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.SharedEventQueue;
import dev.patchbay.eventqueue.SlotQueue;
import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.SectionKind;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Event queues of any capacity, with positions that cross powers of two. */
public class SectionQueueStress {
    private static final int TORN = -1;

    private SectionQueueStress() {}

    private static SectionEntry section() {
        final SectionEntry section = Slots.section(2, EventDescriptor.SIZE, 1);
        final long start = Wraps.next(1);
        Slots.MEMORY.putLong((int) section.offset() + Heads.EVENT_QUEUE.offset("tail"), start);
        Slots.MEMORY.putLong((int) section.offset() + Heads.EVENT_QUEUE.offset("head"), start);
        return section;
    }

    private static boolean offer(final SlotQueue queue, final int number) {
        return queue.offer(number, number, number, number, number, number, number);
    }

    private static int number(final Event e) {
        final int number = e.type();
        return e.sampleOffset() == number
                        && e.channel() == number
                        && e.noteId() == number
                        && e.index() == number
                        && e.value() == number
                        && e.detail() == number
                ? number
                : TORN;
    }

    /** Two events into an empty queue, while the consumer takes what there is. */
    @JCStressTest
    @ForSection(value = SectionKind.EVENT_QUEUE, atLeast = 2)
    @Outcome(id = "0, 12", expect = ACCEPTABLE, desc = "Looked before the first.")
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "Looked between the two.")
    @Outcome(id = "12, 0", expect = ACCEPTABLE, desc = "Looked after both.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled or out of order.")
    @State
    public static class Delivery {
        private final SectionEntry section = section();
        private final EventQueue producer = EventQueue.over(Slots.MEMORY, section);
        private final EventQueue consumer = EventQueue.over(Slots.MEMORY, section);

        private int take() {
            int digits = 0;
            final long tail = consumer.tail();
            for (long position = consumer.head(); position != tail; position++) {
                digits = digits * 10 + number(consumer.peek(position));
            }
            consumer.advance(tail);
            return digits;
        }

        /** The producer. */
        @Actor
        public void produce() {
            offer(producer, 1);
            offer(producer, 2);
        }

        /** The consumer. */
        @Actor
        public void consume(final II_Result r) {
            r.r1 = take();
        }

        /** Takes the rest. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r2 = take();
        }
    }

    /** One more event into a full queue, while the consumer takes the oldest. */
    @JCStressTest
    @ForSection(SectionKind.EVENT_QUEUE)
    @Outcome(id = "1, 0, 2", expect = ACCEPTABLE, desc = "Refused: the queue was still full.")
    @Outcome(id = "1, 1, 3", expect = ACCEPTABLE, desc = "Taken, after the slot was free.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "A slot was overwritten before it was read.")
    @State
    public static class Reuse {
        private final SectionEntry section = section();
        private final EventQueue producer = EventQueue.over(Slots.MEMORY, section);
        private final EventQueue consumer = EventQueue.over(Slots.MEMORY, section);

        /** Fills the queue: the oldest is 1, all others are 2. */
        public Reuse() {
            for (int i = 0; i < section.count(); i++) {
                offer(producer, i == 0 ? 1 : 2);
            }
        }

        /** The producer. */
        @Actor
        public void produce(final III_Result r) {
            r.r2 = offer(producer, 3) ? 1 : 0;
        }

        /** The consumer. */
        @Actor
        public void consume(final III_Result r) {
            final long head = consumer.head();
            r.r1 = number(consumer.peek(head));
            consumer.advance(head + 1);
        }

        /** The newest. */
        @Arbiter
        public void rest(final III_Result r) {
            r.r3 =
                    consumer.tail() == consumer.head()
                            ? 2
                            : number(consumer.peek(consumer.tail() - 1));
        }
    }

    /** Two producers offer one event each to a queue of many; the consumer looks afterwards. */
    @JCStressTest
    @ForSection(value = SectionKind.SHARED_EVENT_QUEUE, atLeast = 2)
    @Outcome(id = "12", expect = ACCEPTABLE, desc = "The first producer came first.")
    @Outcome(id = "21", expect = ACCEPTABLE, desc = "The second producer came first.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost or doubled.")
    @State
    public static class Shared {
        private final SectionEntry section =
                Slots.section(
                        Heads.SHARED_EVENT_QUEUE.size(),
                        2,
                        EventDescriptor.SIZE,
                        1,
                        2 * Heads.COMMIT_WORD);
        private final SharedEventQueue first = queue(Role.CONTROL);
        private final SharedEventQueue second = queue(Role.UI);
        private final SharedEventQueue consumer = queue(Role.RT);

        private SharedEventQueue queue(final Role role) {
            return SharedEventQueue.over(Slots.MEMORY, section, role);
        }

        /** A producer. */
        @Actor
        public void produce() {
            offer(first, 1);
        }

        /** Another. */
        @Actor
        public void produceToo() {
            offer(second, 2);
        }

        /** The consumer. */
        @Arbiter
        public void rest(final I_Result r) {
            for (Event e = consumer.peekFirst(); e != null; e = consumer.peekFirst()) {
                r.r1 = r.r1 * 10 + number(e);
                consumer.removeFirst();
            }
        }
    }
}

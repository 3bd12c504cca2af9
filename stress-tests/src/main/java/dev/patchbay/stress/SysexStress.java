// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.RingWriter;
import dev.patchbay.eventqueue.SysexReader;
import dev.patchbay.eventqueue.SysexWriter;
import dev.patchbay.layout.RingDescriptor;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** System exclusive messages arrive whole, with their events and in order, and no record is overwritten before it was read. */
public class SysexStress {
    private static final int TORN = -1;
    private static final int LENGTH = 8;
    private static final int EVENTS = 4;

    /** Three records of 16 bytes fit; a fourth takes the place that the first leaves. */
    private static final int RING = 64;

    private static final int RING_AT = Slots.ELEMENTS + 128;
    private static final int DATA_AT = RING_AT + 64;
    private static final int END = DATA_AT + RING + RingDescriptor.TRAILER.size();

    private SysexStress() {}

    /** A slot of zeros; the ring's trailer ends beyond it with words that nobody uses, but not beyond the memory. */
    private static int take() {
        int slot = Slots.take();
        while (slot + END > Slots.MEMORY.capacity()) {
            slot = Slots.take();
        }
        return slot;
    }

    private static EventQueue queue(final int slot) {
        return new EventQueue(Slots.MEMORY, slot, slot + Slots.ELEMENTS, EVENTS);
    }

    /** The producer. */
    private static final class Sender {
        private final SysexWriter writer;
        private final UnsafeBuffer message = new UnsafeBuffer(new byte[LENGTH]);

        Sender(final int slot) {
            writer =
                    new SysexWriter(
                            queue(slot),
                            new RingWriter(Slots.MEMORY, slot + RING_AT, slot + DATA_AT, RING));
        }

        int send(final int n) {
            message.putLong(0, n * 0x0101010101010101L);
            return writer.offer(n, message, 0, LENGTH);
        }
    }

    /** The consumer. */
    private static final class Receiver {
        private final EventQueue events;
        private final SysexReader reader;
        private final byte[] bytes = new byte[LENGTH];
        private int digits;

        Receiver(final int slot) {
            events = queue(slot);
            reader = new SysexReader(Slots.MEMORY, slot + DATA_AT, RING);
        }

        /** The digits of the messages taken, the oldest first, or {@link #TORN}. */
        int poll() {
            digits = 0;
            events.poll(this::take, EVENTS);
            reader.release();
            return digits;
        }

        private void take(final Event event) {
            final int n = event.sampleOffset();
            if (!reader.take(event)) {
                digits = event.sysexLength() == 0 ? digits : TORN;
                return;
            }
            boolean whole = event.copyPayload(0, bytes, 0, LENGTH) == LENGTH;
            for (final byte b : bytes) {
                whole &= b == n;
            }
            digits = whole && digits >= 0 ? digits * 10 + n : TORN;
        }
    }

    /** Two messages into an empty queue, while the consumer looks once. */
    @JCStressTest
    @Outcome(id = "0, 12", expect = ACCEPTABLE, desc = "Looked before the first.")
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "Looked between the two.")
    @Outcome(id = "12, 0", expect = ACCEPTABLE, desc = "Looked after both.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled or out of order.")
    @State
    public static class Delivery {
        private final int slot = take();
        private final Sender producer = new Sender(slot);
        private final Receiver consumer = new Receiver(slot);

        /** The producer. */
        @Actor
        public void produce() {
            producer.send(1);
            producer.send(2);
        }

        /** The consumer. */
        @Actor
        public void consume(final II_Result r) {
            r.r1 = consumer.poll();
        }

        /** Takes the rest. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r2 = consumer.poll();
        }
    }

    /** A fourth message into a full ring, while the consumer empties it. */
    @JCStressTest
    @Outcome(id = "123, 0, 0", expect = ACCEPTABLE, desc = "Refused: the ring was still full.")
    @Outcome(id = "123, 1, 4", expect = ACCEPTABLE, desc = "Taken, after its record was free.")
    @Outcome(
            id = "1234, 1, 0",
            expect = FORBIDDEN,
            desc = "The consumer saw the fourth before it gave a record back.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "A record was overwritten before it was read.")
    @State
    public static class Reuse {
        private final int slot = take();
        private final Sender producer = new Sender(slot);
        private final Receiver consumer = new Receiver(slot);

        /** Fills the ring. */
        public Reuse() {
            producer.send(1);
            producer.send(2);
            producer.send(3);
        }

        /** The producer. */
        @Actor
        public void produce(final III_Result r) {
            r.r2 = producer.send(4);
        }

        /** The consumer. */
        @Actor
        public void consume(final III_Result r) {
            r.r1 = consumer.poll();
        }

        /** Takes the rest. */
        @Arbiter
        public void rest(final III_Result r) {
            r.r3 = consumer.poll();
        }
    }
}

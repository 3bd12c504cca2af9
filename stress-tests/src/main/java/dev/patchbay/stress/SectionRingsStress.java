// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.eventqueue.RecordWriter;
import dev.patchbay.eventqueue.RingReader;
import dev.patchbay.eventqueue.RingWriter;
import dev.patchbay.eventqueue.SharedRingWriter;
import dev.patchbay.layout.RingDescriptor;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.SectionKind;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Rings of any capacity: two messages arrive whole, once and in order. */
public class SectionRingsStress {
    private static final int CAPACITY = 64;
    private static final int TORN = -1;

    private SectionRingsStress() {}

    private static SectionEntry section(final SectionKind kind) {
        return Slots.section(
                (RingDescriptor.headOf(kind).size() + 127) / 128 * 128,
                CAPACITY,
                1,
                1,
                RingDescriptor.TRAILER.size());
    }

    private static boolean write(final RecordWriter writer, final int number) {
        final int at = writer.tryClaim(number, Integer.BYTES);
        if (at == RecordWriter.FULL) {
            return false;
        }
        Slots.MEMORY.putInt(at, number);
        writer.commit(at);
        return true;
    }

    /** The digits of the messages taken, the oldest first. */
    private static int read(final RingReader reader) {
        final int[] digits = new int[1];
        reader.read(
                (type, buffer, index, length) ->
                        digits[0] =
                                digits[0] == TORN
                                                || length != Integer.BYTES
                                                || buffer.getInt(index) != type
                                        ? TORN
                                        : digits[0] * 10 + type,
                10);
        return digits[0];
    }

    /** One producer writes two, while the consumer reads once. */
    @JCStressTest
    @ForSection(value = SectionKind.RING, atLeast = 64)
    @Outcome(id = "0, 12", expect = ACCEPTABLE, desc = "Looked before the first.")
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "Looked between the two.")
    @Outcome(id = "12, 0", expect = ACCEPTABLE, desc = "Looked after both.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost, doubled or out of order.")
    @State
    public static class Single {
        private final SectionEntry section = section(SectionKind.RING);
        private final RingWriter writer = RingWriter.over(Slots.MEMORY, section);
        private final RingReader reader =
                RingReader.single(Slots.MEMORY, section.elementOffset(0), section.count());

        /** The producer. */
        @Actor
        public void produce() {
            write(writer, 1);
            write(writer, 2);
        }

        /** The consumer. */
        @Actor
        public void consume(final II_Result r) {
            r.r1 = read(reader);
        }

        /** Takes the rest. */
        @Arbiter
        public void rest(final II_Result r) {
            r.r2 = read(reader);
        }
    }

    /** Two producers write one each; the consumer reads afterwards. */
    @JCStressTest
    @ForSection(value = SectionKind.SHARED_RING, atLeast = 64)
    @Outcome(id = "12", expect = ACCEPTABLE, desc = "The first producer came first.")
    @Outcome(id = "21", expect = ACCEPTABLE, desc = "The second producer came first.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "Torn, lost or doubled.")
    @State
    public static class Shared {
        private final SectionEntry section = section(SectionKind.SHARED_RING);
        private final SharedRingWriter first =
                SharedRingWriter.over(Slots.MEMORY, section, Role.RT);
        private final SharedRingWriter second =
                SharedRingWriter.over(Slots.MEMORY, section, Role.CONTROL);
        private final RingReader reader =
                RingReader.shared(
                        Slots.MEMORY,
                        (int) section.offset(),
                        section.elementOffset(0),
                        section.count());

        /** A producer. */
        @Actor
        public void produce() {
            write(first, 1);
        }

        /** Another. */
        @Actor
        public void produceToo() {
            write(second, 2);
        }

        /** The consumer. */
        @Arbiter
        public void rest(final I_Result r) {
            r.r1 = read(reader);
        }
    }
}

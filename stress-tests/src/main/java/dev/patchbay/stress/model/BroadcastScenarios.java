// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static dev.patchbay.stress.model.PrimitiveScenarios.expect;

import dev.patchbay.atomics.BroadcastReader;
import dev.patchbay.atomics.BroadcastWriter;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.Loads;

/** The broadcast, as production runs it, with what it promises. */
public final class BroadcastScenarios {
    private static final int SLOTS = 128;
    private static final int CAPACITY = 2;
    private static final int WORDS = 2;
    private static final int STRIDE = Heads.BROADCAST_SLOT.size() + 8 * WORDS;
    private static final int BYTES = SLOTS + CAPACITY * STRIDE;

    private BroadcastScenarios() {}

    /** Where a new reader begins. */
    public enum Begin {
        /** With what has been there longest. */
        OLDEST,
        /** With the last. */
        NEWEST,
        /** With the next to come. */
        END
    }

    /** A reader and what it has seen: the message at each position is the position plus 1, and its negative. */
    private static final class Listener {
        private final BroadcastReader reader;
        private final long start;
        private final long[] copy = new long[WORDS];
        private final StringBuilder seen = new StringBuilder();

        Listener(final ModelBuffer memory, final long start, final Begin begin) {
            this.start = start;
            reader = new BroadcastReader(Loads.over(memory), 0, SLOTS, CAPACITY, WORDS);
            switch (begin) {
                case OLDEST -> reader.seekOldest();
                case NEWEST -> {}
                case END -> reader.seekEnd();
            }
        }

        /** Reads once; how the position moves must be what the answer says. */
        boolean read() {
            final long before = reader.position();
            switch (reader.read(copy)) {
                case NOTHING -> {
                    expect(reader.position() == before, "nothing moves nobody");
                    seen.append('-');
                    return false;
                }
                case MESSAGE -> {
                    expect(copy[0] == -copy[1], "a message is whole");
                    expect(copy[0] == before - start + 1, "a message is that of its position");
                    expect(reader.position() == before + 1, "a message is one");
                    seen.append(copy[0]);
                }
                case OVERRUN -> {
                    expect(reader.lost() > 0, "an overrun loses something");
                    expect(reader.position() == before + reader.lost(), "what is lost is counted");
                    seen.append('<').append(reader.lost());
                }
            }
            return true;
        }
    }

    private static void write(
            final ModelBuffer memory, final long start, final long first, final long last) {
        final BroadcastWriter writer = new BroadcastWriter(memory, 0, SLOTS, CAPACITY, WORDS);
        for (long n = first; n <= last; n++) {
            expect(writer.position() == start + n - 1, "positions count messages");
            writer.write(new long[] {n, -n});
        }
    }

    /**
     * Two slots are full; a writer sends so many more messages, while a reader begins and reads so often.
     *
     * @param start the position of the first message
     */
    public static Scenario broadcast(
            final int messages, final int reads, final Begin begin, final long start) {
        return setup -> {
            final ModelBuffer memory = memory(setup, start);
            final Listener[] listener = new Listener[1];
            setup.actor("writer", () -> write(memory, start, CAPACITY + 1, CAPACITY + messages));
            setup.actor(
                    "reader",
                    () -> {
                        listener[0] = new Listener(memory, start, begin);
                        for (int n = 0; n < reads; n++) {
                            final boolean found = listener[0].read();
                            // Only with a release and an acquire of the tail.
                            expect(
                                    found || n > 0 || begin == Begin.END,
                                    "who begins with a message that is there finds one");
                        }
                    });
            setup.check(
                    () -> {
                        while (listener[0].read()) {
                            // Until it has all.
                        }
                        expect(
                                listener[0].reader.position() == start + CAPACITY + messages,
                                "each message is read or counted as lost");
                    });
            setup.outcome(() -> listener[0].seen);
        };
    }

    /** The writer died after so many stores of its message; a successor sends two more, while a reader reads so often. */
    public static Scenario broadcastAfterDeath(final int stores, final int reads) {
        return setup -> {
            final ModelBuffer memory = memory(setup, 0);
            // What the dead writer had stored of the third message.
            final int slot = SLOTS;
            final Runnable[] died = {
                () -> memory.putLong(slot, 2 * CAPACITY + 1),
                () -> memory.putLong(slot + 8, 77),
                () -> memory.putLong(slot + 16, 77),
                () -> memory.putLong(slot, 2 * CAPACITY + 2)
            };
            for (int i = 0; i < stores; i++) {
                died[i].run();
            }
            final Listener[] listener = new Listener[1];
            setup.actor("successor", () -> write(memory, 0, CAPACITY + 1, CAPACITY + 2));
            setup.actor(
                    "reader",
                    () -> {
                        listener[0] = new Listener(memory, 0, Begin.OLDEST);
                        for (int n = 0; n < reads; n++) {
                            listener[0].read();
                        }
                    });
            setup.check(
                    () -> {
                        while (listener[0].read()) {
                            // Until it has all.
                        }
                        expect(
                                listener[0].reader.position() == CAPACITY + 2,
                                "each message is read or counted as lost");
                    });
            setup.outcome(() -> listener[0].seen);
        };
    }

    private static ModelBuffer memory(final Setup setup, final long start) {
        final ModelBuffer memory = setup.memory(BYTES);
        setup.name(0, "tail");
        for (int i = 0; i < CAPACITY; i++) {
            setup.name(SLOTS + i * STRIDE, "sequence").name(SLOTS + i * STRIDE + 8, "words");
        }
        memory.putLong(0, start);
        write(memory, start, 1, CAPACITY);
        return memory;
    }
}

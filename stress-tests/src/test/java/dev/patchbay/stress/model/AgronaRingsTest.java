// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static dev.patchbay.stress.model.PrimitiveScenarios.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import dev.patchbay.eventqueue.RingReader;
import dev.patchbay.eventqueue.RingWriter;
import dev.patchbay.layout.RingDescriptor;
import dev.patchbay.stress.model.RingScenarios.Inbox;
import dev.patchbay.stress.model.RingScenarios.Send;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Agrona's own rings at one side and ours at the other, in every execution: their code is unchanged but for its fences, which are
 * the model's.
 */
class AgronaRingsTest {
    private static final FencedLoader LOADER =
            new FencedLoader(
                    Set.of(
                            OneToOneRingBuffer.class.getName(),
                            ManyToOneRingBuffer.class.getName()));

    /** Where our head lies: behind Agrona's last word, within its trailer. */
    private static final int HEAD = RingDescriptor.TRAILER.offset("consumer_heartbeat") + 64;

    private static Class<?> anew(final Class<?> type) {
        try {
            return LOADER.loadClass(type.getName());
        } catch (final ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static RingBuffer agronas(final Class<?> type, final AtomicBuffer memory) {
        try {
            return (RingBuffer) anew(type).getConstructor(AtomicBuffer.class).newInstance(memory);
        } catch (final ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean write(final RingBuffer ring, final int number) {
        final UnsafeBuffer payload = new UnsafeBuffer(new byte[8]);
        payload.putLong(0, -number);
        return ring.write(number, payload, 0, 8);
    }

    private static boolean claim(
            final RingBuffer ring, final ModelBuffer memory, final int number) {
        final int at = ring.tryClaim(number, 8);
        if (at < 0) {
            return false;
        }
        memory.putLong(at, -number);
        ring.commit(at);
        return true;
    }

    private static void read(
            final RingBuffer ring, final ModelBuffer memory, final List<Integer> taken) {
        ring.read(
                (type, buffer, at, length) -> {
                    expect(length == 8, "a message has its length");
                    expect(memory.getLong(at) == -type, "a message is whole");
                    taken.add(type);
                });
    }

    private static ModelBuffer memory(final Setup setup, final int capacity, final long start) {
        final ModelBuffer memory = RingScenarios.memory(setup, 0, capacity, start);
        memory.putLong(capacity + HEAD, start);
        return memory;
    }

    @ParameterizedTest
    @CsvSource({"64,40", "32,0", "32,8", "64,2147483624", "64,4294967272"})
    void ourConsumerReadsWhatAgronasOneProducerSends(final int capacity, final long start) {
        check(
                setup -> {
                    final ModelBuffer memory = memory(setup, capacity, start);
                    final List<Integer> sent = new ArrayList<>();
                    final Inbox inbox = new Inbox();
                    setup.actor(
                            "producer",
                            () -> {
                                final RingBuffer ring = agronas(OneToOneRingBuffer.class, memory);
                                for (int n = 1; n <= 3; n++) {
                                    if (n == 2 ? claim(ring, memory, n) : write(ring, n)) {
                                        sent.add(n);
                                    }
                                }
                            });
                    setup.actor(
                            "consumer",
                            () -> {
                                final RingReader reader = RingReader.single(memory, 0, capacity);
                                for (int n = 0; n < 3; n++) {
                                    inbox.read(reader, memory);
                                }
                            });
                    setup.check(
                            () -> {
                                inbox.readAll(RingReader.single(memory, 0, capacity), memory);
                                expect(inbox.taken.equals(sent), "what was accepted arrives");
                            });
                });
    }

    @ParameterizedTest
    @CsvSource({"64,40", "32,0", "32,8", "64,2147483624", "64,4294967272"})
    void agronasConsumerReadsWhatOurOneProducerSends(final int capacity, final long start) {
        check(
                setup -> {
                    final ModelBuffer memory = memory(setup, capacity, start);
                    final List<Integer> sent = new ArrayList<>();
                    final List<Integer> taken = new ArrayList<>();
                    setup.actor(
                            "producer",
                            () -> {
                                final RingWriter writer =
                                        new RingWriter(memory, capacity + HEAD, 0, capacity);
                                for (final Send how : Send.values()) {
                                    final int number = 1 + how.ordinal();
                                    if (RingScenarios.send(writer, memory, how, number)
                                            && how != Send.ABORT) {
                                        sent.add(number);
                                    }
                                }
                            });
                    setup.actor(
                            "consumer",
                            () -> {
                                final RingBuffer ring = agronas(OneToOneRingBuffer.class, memory);
                                for (int n = 0; n < 3; n++) {
                                    read(ring, memory, taken);
                                }
                            });
                    setup.check(
                            () -> {
                                final RingBuffer ring = agronas(OneToOneRingBuffer.class, memory);
                                for (int n = 0; n < 3; n++) {
                                    read(ring, memory, taken);
                                }
                                expect(taken.equals(sent), "what was accepted arrives");
                            });
                });
    }

    @ParameterizedTest
    @CsvSource({"64,0", "64,56", "32,16", "32,24", "64,2147483640", "64,4294967288"})
    void ourConsumerReadsWhatAgronasManyProducersSend(final int capacity, final long start) {
        check(
                setup -> {
                    final ModelBuffer memory = memory(setup, capacity, start);
                    final List<Integer> sent = new ArrayList<>();
                    final Inbox inbox = new Inbox();
                    for (int p = 1; p <= 2; p++) {
                        final int number = 10 * p;
                        setup.actor(
                                "producer " + p,
                                () -> {
                                    final RingBuffer ring =
                                            agronas(ManyToOneRingBuffer.class, memory);
                                    if (write(ring, number)) {
                                        sent.add(number);
                                    }
                                    if (number == 10 && claim(ring, memory, 11)) {
                                        sent.add(11);
                                    }
                                });
                    }
                    setup.actor(
                            "consumer",
                            () -> {
                                final RingReader reader =
                                        RingReader.shared(memory, capacity + HEAD, 0, capacity);
                                for (int n = 0; n < 2; n++) {
                                    inbox.read(reader, memory);
                                }
                            });
                    setup.check(
                            () -> {
                                inbox.readAll(
                                        RingReader.shared(memory, capacity + HEAD, 0, capacity),
                                        memory);
                                expect(
                                        inbox.taken.stream()
                                                .sorted()
                                                .toList()
                                                .equals(sent.stream().sorted().toList()),
                                        "what was accepted arrives, once");
                            });
                });
    }

    private static void check(final Scenario scenario) {
        final Report report = Model.check(NamedScenario.BOUNDS, scenario);
        assertEquals(0, report.blocked(), "nothing is left out");
    }

    @Test
    void theirFencesAreTheModels() throws Exception {
        assertNotSame(OneToOneRingBuffer.class, anew(OneToOneRingBuffer.class));
        // A store that is not released, behind a fence that is: without it the reader would race.
        final Scenario fenced = flag(true);
        final Scenario bare = flag(false);
        assertEquals(Set.of("0", "7"), Model.outcomes(fenced).keySet());
        assertNotNull(Model.explore(Bounds.STANDARD, bare).failure());
    }

    private static Scenario flag(final boolean fenced) {
        return setup -> {
            final ModelBuffer memory = setup.memory(16);
            final int[] seen = {0};
            setup.actor(
                    "writer",
                    () -> {
                        memory.putInt(8, 7);
                        if (fenced) {
                            ModelFences.releaseFence();
                        }
                        memory.putIntOpaque(0, 1);
                    });
            setup.actor(
                    "reader",
                    () -> {
                        if (memory.getIntOpaque(0) == 1) {
                            if (fenced) {
                                ModelFences.acquireFence();
                            }
                            seen[0] = memory.getInt(8);
                        }
                    });
            setup.outcome(() -> Integer.toString(seen[0]));
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.RingDescriptor;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.testing.CProgram;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process of a ring dies, in C after each of its instructions and in Java before each of its stores. Its successor loses nothing that
 * was committed and sees nothing that was not; the batch of a killed consumer comes again as a whole or not at all.
 */
class RingDeathTest {
    private static final int CAPACITY = 128;
    private static final int DATA = RingDescriptor.SHARED_HEAD.size();
    private static final int TRAILER = DATA + CAPACITY;
    private static final Role DYING = Role.CONTROL;

    @TempDir private Path folder;

    @Test
    void inCNoInstructionIsABadOneToDieAfter() throws Exception {
        final long seed = System.nanoTime();
        System.out.println("RingDeathTest: seed of ring_death.c " + seed);
        for (final String level : List.of("-O2", "-O0")) {
            final Path program =
                    RingPrograms.compile(
                            folder, "ring_death.c", "gcc", "-std=c11", "-D_GNU_SOURCE", level);
            final String said =
                    CProgram.run(
                            List.of(program.toString(), Long.toUnsignedString(seed), "48"), "");
            assertTrue(said.matches("[1-9]\\d* sent, [1-9]\\d* refused\n"), said);
        }
    }

    /** Memory of which a copy is handed on before each store: as a death there would leave it. */
    static AtomicBuffer watched(final UnsafeBuffer memory, final Consumer<UnsafeBuffer> death) {
        return (AtomicBuffer)
                Proxy.newProxyInstance(
                        AtomicBuffer.class.getClassLoader(),
                        new Class<?>[] {AtomicBuffer.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().matches("(put|set|getAnd|compareAnd).*")) {
                                death.accept(copy(memory));
                            }
                            if (method.getName().equals("setMemory")) {
                                // A clearing that dies half way.
                                final UnsafeBuffer half = copy(memory);
                                final int bytes = (Integer) arguments[1];
                                half.setMemory((Integer) arguments[0], bytes / 2, (byte) 0);
                                death.accept(half);
                            }
                            try {
                                return method.invoke(memory, arguments);
                            } catch (final InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private static UnsafeBuffer copy(final UnsafeBuffer memory) {
        final UnsafeBuffer copy = new UnsafeBuffer(ByteBuffer.allocateDirect(memory.capacity()));
        copy.putBytes(0, memory, 0, memory.capacity());
        return copy;
    }

    private static UnsafeBuffer memory() {
        return new UnsafeBuffer(ByteBuffer.allocateDirect(TRAILER + RingDescriptor.TRAILER.size()));
    }

    private static RecordWriter writer(
            final AtomicBuffer memory, final boolean shared, final Role role) {
        return shared
                ? new SharedRingWriter(memory, 0, DATA, CAPACITY, role)
                : new RingWriter(memory, 0, DATA, CAPACITY);
    }

    private static RingReader reader(final AtomicBuffer memory, final boolean shared) {
        return shared
                ? RingReader.shared(memory, 0, DATA, CAPACITY)
                : RingReader.single(memory, DATA, CAPACITY);
    }

    /** Sends a message whose length and bytes follow from its number. */
    private static boolean send(final RecordWriter writer, final int number) {
        final int length = number * 7 % (CAPACITY / 8 + 1);
        final UnsafeBuffer payload = new UnsafeBuffer(new byte[length]);
        for (int i = 0; i < length; i++) {
            payload.putByte(i, (byte) (number + i));
        }
        return writer.write(number, payload, 0, length);
    }

    private static int receive(final RingReader reader, final List<Integer> seen) {
        return reader.read(
                (type, buffer, index, length) -> {
                    assertEquals(type * 7 % (CAPACITY / 8 + 1), length);
                    for (int i = 0; i < length; i++) {
                        assertEquals((byte) (type + i), buffer.getByte(index + i), "torn");
                    }
                    seen.add(type);
                },
                Integer.MAX_VALUE);
    }

    /** Reads until the ring is empty; what is stuck must be the dying role's. */
    private static List<Integer> receiveAll(final UnsafeBuffer memory, final boolean shared) {
        final List<Integer> seen = new ArrayList<>();
        final RingReader reader = reader(memory, shared);
        final SharedRingRecovery recovery = new SharedRingRecovery(memory, 0, DATA, CAPACITY);
        for (int i = 0; i < 100 && reader.size() > 0; i++) {
            assertTrue(receive(reader, seen) >= 0, "taken for corrupt");
            if (shared) {
                assertTrue(recovery.unblock(DYING.bit()) >= 0, "taken for corrupt");
            }
        }
        assertEquals(0, reader.size(), "the ring does not flow");
        return seen;
    }

    private static List<Integer> prepare(
            final UnsafeBuffer memory, final boolean shared, final Random random) {
        final RecordWriter writer = writer(memory, shared, Role.UI);
        final RingReader reader = reader(memory, shared);
        for (int i = random.nextInt(30); i > 0; i--) {
            send(writer, 1 + random.nextInt(900));
            receive(reader, new ArrayList<>());
        }
        while (reader.size() > 0) {
            receive(reader, new ArrayList<>());
        }
        final List<Integer> waiting = new ArrayList<>();
        for (int number = 1000 + random.nextInt(8); number > 1000; number--) {
            if (send(writer, number)) {
                waiting.add(number);
            }
        }
        return waiting;
    }

    @Test
    void inJavaNoStoreIsABadOneForAProducerToDieBefore() {
        final long seed = System.nanoTime();
        System.out.println("RingDeathTest: seed of the producers " + seed);
        final Random random = new Random(seed);
        for (int round = 0; round < 400; round++) {
            final boolean shared = round % 2 == 0;
            final UnsafeBuffer memory = memory();
            final List<Integer> waiting = prepare(memory, shared, random);
            final int number = 2000 + random.nextInt(1000);
            final int[] deaths = {0};
            send(
                    writer(
                            watched(
                                    memory,
                                    grave -> {
                                        deaths[0]++;
                                        succeed(grave, shared, waiting, number);
                                    }),
                            shared,
                            DYING),
                    number);
            succeed(memory, shared, waiting, number);
            assertTrue(deaths[0] > 0);
        }
    }

    private static void succeed(
            final UnsafeBuffer memory,
            final boolean shared,
            final List<Integer> waiting,
            final int number) {
        final List<Integer> expected = new ArrayList<>(waiting);
        if (shared) {
            // A living one goes on beside the dead one's claim.
            final boolean sent = send(writer(memory, true, Role.UI), number + 1);
            final List<Integer> seen = receiveAll(memory, true);
            if (seen.size() > waiting.size() && seen.get(waiting.size()) == number) {
                expected.add(number);
            }
            if (sent) {
                expected.add(number + 1);
            }
            assertEquals(expected, seen);
            ((SharedRingWriter) writer(memory, true, DYING)).takeOver();
        } else {
            ((RingWriter) writer(memory, false, DYING)).takeOver();
            final List<Integer> seen = receiveAll(memory, false);
            if (seen.size() > waiting.size()) {
                expected.add(number);
            }
            assertEquals(expected, seen);
        }
        for (int next = number + 2; next < number + 30; next++) {
            assertTrue(send(writer(memory, shared, DYING), next), "an empty ring refuses");
            assertEquals(List.of(next), receiveAll(memory, shared));
        }
    }

    @Test
    void inJavaNoStoreIsABadOneForAConsumerToDieBefore() {
        final long seed = System.nanoTime();
        System.out.println("RingDeathTest: seed of the consumers " + seed);
        final Random random = new Random(seed);
        for (int round = 0; round < 400; round++) {
            final boolean shared = round % 2 == 0;
            final UnsafeBuffer memory = memory();
            final List<Integer> waiting = prepare(memory, shared, random);
            final List<Integer> batch = new ArrayList<>();
            receive(reader(copy(memory), shared), batch);
            final List<Integer> rest = waiting.subList(batch.size(), waiting.size());
            final RingReader dying =
                    reader(
                            watched(
                                    memory,
                                    grave -> {
                                        final List<Integer> seen = receiveAll(grave, shared);
                                        assertTrue(
                                                seen.equals(waiting) || seen.equals(rest),
                                                () -> seen + " of " + waiting);
                                    }),
                            shared);
            receive(dying, new ArrayList<>());
            assertEquals(rest, receiveAll(memory, shared));
        }
    }
}

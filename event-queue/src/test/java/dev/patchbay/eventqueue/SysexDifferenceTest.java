// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.header.CText;
import dev.patchbay.layout.header.HeaderGenerator;
import dev.patchbay.layout.testing.CProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Java and C do the same with messages: the same random operations, and after each the same answer and the same bytes, all of them. */
class SysexDifferenceTest {
    private static final int STEPS = 1500;
    private static final long[] STARTS = {0, 1L << 31, 1L << 32, Long.MIN_VALUE, -(1 << 13)};

    @TempDir private Path folder;

    private SysexSide side;
    private final StringBuilder script = new StringBuilder();
    private final List<String> expected = new ArrayList<>();

    @ParameterizedTest
    @MethodSource("dev.patchbay.eventqueue.Compiler#basic")
    void javaAndCAnswerTheSameAndLeaveTheSameBytesAfterEveryStep(final Compiler compiler)
            throws Exception {
        final long seed = Long.getLong("patchbay.seed", System.nanoTime());
        System.out.println("SysexDifferenceTest: seed " + seed);
        final Random random = new Random(seed);
        Files.writeString(
                folder.resolve("standard.h"), HeaderGenerator.generate(StandardRegion.prebuilt()));
        final Path source =
                Files.writeString(
                        folder.resolve("sysex_script.c"),
                        CText.read(
                                "sysex_script.c",
                                SysexDifferenceTest.class.getResourceAsStream("sysex_script.c")));
        final List<String> options =
                new ArrayList<>(compiler.command().subList(1, compiler.command().size()));
        options.remove("-Wold-style-cast");
        options.addAll(
                List.of("-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-g", "-O1"));
        final Path program =
                CProgram.compile(source, compiler.command().get(0), options.toArray(String[]::new));
        for (final long start : STARTS) {
            for (final int capacity : new int[] {64, 256, 2048}) {
                final int slots = 1 << random.nextInt(5);
                final String what =
                        compiler + ", " + slots + " slots, ring of " + capacity + " at " + start;
                play(random, start - 8L * random.nextInt(capacity / 8), slots, capacity);
                final List<String> found =
                        CProgram.run(
                                        List.of(
                                                program.toString(),
                                                Integer.toString(slots),
                                                Integer.toString(capacity),
                                                folder.resolve("memory").toString()),
                                        script.toString())
                                .lines()
                                .toList();
                for (int i = 0; i < expected.size(); i++) {
                    assertEquals(expected.get(i), found.get(i), what + ", step " + i);
                }
            }
        }
    }

    private void play(final Random random, final long start, final int slots, final int capacity)
            throws Exception {
        script.setLength(0);
        expected.clear();
        side = new SysexSide(SysexSide.memory(slots, capacity), slots, capacity);
        side.startAt(start, start / 8);
        final byte[] image = new byte[side.buffer.capacity()];
        side.buffer.getBytes(0, image);
        Files.write(folder.resolve("memory"), image);
        int messages = 0;
        for (int n = 0; n < STEPS; n++) {
            final int length = random.nextInt(capacity / 8 + 2);
            final String answer =
                    switch (random.nextInt(16)) {
                        case 0, 1, 2, 3, 4 -> {
                            script.append("s ").append(n).append(' ').append(length);
                            yield Integer.toString(side.send(n, length));
                        }
                        case 5, 6 -> {
                            script.append("n ").append(n);
                            yield side.producer.offer(EventType.NOTE_ON, n, 1, -1, 60, 1, 0)
                                    ? "1"
                                    : "0";
                        }
                        case 7 -> {
                            script.append("o ").append(n);
                            final UnsafeBuffer one = new UnsafeBuffer(new byte[] {(byte) n});
                            yield side.ring.write(EventType.SYSEX, one, 0, 1) ? "1" : "0";
                        }
                        case 8 -> {
                            script.append("d");
                            yield dies();
                        }
                        default -> {
                            script.append("t");
                            yield side.take();
                        }
                    };
            script.append('\n');
            messages += answer.startsWith("message") ? 1 : 0;
            expected.add(answer + " " + Long.toHexString(hash()));
        }
        assertTrue(messages > STEPS / 20, messages + " messages");
    }

    /** A consumer that gives the event back, but not the record. */
    private String dies() {
        final long head = side.consumer.head();
        if (head == side.consumer.tail()) {
            return "-";
        }
        final String found = side.look(side.consumer.peek(head));
        side.consumer.advance(head + 1);
        side.newConsumer(side.buffer);
        return found;
    }

    private long hash() {
        long h = 0xcbf29ce484222325L;
        for (int i = 0; i < side.buffer.capacity(); i++) {
            h = (h ^ (side.buffer.getByte(i) & 0xFF)) * 0x100000001b3L;
        }
        return h;
    }
}

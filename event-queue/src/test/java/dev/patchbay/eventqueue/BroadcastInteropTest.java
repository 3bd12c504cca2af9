// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.atomics.BroadcastReader;
import dev.patchbay.atomics.BroadcastWriter;
import dev.patchbay.atomics.FloatField;
import dev.patchbay.atomics.IntegerField;
import dev.patchbay.atomics.StructCopy;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.header.CText;
import dev.patchbay.layout.header.HeaderGenerator;
import dev.patchbay.layout.testing.CProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.agrona.concurrent.AtomicBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One broadcast in a mapped file: Java and a C program write in turn, as one writer's lives do, and each has two readers. What each
 * must find is worked out from the list of messages.
 */
class BroadcastInteropTest {
    private static final RegionDeclaration OFFICE = Declarations.messages();
    private static final int STEPS = 4000;

    @TempDir private Path folder;

    /** What a reader must say, from the list of all messages and where it stands. */
    private static final class Expected {
        private final List<Long> messages;
        private final int capacity;
        private final long start;
        private long position;

        Expected(final List<Long> messages, final int capacity, final long start) {
            this.messages = messages;
            this.capacity = capacity;
            this.start = start;
            seek('n');
        }

        void seek(final char to) {
            final int size = messages.size();
            final long end = start + size;
            if (to == 'n') {
                position = end == 0 ? size : size - 1;
            } else if (to == 'e') {
                position = size;
            } else if (to == 'o') {
                // Those since position 0 only.
                final boolean early = Long.compareUnsigned(end, capacity) < 0;
                position = early ? size - end : size - capacity;
            }
        }

        String read() {
            final long oldest = messages.size() - capacity;
            if (position >= messages.size()) {
                return "nothing at " + at();
            }
            if (position < oldest) {
                final long lost = oldest - position;
                position = oldest;
                return "lost " + lost + " at " + at();
            }
            final long n = messages.get((int) position++);
            return String.format(Locale.ROOT, "%d %s %d at %s", n, number(n / 2.0), -n, at());
        }

        private String at() {
            return Long.toUnsignedString(start + position);
        }
    }

    /** As C prints it with %.17g: these have no more digits than needed. */
    private static String number(final double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** A Java reader and what it reads into. */
    private static final class JavaReader {
        private final BroadcastReader reader;
        private final StructCopy copy = new StructCopy(Declarations.READING);
        private final IntegerField nanos = copy.integer("nanos");
        private final FloatField y = copy.floating("place.y");
        private final IntegerField flags = copy.integer("flags");

        JavaReader(final Loads loads, final SectionEntry section) {
            reader = BroadcastReader.over(loads, section);
        }

        String command(final char command) {
            switch (command) {
                case 'o' -> reader.seekOldest();
                case 'n' -> reader.seekNewest();
                case 'e' -> reader.seekEnd();
                default -> {}
            }
            final String found =
                    switch (reader.read(copy)) {
                        case NOTHING -> "nothing";
                        case OVERRUN -> "lost " + reader.lost();
                        case MESSAGE -> nanos.get() + " " + number(y.get()) + " " + flags.get();
                    };
            return found + " at " + Long.toUnsignedString(reader.position());
        }
    }

    private void agreeFrom(final long start) throws Exception {
        final long seed = System.nanoTime();
        System.out.println("BroadcastInteropTest from " + start + ": seed " + seed);
        final Random random = new Random(seed);
        final Path file = folder.resolve("region" + Long.toHexString(start));
        try (Region region = Region.create(file, new RegionImage(OFFICE))) {
            final AtomicBuffer buffer = region.buffer();
            final SectionEntry news = region.section(OFFICE.section("news"));
            buffer.putLong((int) news.offset(), start);
            final List<Long> messages = new ArrayList<>();
            final StructCopy copy = new StructCopy(Declarations.READING);
            // So many that each slot has one, whatever the start.
            for (long n = 0; n < news.count(); n++) {
                write(BroadcastWriter.over(buffer, news), copy, messages, n);
            }
            final List<Expected> expected = new ArrayList<>();
            final List<JavaReader> readers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                expected.add(new Expected(messages, news.count(), start));
                readers.add(new JavaReader(Loads.over(buffer), news));
            }
            final Process c = new ProcessBuilder(program().toString(), file.toString()).start();
            try (BufferedReader answers = c.inputReader(UTF_8);
                    Writer commands = c.outputWriter(UTF_8)) {
                for (int number = 2; number < 4; number++) {
                    expected.get(number).seek('o');
                    assertEquals(expected.get(number).read(), ask(commands, answers, 'o', number));
                }
                for (int step = 0; step < STEPS; step++) {
                    final String when = "seed " + seed + ", step " + step;
                    final boolean javas = random.nextBoolean();
                    if (random.nextInt(3) > 0) {
                        final long n = messages.size();
                        if (javas) {
                            write(BroadcastWriter.over(buffer, news), copy, messages, n);
                        } else {
                            assertEquals("wrote", ask(commands, answers, 'w', n), when);
                            messages.add(n);
                        }
                        continue;
                    }
                    final int number = random.nextInt(2) + (javas ? 0 : 2);
                    final char command = "rrrrrrrrrrone".charAt(random.nextInt(13));
                    expected.get(number).seek(command);
                    final String answer = expected.get(number).read();
                    assertEquals(
                            answer,
                            javas
                                    ? readers.get(number).command(command)
                                    : ask(commands, answers, command, number),
                            when);
                    // Until it has caught up, now and then.
                    while (answer.startsWith("lost") && random.nextInt(9) > 0) {
                        assertEquals(
                                expected.get(number).read(),
                                javas
                                        ? readers.get(number).command('r')
                                        : ask(commands, answers, 'r', number),
                                when);
                    }
                }
            }
            assertEquals(0, c.waitFor());
        }
    }

    private static void write(
            final BroadcastWriter writer,
            final StructCopy copy,
            final List<Long> messages,
            final long n) {
        copy.integer("nanos").set(n);
        copy.floating("place.y").set(n / 2.0);
        copy.integer("flags").set(-n);
        writer.write(copy);
        messages.add(n);
    }

    private static String ask(
            final Writer commands,
            final BufferedReader answers,
            final char command,
            final long argument)
            throws IOException {
        commands.write(command + " " + argument + "\n");
        commands.flush();
        return answers.readLine();
    }

    private Path program() throws Exception {
        Files.writeString(folder.resolve("post_office.h"), HeaderGenerator.generate(OFFICE));
        final Path source =
                Files.writeString(
                        folder.resolve("broadcast.c"),
                        CText.read(
                                "broadcast.c",
                                BroadcastInteropTest.class.getResourceAsStream("broadcast.c")));
        return CProgram.compile(source, "gcc", "-std=c11", "-O2");
    }

    @Test
    void javaAndCAgreeOnEveryMessageAndEveryLoss() throws Exception {
        agreeFrom(0);
    }

    @Test
    void andWherePositionsWrap() throws Exception {
        for (final long wrap : new long[] {1L << 31, 1L << 32, 1L << 62, Long.MIN_VALUE, 0}) {
            agreeFrom(wrap - STEPS / 4);
        }
        assertTrue(STEPS * 2 / 3 > STEPS / 4, "each run goes beyond the wrap");
    }
}

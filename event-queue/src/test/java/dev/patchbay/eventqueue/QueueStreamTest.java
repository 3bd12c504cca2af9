// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.Heads;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of events between real processes in C and in Java, over queues that are often full and wrap every 16 events. */
@Timeout(300)
class QueueStreamTest {
    private static final int COUNT = Integer.getInteger("patchbay.queues.count", 3_000);

    /** Some positions end a lap of 31, 32, 63 or 64 bits on the way. */
    private static final long[] STARTS = {
        0, (1L << 31) - 100, (1L << 32) - 100, Long.MAX_VALUE - 99, -100
    };

    @TempDir private static Path programs;
    private static Path c;

    @TempDir private Path folder;
    private Path file;
    private Region region;
    private final List<Process> children = new ArrayList<>();

    @BeforeAll
    static void compile() throws Exception {
        c =
                QueueStream.compile(
                        programs, "event_queue_stream.c", "gcc", "-std=c11", "-O2", "-pthread");
    }

    @BeforeEach
    void create() {
        file = folder.resolve("region");
        region = Region.create(file, new RegionImage(QueueStream.QUEUES));
    }

    @AfterEach
    void end() {
        children.forEach(Process::destroyForcibly);
        region.close();
    }

    private Process child(final Process process) {
        children.add(process);
        return process;
    }

    private Process startC(final String what, final QueueKind kind, final int role, final int n)
            throws Exception {
        final String name = kind.name().toLowerCase(Locale.ROOT);
        return child(RingPrograms.start(c, file, what, name, role, n));
    }

    private void startAt(final QueueKind kind, final long position) {
        final SectionEntry section = QueueStream.section(region, kind);
        final int head = (int) section.offset();
        region.buffer().putLong(head + QueueKind.TAIL_AT, position);
        region.buffer().putLong(head + QueueKind.HEAD_AT, position);
        for (int i = 0; kind == QueueKind.SHARED && i < QueueStream.CAPACITY; i++) {
            final long before = position - QueueStream.CAPACITY + i;
            final int word = (int) (before & QueueStream.CAPACITY - 1) * Heads.COMMIT_WORD;
            region.buffer().putLong(section.elementOffset(QueueStream.CAPACITY) + word, before + 1);
        }
    }

    private SlotQueue consumer(final QueueKind kind) {
        return QueueStream.queue(region, kind, Role.RT);
    }

    private SlotQueue producer(final QueueKind kind, final Role role) {
        return QueueStream.queue(region, kind, role);
    }

    @ParameterizedTest
    @EnumSource
    void javaReadsWhatCWroteFromAnyPositionOn(final QueueKind kind) throws Exception {
        for (final long start : STARTS) {
            startAt(kind, start);
            final Process producer = startC("produce", kind, Role.CONTROL.code(), COUNT);
            new QueueStream().consume(consumer(kind), COUNT, producer::isAlive);
            RingPrograms.assertEndWell(producer);
        }
    }

    @ParameterizedTest
    @EnumSource
    void cReadsWhatJavaWroteFromAnyPositionOn(final QueueKind kind) throws Exception {
        for (final long start : STARTS) {
            startAt(kind, start);
            final Process consumer = startC("consume", kind, Role.CONTROL.bit(), COUNT);
            QueueStream.produce(
                    producer(kind, Role.CONTROL), Role.CONTROL, COUNT, consumer::isAlive);
            RingPrograms.assertEndWell(consumer);
        }
    }

    @ParameterizedTest
    @EnumSource
    void cReadsWhatCWrote(final QueueKind kind) throws Exception {
        final Process consumer = startC("consume", kind, Role.CONTROL.bit(), COUNT);
        final Process producer = startC("produce", kind, Role.CONTROL.code(), COUNT);
        RingPrograms.assertEndWell(producer, consumer);
    }

    @ParameterizedTest
    @EnumSource
    void javaReadsWhatAnotherJvmWrote(final QueueKind kind) throws Exception {
        final Process producer =
                child(RingPrograms.startJava(QueueStream.class, file, kind, COUNT));
        new QueueStream().consume(consumer(kind), COUNT, producer::isAlive);
        RingPrograms.assertEndWell(producer);
    }

    @Test
    void producersInTwoLanguagesShareAQueueAndNoClaimOfALivingOneIsFreed() throws Exception {
        final QueueKind kind = QueueKind.SHARED;
        final Process one = startC("produce", kind, Role.UI.code(), COUNT);
        final Process other = child(RingPrograms.startJava(QueueStream.class, file, kind, COUNT));
        final SharedEventQueue queue = (SharedEventQueue) consumer(kind);
        new QueueStream()
                .consume(
                        queue,
                        2 * COUNT,
                        () -> {
                            assertEquals(0, queue.unblock(0));
                            return one.isAlive() || other.isAlive();
                        });
        RingPrograms.assertEndWell(one, other);
        final int both = Role.UI.bit() | Role.CONTROL.bit();
        final Process consumer = startC("consume", kind, both, COUNT);
        final Process again = startC("produce", kind, Role.UI.code(), COUNT);
        final Process too = child(RingPrograms.startJava(QueueStream.class, file, kind, COUNT));
        RingPrograms.assertEndWell(consumer, again, too);
    }

    private void killWithAClaim(final QueueKind kind, final int events) throws Exception {
        final Process producer = startC("claim", kind, Role.CONTROL.code(), events);
        final BufferedReader said =
                new BufferedReader(new InputStreamReader(producer.getInputStream(), UTF_8));
        assertEquals("claimed", said.readLine());
        // SIGKILL.
        producer.destroyForcibly().waitFor();
    }

    @Test
    void theSuccessorOfAKilledProducerHasNothingToRepair() throws Exception {
        final QueueStream stream = new QueueStream();
        final SlotQueue queue = consumer(QueueKind.SINGLE);
        for (int deaths = 0; deaths < 20; deaths++) {
            killWithAClaim(QueueKind.SINGLE, deaths % 5);
            stream.consume(queue, deaths % 5, () -> false);
            assertEquals(0, queue.poll(stream::hear, 9), "what was not committed was read");
            stream.forget();
            QueueStream.produce(
                    producer(QueueKind.SINGLE, Role.CONTROL), Role.CONTROL, 3, () -> false);
            stream.consume(queue, 3, () -> false);
            assertTrue(queue.isEmpty());
            stream.forget();
        }
    }

    @Test
    void aKilledProducersClaimIsFreedOnlyOnceItIsProvedDead() throws Exception {
        final QueueStream stream = new QueueStream();
        final SharedEventQueue queue = (SharedEventQueue) consumer(QueueKind.SHARED);
        final SlotQueue living = producer(QueueKind.SHARED, Role.UI);
        for (int deaths = 0; deaths < 20; deaths++) {
            killWithAClaim(QueueKind.SHARED, deaths % 5);
            stream.consume(queue, deaths % 5, () -> false);
            QueueStream.produce(living, Role.UI, 2, () -> false);
            for (int i = 0; i < 10; i++) {
                assertEquals(0, queue.poll(stream::hear, 9));
                assertEquals(0, queue.unblock(0));
                assertEquals(0, queue.unblock(Role.UI.bit()));
            }
            assertEquals(1, queue.unblock(Role.CONTROL.bit()));
            assertEquals(2, queue.poll(stream::hear, 9));
            assertTrue(queue.isEmpty());
            assertEquals(0, queue.unblock(Role.CONTROL.bit()));
            stream.forget();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gcc -std=c11", "g++ -xc++ -std=c++17"})
    void threadsInCFindNoRace(final String compiler) throws Exception {
        final List<String> command = new ArrayList<>(List.of(compiler.split(" ")));
        final String name = command.remove(0);
        for (final String sanitizer : List.of("thread", "address,undefined")) {
            final List<String> options = new ArrayList<>(command);
            options.addAll(List.of("-O1", "-g", "-pthread", "-fno-sanitize-recover=all"));
            options.add("-fsanitize=" + sanitizer);
            final Path program =
                    QueueStream.compile(
                            programs, "event_queue_stream.c", name, options.toArray(String[]::new));
            for (final String kind : List.of("single", "shared")) {
                RingPrograms.assertEndWell(
                        child(RingPrograms.start(program, file, "threads", kind, COUNT)));
            }
        }
    }
}

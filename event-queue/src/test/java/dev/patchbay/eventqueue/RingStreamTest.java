// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.RingDescriptor;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.SectionKind;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams between real processes in C and in Java, over a ring that is often full and wraps every dozen messages. */
@Timeout(300)
class RingStreamTest {
    private static final int COUNT = Integer.getInteger("patchbay.rings.count", 3_000);
    private static final int AT_ONCE = 20;

    /** Some positions end a lap of 32 or 63 bits on the way. */
    private static final long[] STARTS = {0, (1L << 31) - 4096, (1L << 32) - 4096, -1L << 16};

    @TempDir private static Path programs;
    private static Path c;

    @TempDir private Path folder;
    private Path file;
    private Region region;
    private final List<Process> children = new ArrayList<>();

    @BeforeAll
    static void compile() throws Exception {
        c = RingPrograms.compile(programs, "ring_stream.c", "gcc", "-std=c11", "-O2", "-pthread");
    }

    @BeforeEach
    void create() {
        file = folder.resolve("region");
        region = Region.create(file, new RegionImage(RingStream.RINGS));
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

    private Process startC(final String what, final SectionKind kind, final int role, final int n)
            throws Exception {
        return child(RingPrograms.start(c, file, what, kind.name().toLowerCase(), role, n));
    }

    private void startAt(final SectionKind kind, final long position) {
        final SectionEntry section = RingStream.section(region, kind);
        final int trailer = section.elementOffset(0) + section.count();
        for (final String field : List.of("tail", "head", "head_cache")) {
            region.buffer().putLong(trailer + RingDescriptor.TRAILER.offset(field), position);
        }
        if (kind == SectionKind.SHARED_RING) {
            region.buffer()
                    .putLong(
                            (int) section.offset() + RingDescriptor.SHARED_HEAD.offset("cleared"),
                            position);
        }
    }

    private RingStream.Receiver patchbay(final SectionKind kind, final RingStream stream) {
        final RingReader reader =
                RingReader.over(region.buffer(), RingStream.section(region, kind));
        return () -> reader.read(stream::hear, AT_ONCE);
    }

    private RingBuffer agrona(final SectionKind kind) {
        return kind == SectionKind.RING
                ? new OneToOneRingBuffer(RingStream.slice(region, kind))
                : new ManyToOneRingBuffer(RingStream.slice(region, kind));
    }

    private static int bits(final Role... roles) {
        int bits = 0;
        for (final Role role : roles) {
            bits |= role.bit();
        }
        return bits;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void javaReadsWhatCWroteWhereverThePositionsWrap(final int start) throws Exception {
        for (final SectionKind kind : List.of(SectionKind.RING, SectionKind.SHARED_RING)) {
            startAt(kind, STARTS[start]);
            final Process producer = startC("produce", kind, Role.CONTROL.code(), COUNT);
            final RingStream stream = new RingStream();
            stream.consume(COUNT, producer::isAlive, patchbay(kind, stream));
            RingPrograms.assertEndWell(producer);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RING", "SHARED_RING"})
    void cReadsWhatJavaWrote(final SectionKind kind) throws Exception {
        final Process consumer = startC("consume", kind, Role.CONTROL.bit(), COUNT);
        final RecordWriter writer = RingStream.writer(region, kind, Role.CONTROL);
        new RingStream()
                .produce(Role.CONTROL, COUNT, consumer::isAlive, RingStream.alternately(writer));
        RingPrograms.assertEndWell(consumer);
        assertEquals(0, writer.size());
        assertTrue(writer.dropped() > 0, "the ring was never full");
    }

    @ParameterizedTest
    @EnumSource(names = {"RING", "SHARED_RING"})
    void cReadsWhatCWrote(final SectionKind kind) throws Exception {
        final Process consumer = startC("consume", kind, Role.CONTROL.bit(), COUNT);
        final Process producer = startC("produce", kind, Role.CONTROL.code(), COUNT);
        RingPrograms.assertEndWell(producer, consumer);
    }

    @ParameterizedTest
    @EnumSource(names = {"RING", "SHARED_RING"})
    void javaReadsWhatAnotherJvmWrote(final SectionKind kind) throws Exception {
        final Process producer = child(RingPrograms.startJava(file, kind, COUNT));
        final RingStream stream = new RingStream();
        stream.consume(COUNT, producer::isAlive, patchbay(kind, stream));
        RingPrograms.assertEndWell(producer);
    }

    @ParameterizedTest
    @EnumSource(names = {"RING", "SHARED_RING"})
    void agronaReadsWhatCWroteAndCReadsWhatAgronaWrote(final SectionKind kind) throws Exception {
        final RingBuffer ring = agrona(kind);
        final Process producer = startC("produce", kind, Role.CONTROL.code(), COUNT);
        final RingStream stream = new RingStream();
        stream.consume(COUNT, producer::isAlive, () -> ring.read(stream::hear, AT_ONCE));
        RingPrograms.assertEndWell(producer);
        // It only listens: a claim of Agrona's own producer cannot be told from a dead one's.
        final Process consumer = startC("listen", kind, Role.CONTROL.bit(), COUNT);
        new RingStream()
                .produce(
                        Role.CONTROL,
                        COUNT,
                        consumer::isAlive,
                        (type, payload, length) -> ring.write(type, payload, 0, length));
        RingPrograms.assertEndWell(consumer);
    }

    @Test
    void producersInTwoLanguagesShareARingAndNoClaimOfALivingOneIsFreed() throws Exception {
        final SectionKind kind = SectionKind.SHARED_RING;
        final Process one = startC("produce", kind, Role.UI.code(), COUNT);
        final Process other = child(RingPrograms.startJava(file, kind, COUNT));
        final RingStream stream = new RingStream();
        final RingStream.Receiver reader = patchbay(kind, stream);
        final SharedRingRecovery recovery =
                SharedRingRecovery.over(region.buffer(), RingStream.section(region, kind));
        stream.consume(
                2 * COUNT,
                () -> one.isAlive() || other.isAlive(),
                () -> {
                    final int messages = reader.receive();
                    if (messages == 0) {
                        assertEquals(0, recovery.unblock(0));
                    }
                    return messages;
                });
        RingPrograms.assertEndWell(one, other);
        final Process consumer = startC("consume", kind, bits(Role.UI, Role.CONTROL), COUNT);
        final Process again = startC("produce", kind, Role.UI.code(), COUNT);
        final Process too = child(RingPrograms.startJava(file, kind, COUNT));
        RingPrograms.assertEndWell(consumer, again, too);
    }

    private void killWithAClaim(final SectionKind kind, final int messages) throws Exception {
        final Process producer = startC("claim", kind, Role.CONTROL.code(), messages);
        final BufferedReader said =
                new BufferedReader(new InputStreamReader(producer.getInputStream(), UTF_8));
        assertEquals("claimed", said.readLine());
        // SIGKILL.
        producer.destroyForcibly().waitFor();
    }

    @Test
    void theSuccessorOfAKilledProducerPadsItsClaimAndGoesOn() throws Exception {
        final RingStream stream = new RingStream();
        final RingStream.Receiver reader = patchbay(SectionKind.RING, stream);
        for (int deaths = 0; deaths < 20; deaths++) {
            killWithAClaim(SectionKind.RING, deaths % 5);
            stream.consume(deaths % 5, () -> false, reader);
            assertEquals(0, reader.receive(), "what was not committed was read");
            final RingStream next = new RingStream();
            final RingStream.Receiver after = patchbay(SectionKind.RING, next);
            if (deaths % 2 == 0) {
                RingPrograms.assertEndWell(startC("produce", SectionKind.RING, 2, 3));
            } else {
                final RecordWriter writer =
                        RingStream.writer(region, SectionKind.RING, Role.CONTROL);
                new RingStream()
                        .produce(Role.CONTROL, 3, () -> false, RingStream.alternately(writer));
            }
            next.consume(3, () -> false, after);
            assertEquals(0, after.receive());
            stream.forget();
        }
    }

    @Test
    void aKilledProducersClaimIsFreedOnlyOnceItIsProvedDead() throws Exception {
        final SectionKind kind = SectionKind.SHARED_RING;
        final RingStream stream = new RingStream();
        final RingStream.Receiver reader = patchbay(kind, stream);
        final SharedRingRecovery recovery =
                SharedRingRecovery.over(region.buffer(), RingStream.section(region, kind));
        final RecordWriter living = RingStream.writer(region, kind, Role.UI);
        for (int deaths = 0; deaths < 20; deaths++) {
            killWithAClaim(kind, deaths % 5);
            stream.consume(deaths % 5, () -> false, reader);
            new RingStream().produce(Role.UI, 2, () -> false, RingStream.alternately(living));
            for (int i = 0; i < 10; i++) {
                assertEquals(0, reader.receive());
                assertEquals(0, recovery.unblock(0));
                assertEquals(0, recovery.unblock(Role.UI.bit()));
            }
            int freed = 0;
            while (stream.next(Role.UI) < 2) {
                freed += recovery.unblock(Role.CONTROL.bit());
                reader.receive();
            }
            assertTrue(freed > 0);
            assertEquals(0, living.size());
            assertEquals(0, recovery.unblock(Role.CONTROL.bit()));
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
                    RingPrograms.compile(
                            programs, "ring_stream.c", name, options.toArray(String[]::new));
            for (final String kind : List.of("ring", "shared_ring")) {
                RingPrograms.assertEndWell(
                        child(RingPrograms.start(program, file, "threads", kind, COUNT)));
            }
        }
    }
}

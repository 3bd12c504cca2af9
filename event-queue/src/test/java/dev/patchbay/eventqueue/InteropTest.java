// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.atomics.Blob;
import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.DirtyBits;
import dev.patchbay.atomics.FloatCells;
import dev.patchbay.atomics.Histogram;
import dev.patchbay.atomics.ParameterChangesReader;
import dev.patchbay.atomics.ParameterChangesWriter;
import dev.patchbay.atomics.Snapshot;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.layout.header.CText;
import dev.patchbay.layout.header.HeaderGenerator;
import dev.patchbay.layout.testing.CProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.AtomicBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One mapped file, a C program on the generated header at one side and Java at the other. */
class InteropTest {
    private static final RegionDeclaration STANDARD =
            StandardRegion.declare(StandardRegion.Counts.DEFAULT);
    private static final int SOAK = 300_000;

    @TempDir private static Path programs;
    private static Path program;

    @TempDir private Path folder;
    private Path file;
    private Region region;
    private AtomicBuffer buffer;

    @BeforeAll
    static void compile() throws Exception {
        Files.writeString(programs.resolve("standard.h"), HeaderGenerator.generate(STANDARD));
        final Path source =
                Files.writeString(
                        programs.resolve("interop.c"),
                        CText.read(
                                "interop.c", InteropTest.class.getResourceAsStream("interop.c")));
        program = CProgram.compile(source, "gcc", "-std=c11", "-O2");
    }

    @BeforeEach
    void create() {
        file = folder.resolve("region");
        region = Region.create(file, new RegionImage(STANDARD));
        buffer = region.buffer();
    }

    @AfterEach
    void close() {
        region.close();
    }

    private SectionEntry section(final String name) {
        return region.section(STANDARD.section(name));
    }

    private String c(final String... arguments) throws Exception {
        final List<String> command = new ArrayList<>(List.of(program.toString(), file.toString()));
        command.addAll(List.of(arguments));
        return CProgram.run(command, "");
    }

    @Test
    void javaReadsWhatCWrote() throws Exception {
        assertEquals("", c("write"));
        assertEquals(
                0.625f, FloatCells.over(buffer, section(StandardRegion.PARAMETERS)).getAcquire(5));
        final Counters counters = Counters.over(buffer, section(StandardRegion.BRIDGE_COUNTERS));
        assertEquals(42, counters.getAcquire(0));
        assertEquals(99, counters.getAcquire(5));
        final DirtyBits bits = DirtyBits.over(buffer, section(StandardRegion.DIRTY_FROM_RT));
        assertEquals(8, bits.drain(0));
        assertEquals(1L << 200 - 192, bits.drain(3));
        final Counters times = Counters.over(buffer, section(StandardRegion.ROUND_TRIP_HISTOGRAM));
        assertEquals(1, times.getAcquire(0));
        assertEquals(1, times.getAcquire(Histogram.bucketOf(1_000_000)));
        assertEquals(1, times.getAcquire(StandardRegion.HISTOGRAM_BUCKETS - 1));
        final long[] transport = new long[StandardStructs.TRANSPORT.size() / Long.BYTES];
        assertTrue(Snapshot.over(buffer, section(StandardRegion.TRANSPORT)).read(transport, 1));
        assertEquals(123456789012L, transport[0]);
        assertEquals(133.5, Double.longBitsToDouble(transport[2]));
        assertEquals(1, (int) transport[5]);
        final Blob.Content state =
                new Blob(buffer, section(StandardRegion.STATE_TO_CONTROL)).read();
        assertEquals("state from C", new String(state.bytes(), UTF_8));
        assertEquals(7, state.epoch());
        assertEquals(2, state.sequence());
        final List<String> changes = new ArrayList<>();
        new ParameterChangesReader(buffer, section(StandardRegion.PARAMETERS_FROM_HOST))
                .poll((index, value) -> changes.add(index + "=" + value));
        assertEquals(List.of("1=0.125", "255=0.25"), changes);
        final EventQueue queue = EventQueue.over(buffer, section(StandardRegion.HOST_EVENTS));
        assertEquals(queue.capacity(), queue.tail());
        assertEquals(1, queue.dropped());
        for (int i = 0; i < queue.capacity(); i++) {
            check(i, queue.peek(i));
        }
    }

    private static void check(final int n, final Event e) {
        if (e.sampleOffset() != n
                || e.type() != (n & 0xFFFF)
                || e.channel() != (n & 0x7FFF)
                || e.noteId() != ~n
                || e.index() != (n ^ 0x55555555)
                || e.value() != n * 0.5
                || e.detail() != -n) {
            throw new AssertionError("event " + n + " is torn or out of order");
        }
    }

    private static boolean offer(final EventQueue queue, final int n) {
        return queue.offer(n & 0xFFFF, n, n & 0x7FFF, ~n, n ^ 0x55555555, n * 0.5, -n);
    }

    @Test
    void cReadsWhatJavaWrote() throws Exception {
        FloatCells.over(buffer, section(StandardRegion.PARAMETERS)).setRelease(5, 0.375f);
        Counters.over(buffer, section(StandardRegion.RT_COUNTERS)).add(1, -17);
        final DirtyBits bits = DirtyBits.over(buffer, section(StandardRegion.DIRTY_FROM_RT));
        bits.set(63);
        bits.set(192);
        final long[] transport = new long[StandardStructs.TRANSPORT.size() / Long.BYTES];
        transport[0] = -5;
        transport[2] = Double.doubleToLongBits(0.1);
        transport[5] = 1;
        Snapshot.over(buffer, section(StandardRegion.TRANSPORT)).write(transport);
        final Blob blob = new Blob(buffer, section(StandardRegion.STATE_FROM_CONTROL));
        blob.write("longer and older".getBytes(UTF_8), 1);
        blob.write("from Java".getBytes(UTF_8), 2);
        final ParameterChangesWriter changes =
                new ParameterChangesWriter(buffer, section(StandardRegion.PARAMETERS_FROM_CONTROL));
        changes.set(1, 0.5f);
        changes.publish();
        changes.set(255, 0.75f);
        changes.publish();
        final EventQueue queue = EventQueue.over(buffer, section(StandardRegion.NOTIFICATIONS));
        assertTrue(queue.offer(EventType.PROGRAM, 1, 15, -1, 99, 0.1, -2.5));
        assertTrue(queue.offer(65535, -1, -2, 7, -8, 1e300, 0));
        assertEquals(
                """
                float 0.375
                counter -17
                dirty 8000000000000000 1 0
                snapshot 1 -5 0.10000000000000001 1
                blob 9 2 2 from Java
                triple 1 0.5 1 0.75 2 0
                event 1 8 15 -1 99 0.10000000000000001 -2.5
                event -1 65535 -2 7 -8 1.0000000000000001e+300 0
                """,
                c("read"));
        assertEquals(queue.head(), queue.tail());
        assertFalse(c("read").contains("event"));
    }

    @Test
    void bothLanguagesPutEveryValueIntoTheSameBucket() throws Exception {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final StringBuilder input = new StringBuilder();
        final StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            final long value;
            if (i < 2000) {
                value = i - 100;
            } else if (i < 4000) {
                value = (1L << i % 63) + i % 3 - 1;
            } else {
                value = random.nextLong() >> random.nextInt(64);
            }
            input.append(value).append('\n');
            expected.append(Histogram.bucketOf(value)).append('\n');
        }
        assertEquals(
                expected.toString(),
                CProgram.run(
                        List.of(program.toString(), file.toString(), "buckets"), input.toString()),
                "seed " + seed);
    }

    @Test
    void eventsFromACProcessArriveInOrderAndWhole() throws Exception {
        final CompletableFuture<String> producing = soak("produce");
        final EventQueue queue = EventQueue.over(buffer, section(StandardRegion.HOST_EVENTS));
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        final int[] next = {0};
        while (next[0] < SOAK) {
            assertTrue(System.nanoTime() < deadline, "stopped at " + next[0]);
            queue.poll(event -> check(next[0]++, event), 100);
        }
        assertEquals("", producing.get(20, TimeUnit.SECONDS));
    }

    @Test
    void eventsToACProcessArriveInOrderAndWhole() throws Exception {
        final CompletableFuture<String> consuming = soak("consume");
        final EventQueue queue = EventQueue.over(buffer, section(StandardRegion.NOTIFICATIONS));
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        for (int n = 0; n < SOAK; ) {
            assertFalse(
                    consuming.isDone() || System.nanoTime() > deadline,
                    () -> "C ended early or stopped: " + consuming);
            if (offer(queue, n)) {
                n++;
            }
        }
        assertEquals("", consuming.get(20, TimeUnit.SECONDS));
        assertEquals(queue.head(), queue.tail());
    }

    private CompletableFuture<String> soak(final String role) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return c(role, Integer.toString(SOAK));
                    } catch (final Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
    }
}

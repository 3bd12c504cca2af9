// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.AtomicBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No use after close, ever: in VMs of their own, which a use of unmapped memory would end. */
class LifetimeTest {
    private static final List<String> UNCHECKED = List.of("-Dagrona.disable.bounds.checks=true");

    @TempDir private Path folder;
    private String file;

    @BeforeEach
    void make() throws IOException {
        file = Files.write(folder.resolve("region"), Small.bytes(Small.image())).toString();
    }

    private void runs(final List<String> options, final Class<?> main) throws Exception {
        assertEquals(
                new ForkedJvm.Result(0, "done\n"),
                ForkedJvm.run(options, main, file),
                main.getName());
    }

    @Test
    void everyUseAfterCloseIsAnException() throws Exception {
        runs(List.of(), UseAfterClose.class);
    }

    /** A late store then goes to memory that is still there. */
    @Test
    void withoutBoundsChecksAUseAfterCloseIsHarmless() throws Exception {
        runs(UNCHECKED, UseAfterClose.class);
    }

    @Test
    void theMemoryIsUnmappedByTheLastCloseAndNotBefore() throws Exception {
        runs(List.of(), LastClose.class);
    }

    @Test
    void threadsUseTheirOwnHandlesWhileOthersCloseTheirs() throws Exception {
        runs(List.of(), Hammer.class);
        runs(UNCHECKED, Hammer.class);
    }

    @Test
    void sharingAHandleThatIsBeingClosedGivesAUsableOneOrAnException() throws Exception {
        runs(List.of(), ShareAgainstClose.class);
    }

    /** Not what a handle is for, but as long as another one is open it ends in an exception. */
    @Test
    void aHandleClosedUnderItsUserEndsInAnExceptionWhileAnotherIsOpen() throws Exception {
        runs(List.of(), ClosedUnderItsUser.class);
    }

    private static boolean mapped(final String file) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .anyMatch(line -> line.endsWith(file));
    }

    private static void require(final boolean condition, final String what) {
        if (!condition) {
            throw new IllegalStateException(what);
        }
    }

    private static void refused(final Class<? extends Exception> type, final Runnable use) {
        try {
            use.run();
        } catch (final RuntimeException e) {
            require(type.isInstance(e), e.toString());
            return;
        }
        throw new IllegalStateException("a use after close was let through");
    }

    /** Every accessor of both kinds of handles, after their close. */
    static final class UseAfterClose {
        private UseAfterClose() {}

        public static void main(final String[] args) {
            final Path file = Path.of(args[0]);
            final Region region = Region.attach(file);
            final ReadOnlyRegion reader = Region.attachReadOnly(file);
            final AtomicBuffer buffer = region.buffer();
            final List<Loads> loads = List.of(region.loads(), reader.loads());
            final Section section = Small.DECLARATION.section("values");
            region.close();
            region.close();
            reader.close();
            reader.close();
            final List<Runnable> uses =
                    new ArrayList<>(
                            List.of(
                                    region::buffer,
                                    region::loads,
                                    region::entries,
                                    region::name,
                                    region::roles,
                                    region::instanceId,
                                    region::creatorPid,
                                    region::creatorStartTime,
                                    region::layoutHash,
                                    region::length,
                                    region::share,
                                    () -> region.section(section),
                                    reader::loads,
                                    reader::entries,
                                    reader::name,
                                    reader::roles,
                                    reader::instanceId,
                                    reader::creatorPid,
                                    reader::creatorStartTime,
                                    reader::layoutHash,
                                    reader::length,
                                    reader::share,
                                    () -> reader.section(section)));
            for (final Loads l : loads) {
                uses.addAll(
                        List.of(
                                () -> l.int8(0),
                                () -> l.int16(0),
                                () -> l.int32(0),
                                () -> l.int64(0),
                                () -> l.float32(0),
                                () -> l.float64(0),
                                () -> l.text(0, 4),
                                () -> l.bytes(0, 4),
                                () -> l.bytes(0, new byte[4], 0, 4)));
            }
            uses.forEach(use -> refused(IllegalStateException.class, use));
            late(buffer);
            System.out.println("done");
        }

        private static void late(final AtomicBuffer buffer) {
            final List<Runnable> uses =
                    List.of(
                            () -> buffer.getByte(1024),
                            () -> buffer.getLong(1024),
                            () -> buffer.putLong(1024, 1),
                            () -> buffer.putLongRelease(1024, 1),
                            () -> buffer.getAndAddLong(1024, 1),
                            () -> buffer.getBytes(1024, new byte[8]),
                            () -> buffer.setMemory(1024, 8, (byte) 0));
            if (org.agrona.concurrent.UnsafeBuffer.SHOULD_BOUNDS_CHECK) {
                require(buffer.capacity() == 0, "a length after close");
                uses.forEach(use -> refused(IndexOutOfBoundsException.class, use));
            } else {
                uses.forEach(Runnable::run);
            }
        }
    }

    /** Three handles on one mapping. */
    static final class LastClose {
        private LastClose() {}

        public static void main(final String[] args) throws IOException {
            final Region first = Region.attach(Path.of(args[0]));
            final Region second = first.share();
            final Region third = second.share();
            require(mapped(args[0]), "it is not mapped");
            second.close();
            second.close();
            first.close();
            require(mapped(args[0]), "it is unmapped while a handle is open");
            third.buffer().putLongRelease(1024, 42);
            require(third.loads().int64(1024) == 42, "what was stored is not there");
            third.close();
            require(!mapped(args[0]), "it is still mapped");
            final ReadOnlyRegion reader = Region.attachReadOnly(Path.of(args[0]));
            final ReadOnlyRegion other = reader.share();
            reader.close();
            require(mapped(args[0]) && other.loads().int64(1024) == 42, "it was unmapped");
            other.close();
            require(!mapped(args[0]), "it is still mapped");
            System.out.println("done");
        }
    }

    /** Each thread takes handles, uses them and closes them, while the others do. */
    static final class Hammer {
        private static final int ROUNDS = 3000;

        private Hammer() {}

        public static void main(final String[] args) throws Exception {
            final Region parent = Region.attach(Path.of(args[0]));
            final List<Thread> threads = new ArrayList<>();
            final AtomicReference<Throwable> failure = new AtomicReference<>();
            for (int i = 0; i < 4; i++) {
                final int seed = i;
                final Region mine = parent.share();
                final Thread thread = new Thread(() -> use(mine, new Random(seed)));
                thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
                threads.add(thread);
            }
            parent.close();
            threads.forEach(Thread::start);
            for (final Thread thread : threads) {
                thread.join();
            }
            require(failure.get() == null, String.valueOf(failure.get()));
            require(
                    !mapped(args[0]) || !org.agrona.concurrent.UnsafeBuffer.SHOULD_BOUNDS_CHECK,
                    "it is still mapped");
            System.out.println("done");
        }

        private static void use(final Region first, final Random random) {
            Region mine = first;
            for (int round = 0; round < ROUNDS; round++) {
                final Region next = mine.share();
                final AtomicBuffer buffer = mine.buffer();
                for (int i = random.nextInt(200); i >= 0; i--) {
                    final int at = 1024 + 8 * random.nextInt(16);
                    buffer.putLongRelease(at, mine.loads().int64(at) + 1);
                }
                mine.close();
                refused(IllegalStateException.class, mine::buffer);
                if (org.agrona.concurrent.UnsafeBuffer.SHOULD_BOUNDS_CHECK) {
                    refused(IndexOutOfBoundsException.class, () -> buffer.getLongAcquire(1024));
                }
                mine = next;
            }
            mine.close();
        }
    }

    /** Both at once on one handle, which is the last of its mapping. */
    static final class ShareAgainstClose {
        private static final int ROUNDS = 1000;

        private ShareAgainstClose() {}

        public static void main(final String[] args) throws Exception {
            final AtomicReference<Region> handle = new AtomicReference<>();
            final AtomicReference<Throwable> failure = new AtomicReference<>();
            final CyclicBarrier start = new CyclicBarrier(2);
            final CyclicBarrier end = new CyclicBarrier(2);
            final Thread closer =
                    new Thread(
                            () -> {
                                try {
                                    for (int i = 0; i < ROUNDS; i++) {
                                        start.await();
                                        handle.get().close();
                                        end.await();
                                    }
                                } catch (final Exception e) {
                                    failure.set(e);
                                }
                            });
            closer.setDaemon(true);
            closer.start();
            for (int i = 0; i < ROUNDS; i++) {
                handle.set(Region.attach(Path.of(args[0])));
                start.await();
                share(handle.get());
                end.await();
                require(!mapped(args[0]), "it is still mapped");
            }
            closer.join();
            require(failure.get() == null, String.valueOf(failure.get()));
            System.out.println("done");
        }

        private static void share(final Region region) {
            try (Region shared = region.share()) {
                require(shared.loads().int64(0) == RegionHeader.MAGIC, "it is not the region");
                require(shared.buffer().getLong(0) == RegionHeader.MAGIC, "it is not mapped");
            } catch (final IllegalStateException e) {
                require(e.getMessage().endsWith(" is closed."), e.toString());
            }
        }
    }

    /** The main thread closes what another is using. */
    static final class ClosedUnderItsUser {
        private static final int ROUNDS = 200;

        private ClosedUnderItsUser() {}

        public static void main(final String[] args) throws Exception {
            final AtomicReference<Throwable> failure = new AtomicReference<>();
            try (Region own = Region.attach(Path.of(args[0]))) {
                for (int i = 0; i < ROUNDS; i++) {
                    final Region theirs = own.share();
                    final CyclicBarrier started = new CyclicBarrier(2);
                    final Thread user = new Thread(() -> use(theirs.buffer(), started));
                    user.setUncaughtExceptionHandler((t, e) -> failure.set(e));
                    user.start();
                    started.await();
                    theirs.close();
                    user.join();
                    require(failure.get() == null, String.valueOf(failure.get()));
                }
            }
            require(!mapped(args[0]), "it is still mapped");
            System.out.println("done");
        }

        private static void use(final AtomicBuffer buffer, final CyclicBarrier started) {
            try {
                started.await();
                while (true) {
                    buffer.putLongRelease(1024, buffer.getLongAcquire(1032) + 1);
                }
            } catch (final IndexOutOfBoundsException e) {
                // What the user of a closed handle is to see: it ends.
            } catch (final Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

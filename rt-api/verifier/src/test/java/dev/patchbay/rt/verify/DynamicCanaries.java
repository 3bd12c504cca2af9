// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.rt.Block;
import dev.patchbay.rt.RtContext;
import dev.patchbay.rt.RtModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/** Modules for the tests of the dynamic half: one that keeps the contract, and one that breaks it in every way. */
public final class DynamicCanaries {
    private DynamicCanaries() {}

    /** Does nothing that it must not. */
    public static final class Innocent implements RtModule {
        private int held;

        @Override
        public void init(final RtContext context) {}

        @Override
        public void handleEvent(final Event event) {
            held += event.type() == EventType.NOTE_ON ? 1 : 0;
        }

        @Override
        public void process(final Block block) {
            for (int i = block.offset(); i < block.offset() + block.frames(); i++) {
                block.output(0)[i] = block.input(0)[i] * block.parameters().plain(0);
                block.output(1)[i] = held;
            }
        }
    }

    /** Makes one object in ten thousand blocks. */
    public static final class OneInTenThousand implements RtModule {
        static final int BLOCKS = 10_000;

        private int blocks;
        Object last;

        @Override
        public void init(final RtContext context) {}

        @Override
        public void process(final Block block) {
            if (block.offset() == 0 && ++blocks % BLOCKS == 0) {
                last = new Object();
            }
        }
    }

    /** A violation, in the order in which the canary commits them: what comes later may be of an earlier kind, too. */
    enum Deed {
        /** Touches a page of mapped memory for the first time. */
        FRESH_PAGE,
        /** Waits for a lock that another thread holds. */
        LOCK,
        /** Waits for time. */
        SLEEP,
        /** Touches a page that is on the disk alone. */
        PAGE_ON_DISK,
        /** Another thread lets the JVM stop all of them. */
        SAFEPOINT,
        /** Another thread lets the JVM stop the engine's. */
        HANDSHAKE,
        /** Makes one object. */
        ALLOCATION,
        /** Another thread calls a method so often that it is compiled. */
        LATE_WARM_UP,
        /** Uses a class for the first time. */
        CLASS_LOAD,
        /** Calls a method of a class that came after the call was compiled for the only one there was. */
        SECOND_SHAPE;

        /** So many blocks lie between two of them. */
        static final int EVERY = 300;

        /** More than a rehearsal plays with one instance, so that the first one comes when nobody expects it. */
        private static final int FIRST = 6_500;

        /** The block of this deed, of those that have frames, from 1 on. */
        int block() {
            return FIRST + ordinal() * EVERY;
        }

        /** The number of blocks with frames after which all was done. */
        static int end() {
            return FIRST + values().length * EVERY;
        }
    }

    /** Breaks the contract once in each way. */
    public static final class Sinner implements RtModule {
        private static final int PAGE = 4096;
        private static final int PAGES = 256;

        /** One for all: nothing frees what each module of a rehearsal allocates. */
        private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(PAGES * PAGE);

        private final Object lock = new Object();
        private MappedByteBuffer fresh;
        private MappedByteBuffer onDisk;
        private Thread engine;
        private volatile Shape shape = new Round();
        private Object kept;
        private int sum;
        private int blocks;
        private int mixed;
        private volatile Deed asked;
        private volatile boolean held;
        private volatile boolean closed;

        /** Has one implementation, at first. */
        abstract static class Shape {
            abstract int corners();
        }

        /** The one that is there. */
        static final class Round extends Shape {
            @Override
            int corners() {
                return 1;
            }
        }

        /** The one that comes late. */
        static final class Square extends Shape {
            @Override
            int corners() {
                return 4;
            }
        }

        /** Used late. */
        static final class Late {
            static final Object VALUE = new Object();

            private Late() {}
        }

        @Override
        public void init(final RtContext context) {
            engine = Thread.currentThread();
            try {
                fresh = mapped(Path.of("/dev/shm"));
                // Where classes are is a disk, as far as there is one.
                onDisk = mapped(Path.of("").toAbsolutePath());
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
            final Thread other = new Thread(this::assist, "accomplice");
            other.setDaemon(true);
            other.start();
        }

        private static MappedByteBuffer mapped(final Path folder) throws IOException {
            final Path file = Files.createTempFile(folder, ".canary-", ".bin");
            try (FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                channel.write(ZEROS.duplicate());
                channel.force(true);
                Disk.evict(file);
                return channel.map(FileChannel.MapMode.READ_WRITE, 0, PAGES * PAGE);
            } finally {
                Files.delete(file);
            }
        }

        /** What the other thread does. */
        private void assist() {
            Deed deed = null;
            while (deed != Deed.SECOND_SHAPE && !closed) {
                deed = next(deed);
                if (deed == null) {
                    return;
                }
                switch (deed) {
                    case SAFEPOINT -> Thread.getAllStackTraces();
                    case HANDSHAKE -> engine.getStackTrace();
                    case LATE_WARM_UP -> {
                        for (int i = 0; i < 300_000; i++) {
                            mixed += mix(i);
                        }
                    }
                    case SECOND_SHAPE -> shape = late(Shape.class, "Square");
                    default -> {}
                }
                if (deed.ordinal() + 1 == Deed.LOCK.ordinal()) {
                    synchronized (lock) {
                        held = true;
                        while (asked != Deed.LOCK && !closed) {
                            LockSupport.parkNanos(100_000);
                        }
                        LockSupport.parkNanos(20_000_000);
                    }
                }
            }
        }

        /** By its name: whoever names a class in code may let the JVM load it early. */
        private static <T> T late(final Class<T> type, final String name) {
            try {
                return type.cast(
                        Class.forName(Sinner.class.getName() + "$" + name)
                                .getDeclaredConstructor()
                                .newInstance());
            } catch (final ReflectiveOperationException e) {
                throw new LinkageError("The canary has no class " + name + ".", e);
            }
        }

        private Deed next(final Deed before) {
            while (asked == before && !closed) {
                LockSupport.parkNanos(1_000_000);
            }
            return asked;
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public void handleEvent(final Event event) {}

        @Override
        public void process(final Block block) {
            sum += shape.corners();
            if (block.offset() == 0) {
                blocks++;
                final int since = blocks - Deed.FIRST;
                if (since >= 0 && since % Deed.EVERY == 0 && since / Deed.EVERY < DEEDS.length) {
                    commit(DEEDS[since / Deed.EVERY]);
                }
            }
        }

        private static final Deed[] DEEDS = Deed.values();

        private void commit(final Deed deed) {
            asked = deed;
            switch (deed) {
                case FRESH_PAGE -> fresh.put(PAGE * (PAGES / 2), (byte) 1);
                case LOCK -> {
                    while (!held) {
                        Thread.onSpinWait();
                    }
                    synchronized (lock) {
                        sum++;
                    }
                }
                case SLEEP -> LockSupport.parkNanos(100_000);
                case PAGE_ON_DISK -> sum += onDisk.get(PAGE * (PAGES / 2));
                case ALLOCATION -> kept = new int[] {sum};
                case CLASS_LOAD -> kept = Late.VALUE;
                default -> {}
            }
        }

        private static int mix(final int value) {
            return Integer.rotateLeft(value * 31, value & 15) ^ value;
        }

        @Override
        public String toString() {
            return kept + " " + sum + " " + mixed;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.cells;

import dev.patchbay.atomics.Snapshot;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StructType;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import org.agrona.concurrent.AtomicBuffer;

/** Words that are read and written whole, by any thread. */
abstract class Whole {
    private static final int TRIES = 64;

    abstract void read(long[] target);

    abstract void write(long[] source);

    static Whole of(final String contender, final int words) {
        return switch (contender) {
            case "patchbay" -> new Patchbay(words);
            case "lock" -> new Locked(words);
            case "synchronized" -> new Synchronized(words);
            case "stamped" -> new Stamped(words);
            case "reference" -> new Reference(words);
            case "plain" -> new Plain(words);
            default -> throw Cells.unknown(contender);
        };
    }

    /** {@code Snapshot} over memory laid out like a region. */
    private static final class Patchbay extends Whole {
        private final Snapshot snapshot;

        Patchbay(final int words) {
            final RegionDeclaration declaration =
                    RegionDeclaration.named("whole")
                            .snapshot(
                                    "words",
                                    "read whole",
                                    Role.CONTROL,
                                    StructType.named("words", "Words.")
                                            .array(FieldType.INT64, "word", words, "")
                                            .build())
                            .build();
            final AtomicBuffer memory = Region.scratch(new RegionImage(declaration));
            snapshot = Snapshot.over(memory, declaration.section("words").entry());
        }

        @Override
        void read(final long[] target) {
            if (!snapshot.read(target, TRIES)) {
                throw new IllegalStateException("nobody writes, but the copy is not whole");
            }
        }

        @Override
        void write(final long[] source) {
            snapshot.write(source);
        }
    }

    /** A {@code ReentrantLock} around a copy. */
    private static final class Locked extends Whole {
        private final ReentrantLock lock = new ReentrantLock();
        private final long[] words;

        Locked(final int words) {
            this.words = new long[words];
        }

        @Override
        void read(final long[] target) {
            lock.lock();
            try {
                System.arraycopy(words, 0, target, 0, words.length);
            } finally {
                lock.unlock();
            }
        }

        @Override
        void write(final long[] source) {
            lock.lock();
            try {
                System.arraycopy(source, 0, words, 0, words.length);
            } finally {
                lock.unlock();
            }
        }
    }

    /** A monitor around a copy. */
    private static final class Synchronized extends Whole {
        private final long[] words;

        Synchronized(final int words) {
            this.words = new long[words];
        }

        @Override
        void read(final long[] target) {
            synchronized (words) {
                System.arraycopy(words, 0, target, 0, words.length);
            }
        }

        @Override
        void write(final long[] source) {
            synchronized (words) {
                System.arraycopy(source, 0, words, 0, words.length);
            }
        }
    }

    /** A {@code StampedLock}, read optimistically as its documentation shows. */
    private static final class Stamped extends Whole {
        private final StampedLock lock = new StampedLock();
        private final long[] words;

        Stamped(final int words) {
            this.words = new long[words];
        }

        @Override
        void read(final long[] target) {
            long stamp = lock.tryOptimisticRead();
            if (stamp != 0) {
                System.arraycopy(words, 0, target, 0, words.length);
                if (lock.validate(stamp)) {
                    return;
                }
            }
            stamp = lock.readLock();
            try {
                System.arraycopy(words, 0, target, 0, words.length);
            } finally {
                lock.unlockRead(stamp);
            }
        }

        @Override
        void write(final long[] source) {
            final long stamp = lock.writeLock();
            try {
                System.arraycopy(source, 0, words, 0, words.length);
            } finally {
                lock.unlockWrite(stamp);
            }
        }
    }

    /** An {@code AtomicReference} to an array that nobody changes: each write allocates one. */
    private static final class Reference extends Whole {
        private final AtomicReference<long[]> reference;

        Reference(final int words) {
            reference = new AtomicReference<>(new long[words]);
        }

        @Override
        void read(final long[] target) {
            final long[] words = reference.getAcquire();
            System.arraycopy(words, 0, target, 0, words.length);
        }

        @Override
        void write(final long[] source) {
            reference.setRelease(source.clone());
        }
    }

    /** What no other thread may see. */
    private static final class Plain extends Whole {
        private final long[] words;

        Plain(final int words) {
            this.words = new long[words];
        }

        @Override
        void read(final long[] target) {
            System.arraycopy(words, 0, target, 0, words.length);
        }

        @Override
        void write(final long[] source) {
            System.arraycopy(source, 0, words, 0, words.length);
        }
    }
}

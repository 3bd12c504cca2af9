// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.cells;

import dev.patchbay.atomics.TripleBuffer;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.Section;
import dev.patchbay.layout.StructType;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import org.agrona.concurrent.AtomicBuffer;

/** Hands 64 words, new ones each time, from a writer to a reader, who uses them in place until the next. */
abstract class Handing {
    /** Eight lines. */
    static final int WORDS = 64;

    /** Makes words out of a number, in place, and hands them over. By the writer. */
    abstract void write(long number);

    /** Takes the newest words: the first and the last added up. By the reader. */
    abstract long read();

    static Handing of(final String contender) {
        return switch (contender) {
            case "patchbay" -> new Patchbay();
            case "lock" -> new Locked();
            case "stamped" -> new Stamped();
            case "reference" -> new Reference();
            default -> throw Cells.unknown(contender);
        };
    }

    /** {@code TripleBuffer}. */
    private static final class Patchbay extends Handing {
        private final AtomicBuffer memory;
        private final TripleBuffer triple;

        Patchbay() {
            final RegionDeclaration declaration =
                    RegionDeclaration.named("handing")
                            .tripleBuffer(
                                    "copies",
                                    "handed over",
                                    Role.CONTROL,
                                    Role.RT,
                                    StructType.named("word", "A word.")
                                            .field(FieldType.INT64, "value", "")
                                            .build(),
                                    WORDS)
                            .build();
            final Section section = declaration.section("copies");
            memory = Region.scratch(new RegionImage(declaration));
            triple = TripleBuffer.over(memory, section.entry());
        }

        @Override
        void write(final long number) {
            final int at = triple.writerOffset();
            for (int i = 0; i < WORDS; i++) {
                memory.putLong(at + i * Long.BYTES, number + i);
            }
            triple.publish();
        }

        @Override
        long read() {
            triple.refresh();
            final int at = triple.readerOffset();
            return memory.getLong(at) + memory.getLong(at + (WORDS - 1) * Long.BYTES);
        }
    }

    private static void fill(final long[] words, final long number) {
        for (int i = 0; i < WORDS; i++) {
            words[i] = number + i;
        }
    }

    private static long sum(final long[] words) {
        return words[0] + words[WORDS - 1];
    }

    /** A {@code ReentrantLock} held while the words are made, and while they are used. */
    private static final class Locked extends Handing {
        private final ReentrantLock lock = new ReentrantLock();
        private final long[] words = new long[WORDS];

        @Override
        void write(final long number) {
            lock.lock();
            try {
                fill(words, number);
            } finally {
                lock.unlock();
            }
        }

        @Override
        long read() {
            lock.lock();
            try {
                return sum(words);
            } finally {
                lock.unlock();
            }
        }
    }

    /** A {@code StampedLock} in the same way. */
    private static final class Stamped extends Handing {
        private final StampedLock lock = new StampedLock();
        private final long[] words = new long[WORDS];

        @Override
        void write(final long number) {
            final long stamp = lock.writeLock();
            try {
                fill(words, number);
            } finally {
                lock.unlockWrite(stamp);
            }
        }

        @Override
        long read() {
            long stamp = lock.tryOptimisticRead();
            if (stamp != 0) {
                final long sum = sum(words);
                if (lock.validate(stamp)) {
                    return sum;
                }
            }
            stamp = lock.readLock();
            try {
                return sum(words);
            } finally {
                lock.unlockRead(stamp);
            }
        }
    }

    /** An {@code AtomicReference} to an array that is made anew each time. */
    private static final class Reference extends Handing {
        private final AtomicReference<long[]> reference = new AtomicReference<>(new long[WORDS]);

        @Override
        void write(final long number) {
            final long[] words = new long[WORDS];
            fill(words, number);
            reference.setRelease(words);
        }

        @Override
        long read() {
            return sum(reference.getAcquire());
        }
    }
}

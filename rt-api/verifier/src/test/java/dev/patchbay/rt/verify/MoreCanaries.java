// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.rt.Block;
import dev.patchbay.rt.RtContext;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Modules that wait, call the system, throw, or do something for the first time where they must not. */
final class MoreCanaries {
    private MoreCanaries() {}

    @Seeded(
            value = Category.MONITOR,
            path = {"process", "guarded"})
    static final class SynchronizedMethod extends TestModule {
        int n;

        private synchronized void guarded() {
            n++; // SynchronizedMethod
        }

        @Override
        public void process(final Block block) {
            guarded();
        }
    }

    @Seeded(Category.MONITOR)
    static final class SynchronizedBlock extends TestModule {
        int n;

        @Override
        public void process(final Block block) {
            synchronized (this) { // SynchronizedBlock
                n++;
            }
        }
    }

    @Seeded(Category.LOCK)
    static final class Lock extends TestModule {
        private final ReentrantLock lock = new ReentrantLock();

        @Override
        public void process(final Block block) {
            lock.lock(); // Lock
        }
    }

    @Seeded(Category.LOCK)
    static final class BlockingQueue extends TestModule {
        private final ArrayBlockingQueue<Object> queue = new ArrayBlockingQueue<>(4);
        Object last;

        @Override
        public void process(final Block block) {
            last = queue.poll(); // BlockingQueue
        }
    }

    @Seeded(Category.WAIT)
    static final class Sleep extends TestModule {
        @Override
        public void process(final Block block) {
            try {
                Thread.sleep(1); // Sleep
            } catch (final InterruptedException e) {
                reset();
            }
        }
    }

    @Seeded(Category.WAIT)
    static final class Park extends TestModule {
        @Override
        public void process(final Block block) {
            LockSupport.parkNanos(1); // Park
        }
    }

    @Seeded(Category.WAIT)
    static final class Wake extends TestModule {
        @Override
        public void process(final Block block) {
            notifyAll(); // Wake
        }
    }

    @Seeded(Category.IO)
    static final class Print extends TestModule {
        @Override
        public void process(final Block block) {
            System.out.println(); // Print
        }
    }

    @Seeded(Category.IO)
    static final class FileQuestion extends TestModule {
        private final Path path = Path.of("x");
        boolean last;

        @Override
        public void process(final Block block) {
            last = Files.exists(path); // FileQuestion
        }
    }

    @Seeded(Category.LOGGING)
    static final class Log extends TestModule {
        private static final System.Logger LOGGER = System.getLogger("canary");

        @Override
        public void process(final Block block) {
            LOGGER.log(System.Logger.Level.INFO, "block"); // Log
        }
    }

    @Seeded(Category.LOGGING)
    static final class OlderLog extends TestModule {
        private final java.util.logging.Logger logger =
                java.util.logging.Logger.getLogger("canary");

        @Override
        public void process(final Block block) {
            logger.info("block"); // OlderLog
        }
    }

    @Seeded(
            value = Category.NATIVE,
            path = {"process", "unknown"})
    static final class NativeMethod extends TestModule {
        private static native void unknown(); // no code, hence no line: the report shows the call

        @Override
        public void process(final Block block) {
            unknown(); // NativeMethod
        }
    }

    @Seeded(Category.NATIVE)
    static final class Management extends TestModule {
        private final java.lang.management.ThreadMXBean threads =
                ManagementFactory.getThreadMXBean();
        long last;

        @Override
        public void process(final Block block) {
            last = threads.getCurrentThreadCpuTime(); // Management
        }
    }

    @Seeded(Category.NATIVE)
    static final class StartOfAThread extends TestModule {
        private final Thread thread = new Thread(this::reset);

        @Override
        public void process(final Block block) {
            thread.start(); // StartOfAThread
        }
    }

    static final class Table {
        static final double[] VALUES = {1, 2, 3};

        private Table() {}
    }

    @Seeded(Category.CLASS_INITIALISATION)
    static final class FirstUse extends TestModule {
        double last;

        @Override
        public void process(final Block block) {
            last = Table.VALUES[0]; // FirstUse
        }
    }

    /** The class is used in close too, which is too late. */
    @Seeded(value = Category.CLASS_INITIALISATION, path = "handleEvent")
    static final class UseAtTheEnd extends TestModule {
        double last;

        @Override
        public void handleEvent(final Event event) {
            last = Table.VALUES[1]; // UseAtTheEnd
        }

        @Override
        public void close() {
            last = Table.VALUES[2];
        }
    }

    record Note(int key, int channel) {}

    @Seeded(
            value = Category.LINKAGE,
            path = {"process", "equals"})
    static final class EqualityOfRecords extends TestModule {
        private final Note note = new Note(1, 2);
        private final Note other = new Note(1, 3);
        boolean last;

        @Override
        public void process(final Block block) {
            last = note.equals(other); // EqualityOfRecords
        }
    }

    @Seeded(
            value = Category.EXCEPTION,
            path = {"process", "check"})
    static final class ArgumentCheck extends TestModule {
        private static void check(final int frames) {
            if (frames > 8192) {
                throw new IllegalArgumentException("Got " + frames); // ArgumentCheck
            }
        }

        @Override
        public void process(final Block block) {
            check(block.frames());
        }
    }

    @Seeded(Category.EXCEPTION)
    static final class ThrownAndCaught extends TestModule {
        int n;

        @Override
        public void process(final Block block) {
            try {
                if (n > 0) {
                    throw new IllegalStateException(); // ThrownAndCaught
                }
            } catch (final IllegalStateException e) {
                n = 0;
            }
        }
    }

    @Seeded(Category.REFLECTION)
    static final class ByName extends TestModule {
        private Method method;
        Object last;

        @Override
        public void init(final RtContext context) {
            method = getClass().getMethods()[0];
        }

        @Override
        public void process(final Block block) {
            last = method.getDefaultValue(); // ByName
        }
    }

    @Seeded(Category.REFLECTION)
    static final class ByHandle extends TestModule {
        private static final MethodHandle HANDLE =
                MethodHandles.empty(MethodType.methodType(void.class));

        @Override
        public void process(final Block block) {
            try {
                HANDLE.invokeExact(); // ByHandle
            } catch (final Throwable e) {
                reset();
            }
        }
    }

    interface Foreign {
        void call();
    }

    @Seeded(Category.UNRESOLVED)
    static final class UnknownReceiver extends TestModule {
        private Foreign foreign;

        @Override
        public void init(final RtContext context) {
            foreign = (Foreign) (Object) context;
        }

        @Override
        public void process(final Block block) {
            foreign.call(); // UnknownReceiver
        }
    }

    @Seeded(Category.UNBOUNDED_LOOP)
    static final class Spin extends TestModule {
        volatile boolean ready;

        @Override
        public void process(final Block block) {
            while (!ready) { // Spin
                Thread.onSpinWait();
            }
        }
    }

    @Seeded(
            value = Category.UNBOUNDED_LOOP,
            path = {"process", "down", "further"})
    static final class Recursion extends TestModule {
        private void down(final int n) {
            further(n - 1);
        }

        private void further(final int n) {
            if (n > 0) {
                down(n); // Recursion
            }
        }

        @Override
        public void process(final Block block) {
            down(block.frames());
        }
    }

    @Seeded(value = Category.UNBOUNDED_LOOP, path = "handleEvent")
    static final class BoundFromTheHost extends TestModule {
        double last;

        @Override
        public void handleEvent(final Event event) {
            final int times = (int) event.value();
            for (int i = 0; i < times; i++) { // BoundFromTheHost
                last += i;
            }
        }
    }
}

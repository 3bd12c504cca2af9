// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Modules that look at the thread they run on. */
public final class ThreadModules {
    private ThreadModules() {}

    /** The left channel is the policy that the thread had in init, as the kernel's number. */
    public static final class PolicyInInit implements RtModule {
        private float policy;

        @Override
        public void init(final RtContext context) {
            try {
                policy =
                        Float.parseFloat(
                                EngineThread.scheduled(Path.of("/proc/thread-self/stat"))
                                        .split(" ")[0]);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void handleEvent(final Event event) {}

        @Override
        public void process(final Block block) {
            for (int i = block.offset(); i < block.offset() + block.frames(); i++) {
                block.output(0)[i] = policy;
            }
        }
    }

    /**
     * Computes with denormal numbers: half of the least normal one, scaled up again. On the left what the rendering thread gets,
     * on the right what another thread of the same process got.
     */
    public static final class Denormals implements RtModule {
        private static final float UP = 1 << 30;
        private float elsewhere;
        private float half = 0.5f;

        @Override
        public void init(final RtContext context) {
            final Thread other = new Thread(() -> elsewhere = computed());
            other.start();
            try {
                other.join();
            } catch (final InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private float computed() {
            return Float.MIN_NORMAL * half * UP * UP * UP;
        }

        @Override
        public void handleEvent(final Event event) {}

        @Override
        public void process(final Block block) {
            for (int i = block.offset(); i < block.offset() + block.frames(); i++) {
                block.output(0)[i] = computed();
                block.output(1)[i] = elsewhere;
            }
        }
    }

    private static void compute(final long nanos) {
        final long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            Thread.onSpinWait();
        }
    }

    /** Takes five milliseconds for each block. */
    public static final class Slow implements RtModule {
        @Override
        public void init(final RtContext context) {}

        @Override
        public void handleEvent(final Event event) {}

        @Override
        public void process(final Block block) {
            compute(5_000_000);
        }
    }

    /** Takes three seconds for the block with a note in it, and no time for others. */
    public static final class Overlong implements RtModule {
        private boolean note;

        @Override
        public void init(final RtContext context) {}

        @Override
        public void handleEvent(final Event event) {
            note = event.type() == EventType.NOTE_ON;
        }

        @Override
        public void process(final Block block) {
            compute(note ? 3_000_000_000L : 0);
            note = false;
        }
    }

    /** Allocates a tenth of a heap of 128 MB in each block. */
    public static final class Hungry implements RtModule {
        private byte[] last = new byte[0];

        @Override
        public void init(final RtContext context) {}

        @Override
        public void handleEvent(final Event event) {}

        @Override
        public void process(final Block block) {
            last = new byte[12 << 20];
            block.output(0)[block.offset()] = last.length;
        }
    }
}

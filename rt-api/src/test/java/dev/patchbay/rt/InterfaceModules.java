// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.rt.RtLogger.Level;

/** Modules that use what the interface offers beside notes and parameters. */
public final class InterfaceModules {
    private InterfaceModules() {}

    /** Says in the log how its buses are arranged, and plays each note on to the host, an octave higher. */
    public static final class Octaver implements RtModule {
        private HostEvents host;

        @Override
        public void init(final RtContext context) {
            host = context.hostEvents();
            final Bus input = context.inputBuses().get(0);
            final Bus output = context.outputBuses().get(0);
            context.logger().log(Level.INFO, "in {} of {}", input.channels(), input.room());
            context.logger()
                    .log(Level.INFO, "out {} from {}", output.channels(), output.firstChannel());
        }

        @Override
        public void handleEvent(final Event event) {
            if (event.type() == EventType.NOTE_ON) {
                host.noteOn(
                        event.sampleOffset(),
                        event.channel(),
                        event.key() + 12,
                        event.noteId(),
                        event.velocity());
            }
        }

        @Override
        public void process(final Block block) {
            if (block.offset() == 0) {
                host.pitchBend(block.frames() - 1, 3, -1);
            }
        }
    }

    /** Says in the log which of its methods is called, and on which instance; a note of velocity 0.5 makes it throw. */
    public static class Diary implements RtModule {
        private RtLogger log;
        private int frames;
        private boolean throwing;

        @Override
        public void init(final RtContext context) {
            log = context.logger();
            log.log(Level.INFO, "init {}", context.sampleRate());
        }

        @Override
        public void activate() {
            log.log(Level.INFO, "activate");
        }

        @Override
        public void deactivate() {
            log.log(Level.INFO, "deactivate");
        }

        @Override
        public void reset() {
            log.log(Level.INFO, "reset after {}", frames);
            frames = 0;
        }

        @Override
        public void handleEvent(final Event event) {
            throwing = event.velocity() == 0.5;
        }

        @Override
        public void process(final Block block) {
            if (throwing) {
                throw new IllegalStateException("a note of half velocity");
            }
            frames += block.frames();
        }

        @Override
        public int latencyFrames() {
            return 7 + frames;
        }

        @Override
        public void close() {
            log.log(Level.INFO, "close");
        }
    }

    /** Writes the smoothed first parameter, plus 100 while a note is held; the second channel has the second one's, smoothed otherwise. */
    public static class Split implements RtModule {
        private final float[] level = new float[EngineProcess.MAX_FRAMES];
        private final float[] other = new float[EngineProcess.MAX_FRAMES];
        private SmoothedParameter first;
        private SmoothedParameter second;
        private int held;

        @Override
        public void init(final RtContext context) {
            first =
                    new SmoothedParameter(
                            context.parameterIndex("level"),
                            Smoother.linear(context.sampleRate(), 5));
            second =
                    new SmoothedParameter(
                            context.parameterIndex(2),
                            Smoother.multiplicative(context.sampleRate(), 3));
        }

        @Override
        public void reset() {
            held = 0;
            first.reset();
            second.reset();
        }

        @Override
        public void handleEvent(final Event event) {
            if (event.type() == EventType.NOTE_ON) {
                held++;
            } else if (event.type() == EventType.NOTE_OFF) {
                held--;
            } else if (event.type() == EventType.ALL_NOTES_OFF) {
                held = 0;
            }
        }

        @Override
        public void process(final Block block) {
            smooth(block);
            render(block, block.offset(), block.offset() + block.frames());
        }

        final void smooth(final Block block) {
            first.fill(block, level);
            second.fill(block, other);
        }

        final void render(final Block block, final int from, final int to) {
            for (int i = from; i < to; i++) {
                block.output(0)[i] = level[i] + (held > 0 ? 100 : 0);
                block.output(1)[i] = other[i];
            }
        }
    }

    /** The same, but splits the blocks itself. */
    public static final class Whole extends Split {
        @Override
        public boolean wholeBlocks() {
            return true;
        }

        @Override
        public void process(final Block block) {
            smooth(block);
            int frame = 0;
            for (int i = 0; i < block.events().count(); i++) {
                final Event event = block.events().get(i);
                render(block, frame, event.sampleOffset());
                frame = event.sampleOffset();
                handleEvent(event);
            }
            render(block, frame, block.frames());
        }
    }

    /** Takes a millisecond for each block, which comes whole. */
    public static final class Working implements RtModule {
        @Override
        public void init(final RtContext context) {}

        @Override
        public boolean wholeBlocks() {
            return true;
        }

        @Override
        public void process(final Block block) {
            final long start = System.nanoTime();
            while (System.nanoTime() - start < 1_000_000) {
                Thread.onSpinWait();
            }
        }
    }

    /** Gets whole blocks and says what is in them: the type and the frame of each event, and the bytes of messages. */
    public static final class Listing implements RtModule {
        private final byte[] message = new byte[64];
        private RtLogger log;

        @Override
        public void init(final RtContext context) {
            log = context.logger();
        }

        @Override
        public boolean wholeBlocks() {
            return true;
        }

        @Override
        public void handleEvent(final Event event) {
            throw new IllegalStateException("whole blocks have their events in them");
        }

        @Override
        public void process(final Block block) {
            log.log(Level.INFO, "{} frames from {}", block.frames(), block.offset());
            // From the last to the first: any order will do.
            for (int i = block.events().count() - 1; i >= 0; i--) {
                final Event event = block.events().get(i);
                log.log(Level.INFO, "type {} at {}", event.type(), event.sampleOffset());
                final int length = event.copyPayload(0, message, 0, message.length);
                for (int k = 0; k < length; k++) {
                    log.log(Level.INFO, "byte {}", message[k]);
                }
            }
        }
    }

    /** Has one helper that counts up, one that throws and one that hangs; and tries to start one while it renders. */
    public static final class Helped implements RtModule {
        private volatile int count;
        private RtContext context;
        private RtLogger log;

        @Override
        public void init(final RtContext given) {
            context = given;
            log = given.logger();
            given.startHelper("counting", this::count);
            given.startHelper(
                    "failing",
                    () -> {
                        throw new IllegalStateException("no such sample");
                    });
        }

        private void count() {
            while (!Thread.interrupted()) {
                count++;
                java.util.concurrent.locks.LockSupport.parkNanos(100_000);
            }
            System.err.println("the counting helper ends");
        }

        @Override
        public void activate() {
            context.startHelper(
                    "hanging",
                    () -> {
                        final long start = System.nanoTime();
                        while (System.nanoTime() - start < 60_000_000_000L) {
                            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                            Thread.interrupted();
                        }
                    });
        }

        @Override
        public void process(final Block block) {
            block.output(0)[block.offset()] = count;
            try {
                context.startHelper("late", () -> {});
            } catch (final IllegalStateException e) {
                log.log(Level.WARNING, e.getMessage());
            }
        }
    }

    /** Complains in every block. */
    public static class Complaining implements RtModule {
        private RtLogger log;

        @Override
        public void init(final RtContext context) {
            log = context.logger();
        }

        @Override
        public void process(final Block block) {
            log.log(Level.WARNING, "block of {} frames", block.frames());
        }

        final void say(final String text) {
            log.log(Level.ERROR, text);
        }
    }

    /** The same, and ends its process in the block after a note, with its last words. */
    public static final class Dying extends Complaining {
        private boolean dying;

        @Override
        public void handleEvent(final Event event) {
            dying = event.type() == EventType.NOTE_ON;
        }

        @Override
        public void process(final Block block) {
            super.process(block);
            if (dying) {
                say("these are my last words");
                Runtime.getRuntime().halt(9);
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventType;
import java.util.concurrent.atomic.AtomicInteger;

/** The modules that the engine's tests run. */
public final class TestModules {
    private TestModules() {}

    /** Sets the level of voice 1, and another one with each note. */
    public static class VoiceLevels implements RtModule {
        private RtContext context;

        @Override
        public void init(final RtContext given) {
            context = given;
        }

        @Override
        public void activate() {
            context.voiceLevel(1, 0.25f);
        }

        @Override
        public void handleEvent(final Event event) {
            if (event.type() == EventType.NOTE_ON) {
                context.voiceLevel(1, 0.75f);
            }
        }

        @Override
        public void process(final Block block) {}
    }

    /** Writes the plain value of parameter 0 to every frame, plus 100 while a note is held. */
    public static class Level implements RtModule {
        private int held;

        @Override
        public void init(final RtContext context) {}

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
        public void reset() {
            held = 0;
        }

        @Override
        public void process(final Block block) {
            final float value = block.parameters().plain(0) + (held > 0 ? 100 : 0);
            for (int channel = 0; channel < 2; channel++) {
                final float[] out = block.output(channel);
                for (int i = block.offset(); i < block.offset() + block.frames(); i++) {
                    out[i] = value;
                }
            }
        }

        @Override
        public int tailFrames() {
            return 1234;
        }
    }

    /** A level; but only the first of its class starts. */
    public static final class SecondThrows extends Level {
        private static final AtomicInteger STARTED = new AtomicInteger();

        @Override
        public void init(final RtContext context) {
            if (STARTED.incrementAndGet() > 1) {
                throw new IllegalStateException("there is one already");
            }
        }
    }

    /** Copies the inputs, with the tempo added to the second channel. */
    public static final class Echo implements RtModule {
        @Override
        public void init(final RtContext context) {}

        @Override
        public void process(final Block block) {
            for (int i = block.offset(); i < block.offset() + block.frames(); i++) {
                block.output(0)[i] = block.input(0)[i];
                block.output(1)[i] = block.input(1)[i] + (float) block.transport().tempo();
            }
        }
    }

    /** Writes the bytes of the last message, one a frame from the block's start on, and what else it was told into the second channel. */
    public static final class Messages implements RtModule {
        private final byte[] message = new byte[EngineProcess.MAX_FRAMES];
        private int length;
        private float told;

        @Override
        public void init(final RtContext context) {}

        @Override
        public void handleEvent(final Event event) {
            switch (event.type()) {
                case EventType.SYSEX -> length = event.copyPayload(0, message, 0, message.length);
                case EventType.NOTE_EXPRESSION -> told = (float) event.plainExpression();
                case EventType.TRANSPORT -> told = (float) event.tempo();
                default -> told = -1;
            }
        }

        @Override
        public void process(final Block block) {
            for (int i = block.offset(); i < block.offset() + block.frames(); i++) {
                block.output(0)[i] = i < length ? message[i] & 0xFF : -1;
                block.output(1)[i] = told;
            }
        }
    }

    /** Allocates one object in every block. */
    public static final class Allocating extends Level {
        private Object kept;

        @Override
        public void process(final Block block) {
            kept = new byte[16];
            super.process(block);
        }

        @Override
        public String toString() {
            return String.valueOf(kept);
        }
    }

    /** Refuses to start. */
    public static final class ThrowsInInit implements RtModule {
        @Override
        public void init(final RtContext context) {
            throw new IllegalStateException("the wavetable is missing");
        }

        @Override
        public void process(final Block block) {}
    }

    /** Breaks its contract in the second block. */
    public static final class ThrowsInProcess extends Level {
        private int blocks;

        @Override
        public void process(final Block block) {
            if (++blocks == 2) {
                throw new ArrayIndexOutOfBoundsException("frame 64 of 64");
            }
            super.process(block);
        }
    }

    /** Its sound depends on all that has ever happened to it: a filter with feedback, driven by noise, notes and parameters. */
    public static final class Remembering implements RtModule {
        private long noise = 1;
        private double memory;
        private double energy;
        private float[] line;
        private int at;

        @Override
        public void init(final RtContext context) {
            line = new float[(int) (context.sampleRate() / 100)];
        }

        @Override
        public void handleEvent(final Event event) {
            if (event.type() == EventType.NOTE_ON) {
                energy += event.velocity() / (1 + event.key());
            } else {
                energy *= 0.75;
            }
        }

        @Override
        public void process(final Block block) {
            final double cutoff = 0.05 + block.parameters().plain(1) * 0.5;
            for (int i = block.offset(); i < block.offset() + block.frames(); i++) {
                noise = noise * 6364136223846793005L + 1442695040888963407L;
                final double in = (noise >> 40) * energy + block.parameters().plain(0);
                memory += cutoff * (in - memory);
                line[at] = (float) (memory + 0.5 * line[at]);
                block.output(0)[i] = line[at];
                at = (at + 1) % line.length;
            }
        }
    }
}

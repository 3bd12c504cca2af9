// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.rt.Block;
import dev.patchbay.rt.RtContext;
import dev.patchbay.rt.RtLogger;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleUnaryOperator;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Modules that do what looks dangerous and is not: the verifier must say nothing at all about them. */
final class CleanModules {
    private CleanModules() {}

    interface Wave {
        double at(double phase);
    }

    static final class Saw implements Wave {
        @Override
        public double at(final double phase) {
            return 2 * phase - 1;
        }
    }

    static final class Sine implements Wave {
        @Override
        public double at(final double phase) {
            return Math.sin(2 * Math.PI * phase);
        }
    }

    /** Allocates, but no object of it is made. */
    static final class NeverMade implements Wave {
        @Override
        public double at(final double phase) {
            return new double[] {phase}[0];
        }
    }

    static final class SeveralReceivers extends TestModule {
        private final Wave[] waves = {new Saw(), new Sine()};
        private double phase;

        @Override
        public void process(final Block block) {
            final float[] out = block.output(0);
            for (int i = 0; i < block.frames(); i++) {
                out[block.offset() + i] = (float) waves[i & 1].at(phase);
            }
        }
    }

    enum Stage {
        ATTACK,
        DECAY {
            @Override
            double slope() {
                return -1;
            }
        },
        REST;

        double slope() {
            return 0;
        }
    }

    static final class SwitchOnEnum extends TestModule {
        private Stage stage = Stage.ATTACK;
        private double level;

        @Override
        public void process(final Block block) {
            switch (stage) {
                case ATTACK -> level += 0.1;
                case DECAY -> level += stage.slope();
                default -> level = 0;
            }
            stage =
                    switch (stage) {
                        case ATTACK -> Stage.DECAY;
                        case DECAY -> Stage.REST;
                        case REST -> Stage.ATTACK;
                    };
        }
    }

    static final class SwitchOnString extends TestModule {
        private String name = "saw";
        private int shape;

        @Override
        public void init(final RtContext context) {
            name = context.sampleRate() > 48_000 ? "saw" : "sine";
        }

        @Override
        public void process(final Block block) {
            switch (name) {
                case "saw" -> shape = 1;
                case "sine" -> shape = 2;
                default -> shape = 0;
            }
        }
    }

    static final class Curve {
        private static final double[] TABLE = new double[256];

        static {
            for (int i = 0; i < TABLE.length; i++) {
                TABLE[i] = StrictMath.sin(i / 256.0);
            }
        }

        private Curve() {}

        static double at(final double x) {
            return TABLE[(int) (x * 255) & 255];
        }
    }

    /** The table's class is initialised in init, in the JDK's own way. */
    static final class StaticTable extends TestModule {
        private double x;

        @Override
        public void init(final RtContext context) {
            try {
                MethodHandles.lookup().ensureInitialized(Curve.class);
            } catch (final IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void process(final Block block) {
            x = Curve.at(x);
        }
    }

    record Partial(double frequency, double level) {}

    static final class RecordsFromInit extends TestModule {
        private final Partial[] partials = new Partial[8];
        private Partial loudest;

        @Override
        public void init(final RtContext context) {
            for (int i = 0; i < partials.length; i++) {
                partials[i] = new Partial(i, 1.0 / (i + 1));
            }
        }

        private static Partial louder(final Partial a, final Partial b) {
            return a.level() >= b.level() ? a : b;
        }

        @Override
        public void process(final Block block) {
            loudest = partials[0];
            for (final Partial partial : partials) {
                loudest = louder(loudest, partial);
            }
        }
    }

    static final class LambdasFromInit extends TestModule {
        private final List<DoubleUnaryOperator> chain = new ArrayList<>();
        private double state;

        @Override
        public void init(final RtContext context) {
            final double keep = 1 - 1 / context.sampleRate();
            chain.add(x -> state = state * keep + x);
            chain.add(Math::abs);
        }

        @Override
        public void process(final Block block) {
            for (int i = 0; i < chain.size(); i++) {
                state = chain.get(i).applyAsDouble(state);
            }
        }
    }

    static final class ThingsOfTheJdk extends TestModule {
        private static final VarHandle SEEN;

        static {
            try {
                SEEN =
                        MethodHandles.lookup()
                                .findVarHandle(ThingsOfTheJdk.class, "seen", long.class);
            } catch (final ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private final AtomicLong count = new AtomicLong();
        private final SplittableRandom random = new SplittableRandom(1);
        private final BitSet held = new BitSet(128);
        private final double[] line = new double[64];
        private final AtomicBuffer memory = new UnsafeBuffer(new byte[64]);
        private long seen;

        @Override
        public void process(final Block block) {
            count.lazySet(count.get() + block.frames());
            SEEN.setRelease(this, count.get());
            Arrays.fill(line, 0);
            System.arraycopy(line, 0, line, 1, line.length - 1);
            line[0] = random.nextDouble() + Math.max(0, Math.floor(line[1])) + Math.hypot(1, 2);
            line[Objects.checkIndex(block.offset() & 63, 64)] = Math.round(Math.exp(line[0]));
            line[1] = held.nextSetBit(0) + Integer.bitCount(3) + Math.clamp(line[0], -1, 1);
            memory.putLongRelease(0, memory.getLongAcquire(8) + (long) Math.tanh(line[1]));
            memory.getAndAddInt(16, 1);
        }
    }

    /** The allocations are where they may be. */
    static final class AllocatesWhereItMay extends TestModule {
        private double[] line = {};

        @Override
        public void init(final RtContext context) {
            line = new double[(int) context.sampleRate()];
        }

        @Override
        public void close() {
            line = new double[0];
        }

        double[] forTests() {
            return line.clone();
        }
    }

    static final class AssertsAndFinally extends TestModule {
        private boolean busy;
        private int level;

        @Override
        public void process(final Block block) {
            assert block.frames() > 0 : "got " + block.frames();
            busy = true;
            try {
                level = Math.addExact(level, 0);
            } finally {
                busy = false;
            }
        }
    }

    static final class EventsAndCells extends TestModule {
        private RtContext context;
        private double bend;
        private double sum;

        @Override
        public void init(final RtContext rtContext) {
            context = rtContext;
        }

        @Override
        public void handleEvent(final Event event) {
            switch (event.type()) {
                case EventType.NOTE_ON ->
                        context.voiceLevel(event.key() & 7, (float) event.velocity());
                case EventType.PITCH_BEND -> bend = event.value();
                default -> {}
            }
        }

        @Override
        public void process(final Block block) {
            sum = bend + block.transport().tempo() + block.parameters().plain(0);
            final int end = block.offset() + block.frames();
            int frame = block.offset();
            while (frame < end) {
                final int n = Math.min(16, end - frame);
                block.output(0)[frame] = (float) sum;
                frame += n;
            }
            context.voiceState(0, (int) sum);
        }
    }

    static final class Logs extends TestModule {
        private RtContext context;

        @Override
        public void init(final RtContext rtContext) {
            context = rtContext;
        }

        @Override
        public void process(final Block block) {
            context.logger().log(RtLogger.Level.INFO, "frames", block.frames());
        }
    }
}

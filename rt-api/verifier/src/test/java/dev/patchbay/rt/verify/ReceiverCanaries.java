// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import dev.patchbay.rt.Block;
import dev.patchbay.rt.RtContext;

/** Modules in which it takes the receivers of calls, their classes and interfaces to find the violation. */
final class ReceiverCanaries {
    private ReceiverCanaries() {}

    abstract static class Base extends TestModule {
        Object last;

        @Override
        public void process(final Block block) {
            last = new Object(); // OfTheBaseClass
        }
    }

    @Seeded(
            value = Category.ALLOCATION,
            path = {"process", "process"})
    static final class OfTheBaseClass extends Base {
        @Override
        public void process(final Block block) {
            super.process(block);
        }
    }

    interface WithDefault {
        default Object make() {
            return new Object(); // DefaultMethod
        }
    }

    @Seeded(
            value = Category.ALLOCATION,
            path = {"process", "make"})
    static final class DefaultMethod extends TestModule implements WithDefault {
        Object last;

        @Override
        public void process(final Block block) {
            last = ((WithDefault) this).make();
        }
    }

    enum Curve {
        STRAIGHT,
        BENT {
            @Override
            double[] points() {
                return new double[3]; // ConstantsBody
            }
        };

        double[] points() {
            return null;
        }
    }

    @Seeded(
            value = Category.ALLOCATION,
            path = {"process", "points"})
    static final class ConstantsBody extends TestModule {
        private Curve curve = Curve.BENT;
        double[] last;

        @Override
        public void process(final Block block) {
            last = curve.points();
        }
    }

    @Seeded(Category.ALLOCATION)
    static final class InACatchBlock extends TestModule {
        private int[] values = {};

        @Override
        public void process(final Block block) {
            try {
                values[block.frames()]++;
            } catch (final ArrayIndexOutOfBoundsException e) {
                values = new int[8192]; // InACatchBlock
            }
        }
    }

    /** The object comes from another thread, and only its class tells what its method does. */
    @Seeded(
            value = Category.ALLOCATION,
            path = {"process", "at"})
    static final class MadeByAnotherThread extends TestModule {
        private volatile Canaries.Shape shape;
        double last;

        final class Maker implements Runnable {
            @Override
            public void run() {
                shape = new Wide();
            }
        }

        static final class Wide implements Canaries.Shape {
            @Override
            public double at(final double x) {
                return new double[] {x}[0]; // MadeByAnotherThread
            }
        }

        @Override
        public void init(final RtContext context) {
            new Thread(new Maker()).start();
        }

        @Override
        public void process(final Block block) {
            last = shape.at(last);
        }
    }

    interface Order<T> {
        int compare(T a, T b);
    }

    /** By a method that the compiler makes for the interface without types. */
    @Seeded(
            value = Category.ALLOCATION,
            path = {"process", "compare", "compare"})
    static final class ThroughABridge extends TestModule {
        private final Order<Canaries.Shape> order = new ByValue();
        private final Canaries.Shape first = new Canaries.Straight();
        int last;

        static final class ByValue implements Order<Canaries.Shape> {
            @Override
            public int compare(final Canaries.Shape a, final Canaries.Shape b) {
                return new int[1].length; // ThroughABridge
            }
        }

        @Override
        public void process(final Block block) {
            last = order.compare(first, first);
        }
    }
}

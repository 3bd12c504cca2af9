// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.rt.Block;
import dev.patchbay.rt.RtContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Modules that make objects where they must not, each in its own way. */
final class Canaries {
    private Canaries() {}

    @Seeded(Category.ALLOCATION)
    static final class NewObject extends TestModule {
        Object last;

        @Override
        public void process(final Block block) {
            last = new Object(); // NewObject
        }
    }

    /** One object in a hundred million blocks: no run of a test would meet it. */
    @Seeded(
            value = Category.ALLOCATION,
            path = {"process", "rarely"})
    static final class RareObject extends TestModule {
        private long blocks;
        Object last;

        @Override
        public void process(final Block block) {
            if (++blocks % 100_000_000 == 0) {
                rarely();
            }
        }

        private void rarely() {
            last = new Object(); // RareObject
        }
    }

    @Seeded(value = Category.ALLOCATION, path = "handleEvent")
    static final class NewArray extends TestModule {
        float[] last;

        @Override
        public void handleEvent(final Event event) {
            last = new float[event.index()]; // NewArray
        }
    }

    @Seeded(value = Category.ALLOCATION, path = "reset")
    static final class NewMatrix extends TestModule {
        double[][] last;

        @Override
        public void reset() {
            last = new double[2][8]; // NewMatrix
        }
    }

    @Seeded(value = Category.ALLOCATION, path = "tailFrames")
    static final class NewReferences extends TestModule {
        @Override
        public int tailFrames() {
            return new Object[] {this}.length; // NewReferences
        }
    }

    @Seeded(Category.ALLOCATION)
    static final class EnumValues extends TestModule {
        Thread.State last = Thread.State.NEW;

        @Override
        public void process(final Block block) {
            last = Thread.State.values()[0]; // EnumValues
        }
    }

    @Seeded(Category.ALLOCATION)
    static final class ArrayCopy extends TestModule {
        private final int[] source = new int[4];
        int[] last;

        @Override
        public void process(final Block block) {
            last = source.clone(); // ArrayCopy
        }
    }

    @Seeded(Category.ALLOCATION)
    static final class MapOfTheJdk extends TestModule {
        private final Map<Object, Object> map = new HashMap<>();

        @Override
        public void process(final Block block) {
            map.put(this, this); // MapOfTheJdk
        }
    }

    @Seeded(Category.ALLOCATION)
    static final class ListThatGrows extends TestModule {
        private final ArrayList<Object> list = new ArrayList<>();

        @Override
        public void process(final Block block) {
            list.add(this); // ListThatGrows
        }
    }

    /** On a processor without such an instruction the JDK computes it with decimals. */
    @Seeded(Category.ALLOCATION)
    static final class FusedMultiplyAdd extends TestModule {
        double last;

        @Override
        public void process(final Block block) {
            last = Math.fma(last, 0.5, 1); // FusedMultiplyAdd
        }
    }

    interface Shape {
        double at(double x);
    }

    static final class Straight implements Shape {
        @Override
        public double at(final double x) {
            return x;
        }
    }

    /** Only one of the receivers makes an array. */
    @Seeded(
            value = Category.ALLOCATION,
            path = {"process", "at"})
    static final class OneOfTheReceivers extends TestModule {
        private final Shape[] shapes = {new Straight(), new Bent()};
        double last;

        static final class Bent implements Shape {
            @Override
            public double at(final double x) {
                final double[] powers = {1, x, x * x}; // OneOfTheReceivers
                return powers[2] + powers[1] + powers[0];
            }
        }

        @Override
        public void process(final Block block) {
            last = shapes[block.offset() & 1].at(last);
        }
    }

    @Seeded(Category.ALLOCATION)
    static final class ConstructorReference extends TestModule {
        private final Supplier<Object> source = Object::new;
        Object last;

        @Override
        public void process(final Block block) {
            last = source.get(); // ConstructorReference
        }
    }

    @Seeded(
            value = Category.ALLOCATION,
            path = {"process", "lambda$new$0"})
    static final class BodyOfALambda extends TestModule {
        private final DoubleUnaryOperator curve =
                x -> {
                    final double[] values = {x}; // BodyOfALambda
                    return values[0];
                };
        double last;

        @Override
        public void process(final Block block) {
            last = curve.applyAsDouble(last);
        }
    }

    @Seeded(
            value = Category.ALLOCATION,
            path = {"process", "accept"})
    static final class CalledBackByTheJdk extends TestModule {
        private final List<Object> list = new ArrayList<>();
        private final Taker taker = new Taker();

        static final class Taker implements java.util.function.Consumer<Object> {
            Object last;

            @Override
            public void accept(final Object value) {
                last = new Object(); // CalledBackByTheJdk
            }
        }

        @Override
        public void process(final Block block) {
            list.forEach(taker);
        }
    }

    @Seeded(Category.ALLOCATION)
    static final class StreamOfAList extends TestModule {
        private List<Object> values;
        Object last;

        @Override
        public void init(final RtContext context) {
            values = new ArrayList<>();
        }

        @Override
        public void process(final Block block) {
            last = values.stream(); // StreamOfAList
        }
    }

    @Seeded(Category.BOXING)
    static final class Boxing extends TestModule {
        Object last;

        @Override
        public void process(final Block block) {
            last = block.frames(); // Boxing
        }
    }

    @Seeded(Category.BOXING)
    static final class BoxedResult extends TestModule {
        private final Supplier<Integer> count = this::next;
        private int n;
        Object last;

        private int next() {
            return n++;
        }

        @Override
        public void process(final Block block) {
            last = count.get(); // BoxedResult
        }
    }

    @Seeded(Category.BOXING)
    static final class BoxedArgument extends TestModule {
        private final IntConsumer taker = this::take;
        Object last;

        private void take(final Object value) {
            last = value;
        }

        @Override
        public void process(final Block block) {
            taker.accept(block.frames()); // BoxedArgument
        }
    }

    @Seeded(Category.VARARGS)
    static final class VariableArguments extends TestModule {
        double last;

        private static double sum(final double... values) {
            double result = 0;
            for (final double value : values) {
                result += value;
            }
            return result;
        }

        @Override
        public void process(final Block block) {
            last = sum(1, last); // VariableArguments
        }
    }

    @Seeded(Category.LAMBDA)
    static final class CapturingLambda extends TestModule {
        DoubleUnaryOperator last;

        @Override
        public void process(final Block block) {
            final int frames = block.frames();
            last = x -> x * frames; // CapturingLambda
        }
    }

    @Seeded(Category.LAMBDA)
    static final class LambdaOfItsOwn extends TestModule {
        DoubleUnaryOperator last;

        @Override
        public void process(final Block block) {
            last = x -> 2 * x; // LambdaOfItsOwn
        }
    }

    @Seeded(Category.LAMBDA)
    static final class MethodReference extends TestModule {
        Runnable last;

        @Override
        public void process(final Block block) {
            last = this::reset; // MethodReference
        }
    }

    @Seeded(Category.STRING)
    static final class Concatenation extends TestModule {
        String last = "";

        @Override
        public void process(final Block block) {
            last = "frames " + block.frames(); // Concatenation
        }
    }

    @Seeded(Category.STRING)
    static final class Builder extends TestModule {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void process(final Block block) {
            text.append(block.frames()); // Builder
        }
    }

    @Seeded(Category.STRING)
    static final class Format extends TestModule {
        private static final Object[] NONE = {};
        String last;

        @Override
        public void process(final Block block) {
            last = String.format("ready", NONE); // Format
        }
    }

    @Seeded(Category.STRING)
    static final class TextOfANumber extends TestModule {
        String last;

        @Override
        public void process(final Block block) {
            last = String.valueOf(block.frames()); // TextOfANumber
        }
    }

    @Seeded(Category.ITERATOR)
    static final class LoopOverAList extends TestModule {
        private final List<Shape> shapes = new ArrayList<>();
        double last;

        @Override
        public void process(final Block block) {
            for (final Shape shape : shapes) { // LoopOverAList
                last = shape == null ? 0 : 1;
            }
        }
    }

    @Seeded(
            value = Category.ITERATOR,
            path = {"process", "iterator"})
    static final class IteratorOfItsOwn extends TestModule {
        private final Steps steps = new Steps();
        Iterator<Object> last;

        static final class Steps implements Iterable<Object> {
            @Override
            public Iterator<Object> iterator() {
                return new Step(); // IteratorOfItsOwn
            }
        }

        static final class Step implements Iterator<Object> {
            @Override
            public boolean hasNext() {
                return false;
            }

            @Override
            public Object next() {
                return this;
            }
        }

        @Override
        public void process(final Block block) {
            last = steps.iterator();
        }
    }
}

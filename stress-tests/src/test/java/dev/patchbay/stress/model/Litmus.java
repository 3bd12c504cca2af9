// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small programs without branches, for the model and for the axioms. */
final class Litmus {
    private Litmus() {}

    /** What an operation does. What is stored is the number of the operation in the program, from 1. */
    enum Kind {
        LOAD,
        STORE,
        UPDATE,
        COMPARE
    }

    private static final Kind[] KINDS = {
        Kind.LOAD,
        Kind.LOAD,
        Kind.LOAD,
        Kind.STORE,
        Kind.STORE,
        Kind.STORE,
        Kind.UPDATE,
        Kind.COMPARE
    };

    /** An operation; compared by identity. */
    static final class Op {
        private final Kind kind;
        private final int location;
        private final Order order;
        private final int expected;
        private final int fences;

        Op(
                final Kind kind,
                final int location,
                final Order order,
                final int expected,
                final int fences) {
            this.expected = expected;
            this.fences = fences;
            this.kind = kind;
            this.location = location;
            this.order = order;
        }

        Kind kind() {
            return kind;
        }

        /** Whether an acquire fence stands right before it. */
        boolean isBehindAcquire() {
            return (fences & 1) != 0;
        }

        /** Whether a release fence stands right before it, behind any acquire fence. */
        boolean isBehindRelease() {
            return (fences & 2) != 0;
        }

        int location() {
            return location;
        }

        Order order() {
            return order;
        }

        /** The value that a compare-and-set expects. */
        int expected() {
            return expected;
        }

        @Override
        public String toString() {
            return (isBehindAcquire() ? "acquire fence, " : "")
                    + (isBehindRelease() ? "release fence, " : "")
                    + (kind + " " + (char) ('x' + location) + " " + order + " " + expected);
        }
    }

    /** The operations of each thread. */
    record Program(int locations, List<List<Op>> threads) {
        Scenario scenario() {
            return setup -> {
                final ModelBuffer memory = setup.memory(8 * locations);
                int value = 1;
                for (int t = 0; t < threads.size(); t++) {
                    final int first = value;
                    final List<Op> ops = threads.get(t);
                    value += ops.size();
                    setup.actor("t" + t, () -> run(memory, ops, first));
                }
            };
        }

        private static void run(final ModelBuffer memory, final List<Op> ops, final int first) {
            int value = first;
            for (final Op op : ops) {
                final int at = 8 * op.location();
                if (op.isBehindAcquire()) {
                    memory.acquireFence();
                }
                if (op.isBehindRelease()) {
                    memory.releaseFence();
                }
                switch (op.kind()) {
                    case LOAD -> memory.get(at, 8, op.order());
                    case STORE -> memory.put(at, 8, op.order(), value);
                    case UPDATE -> memory.getAndSet(at, 8, op.order(), value);
                    case COMPARE ->
                            memory.compareAndExchange(at, 8, op.order(), op.expected(), value);
                    default -> throw new IllegalStateException();
                }
                value++;
            }
        }

        static Program random(final Random random) {
            final int locations = 1 + random.nextInt(3);
            final int count = 2 + random.nextInt(3);
            final List<List<Op>> threads = new ArrayList<>();
            int left = 7;
            for (int t = 0; t < count; t++) {
                final List<Op> ops = new ArrayList<>();
                final int length = 1 + random.nextInt(4);
                for (int i = 0; i < length && left > 0; i++, left--) {
                    final Op op = op(random, locations);
                    left -= op.kind().compareTo(Kind.UPDATE) >= 0 ? 1 : 0;
                    ops.add(op);
                }
                threads.add(ops);
            }
            return new Program(locations, threads);
        }

        private static Op op(final Random random, final int locations) {
            final Kind kind = KINDS[random.nextInt(KINDS.length)];
            final Order[] orders =
                    switch (kind) {
                        case LOAD -> new Order[] {Order.OPAQUE, Order.ACQUIRE, Order.VOLATILE};
                        case STORE -> new Order[] {Order.OPAQUE, Order.RELEASE, Order.VOLATILE};
                        case UPDATE, COMPARE ->
                                new Order[] {
                                    Order.OPAQUE,
                                    Order.ACQUIRE,
                                    Order.RELEASE,
                                    Order.ACQUIRE_RELEASE,
                                    Order.VOLATILE
                                };
                    };
            return new Op(
                    kind,
                    random.nextInt(locations),
                    orders[random.nextInt(orders.length)],
                    random.nextInt(4),
                    random.nextInt(2) * random.nextInt(4));
        }
    }
}

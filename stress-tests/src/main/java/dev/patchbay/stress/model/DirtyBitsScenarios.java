// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static dev.patchbay.stress.model.PrimitiveScenarios.expect;

import dev.patchbay.atomics.DirtyBits;
import dev.patchbay.atomics.IntCells;

/** Dirty bits, as production runs them: from one setter, from two, and in both directions at once. */
public final class DirtyBitsScenarios {
    private static final int BACK = 64;
    private static final int DATA = 128;
    private static final int BYTES = 256;

    private DirtyBitsScenarios() {}

    /** One side stores values and sets their bits, the other drains so often and then once more when all is over. */
    public static Scenario dirtyBits(final int changes, final int drains) {
        return setup -> {
            final ModelBuffer memory = setup.memory(BYTES);
            setup.name(0, "bits").name(DATA, "values");
            final int[] known = new int[2];
            final DirtyBits bits = new DirtyBits(memory, 0, 1);
            final IntCells values = new IntCells(memory, DATA, 2);
            setup.actor(
                    "setter",
                    () -> {
                        for (int n = 1; n <= changes; n++) {
                            values.setRelease(n % 2, n);
                            bits.set(63 * (n % 2));
                        }
                    });
            final Runnable drain =
                    () -> {
                        final long taken = bits.drain(0);
                        expect((taken & ~(1L << 63 | 1)) == 0, "no bit is set but these");
                        for (int i = 0; i < 2; i++) {
                            if ((taken >>> 63 * i & 1) != 0) {
                                known[i] = values.getAcquire(i);
                            }
                        }
                    };
            setup.actor(
                    "drainer",
                    () -> {
                        for (int n = 0; n < drains; n++) {
                            drain.run();
                        }
                    });
            setup.check(
                    () -> {
                        drain.run();
                        for (int i = 0; i < 2; i++) {
                            expect(
                                    known[i] == changes - Math.floorMod(changes - i, 2),
                                    "no change is lost");
                        }
                    });
        };
    }

    /** Two setters of one word, each with a value of its own that changes so often; the third side drains once and in the end. */
    public static Scenario twoSetters(final int changes) {
        return setup -> {
            final ModelBuffer memory = setup.memory(BYTES);
            setup.name(0, "bits").name(DATA, "values");
            final int[] known = new int[2];
            final DirtyBits bits = new DirtyBits(memory, 0, 1);
            for (int setter = 0; setter < 2; setter++) {
                final int own = setter;
                setup.actor(
                        own == 0 ? "setter" : "other setter",
                        () -> {
                            for (int n = 1; n <= changes; n++) {
                                memory.putIntOpaque(DATA + 4 * own, n);
                                bits.set(own);
                            }
                        });
            }
            final Runnable drain =
                    () -> bits.drainEach(bit -> known[bit] = memory.getIntOpaque(DATA + 4 * bit));
            setup.actor("drainer", drain);
            setup.check(
                    () -> {
                        drain.run();
                        expect(known[0] == changes && known[1] == changes, "no change is lost");
                    });
        };
    }

    /** Two sides tell each other by bits of their own and drain the other's; each once more in the end. */
    public static Scenario bothWays(final int changes) {
        return setup -> {
            final ModelBuffer memory = setup.memory(BYTES);
            setup.name(0, "bits there").name(BACK, "bits back").name(DATA, "values");
            final DirtyBits[] bits = {new DirtyBits(memory, 0, 1), new DirtyBits(memory, BACK, 1)};
            final int[] known = new int[2];
            for (int side = 0; side < 2; side++) {
                final int own = side;
                setup.actor(
                        own == 0 ? "first" : "second",
                        () -> {
                            for (int n = 1; n <= changes; n++) {
                                memory.putIntOpaque(DATA + 4 * own, n);
                                bits[own].set(5);
                                if (bits[1 - own].drain(0) != 0) {
                                    known[1 - own] = memory.getIntOpaque(DATA + 4 - 4 * own);
                                }
                            }
                        });
            }
            setup.check(
                    () -> {
                        for (int own = 0; own < 2; own++) {
                            if (bits[own].drain(0) != 0) {
                                known[own] = memory.getIntOpaque(DATA + 4 * own);
                            }
                            expect(known[own] == changes, "no change is lost, either way");
                        }
                    });
        };
    }
}

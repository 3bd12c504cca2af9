// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.Doorbell;
import dev.patchbay.atomics.FloatCells;
import dev.patchbay.atomics.Snapshot;
import dev.patchbay.layout.Heads;
import java.util.Arrays;

/** Patchbay's primitives of single words and cells, as production runs them, each with what it promises. */
public final class PrimitiveScenarios {
    private static final int DATA = 128;
    private static final int BYTES = 256;

    private PrimitiveScenarios() {}

    static void expect(final boolean holds, final String promise) {
        if (!holds) {
            throw new AssertionError("broken: " + promise);
        }
    }

    /**
     * One side stores data and rings so often; the other looks and, where there is nothing new, may go to sleep for good; else it
     * looks again, so often.
     */
    public static Scenario doorbell(final int rings, final int looks) {
        return setup -> {
            final ModelBuffer memory = setup.memory(BYTES);
            setup.name(0, "word").name(8, "asleep").name(DATA, "data");
            final boolean[] wakes = new boolean[rings + 1];
            final int[] slept = {-1};
            setup.actor(
                    "ringer",
                    () -> {
                        final Doorbell bell = new Doorbell(memory, 0, 8);
                        for (int n = 1; n <= rings; n++) {
                            memory.putInt(DATA + 4 * n, n);
                            wakes[n] = bell.ring(n);
                        }
                    });
            setup.actor(
                    "sleeper",
                    () -> {
                        final Doorbell bell = new Doorbell(memory, 0, 8);
                        boolean sleeps = false;
                        for (int look = 0; look < looks && !sleeps; look++) {
                            final int seen = bell.value();
                            for (int n = 1; n <= seen; n++) {
                                expect(
                                        memory.getInt(DATA + 4 * n) == n,
                                        "data comes before its ring");
                            }
                            sleeps = bell.mayWait(seen);
                            if (sleeps) {
                                slept[0] = seen;
                            } else {
                                expect(
                                        memory.getInt(DATA + 4 * seen + 4) == seen + 1,
                                        "data comes before its ring");
                                bell.awake();
                            }
                        }
                    });
            setup.check(
                    () -> {
                        boolean woken = slept[0] < 0 || slept[0] == rings;
                        for (int n = Math.max(slept[0], 0) + 1; n <= rings; n++) {
                            woken |= wakes[n];
                        }
                        expect(woken, "who rings while the other sleeps is told to wake it");
                        expect(
                                memory.getInt(8) == (slept[0] < 0 ? 0 : 1),
                                "who is awake has taken the announcement back");
                    });
            setup.outcome(() -> slept[0] + " " + Arrays.toString(wakes));
        };
    }

    /** One side writes a struct of two words so often, the other reads it so often, each time with two tries. */
    public static Scenario snapshot(final int writes, final int reads) {
        return setup -> {
            final ModelBuffer memory = setup.memory(BYTES);
            setup.name(Heads.SNAPSHOT.offset("sequence"), "sequence").name(DATA, "words");
            final StringBuilder outcome = new StringBuilder();
            setup.actor(
                    "writer",
                    () -> {
                        final Snapshot snapshot = new Snapshot(memory, 0, DATA, 2);
                        for (int n = 1; n <= writes; n++) {
                            snapshot.write(new long[] {n, -n});
                        }
                    });
            setup.actor(
                    "reader",
                    () -> {
                        final Snapshot snapshot = new Snapshot(memory, 0, DATA, 2);
                        final long[] copy = new long[2];
                        long last = 0;
                        for (int n = 0; n < reads; n++) {
                            if (snapshot.read(copy, 2)) {
                                expect(copy[0] == -copy[1], "a copy is whole");
                                expect(copy[0] >= last, "copies do not go back");
                                last = copy[0];
                            }
                            outcome.append(copy[0] == -copy[1] ? last : -1).append(' ');
                        }
                    });
            setup.outcome(() -> outcome);
        };
    }

    /**
     * Two snapshots of one sequence number, as the texts of a role's cell are; the other side reads one and then the other, each with
     * two tries.
     */
    public static Scenario snapshotsOfOneSequence(final int writes) {
        return setup -> {
            final ModelBuffer memory = setup.memory(BYTES);
            setup.name(0, "sequence").name(DATA, "first").name(DATA + 16, "second");
            setup.actor(
                    "writer",
                    () -> {
                        final Snapshot first = new Snapshot(memory, 0, DATA, 2);
                        final Snapshot second = new Snapshot(memory, 0, DATA + 16, 2);
                        for (int n = 1; n <= writes; n++) {
                            first.write(new long[] {n, -n});
                            second.write(new long[] {10 * n, -10 * n});
                        }
                    });
            setup.actor(
                    "reader",
                    () -> {
                        final long[] one = new long[2];
                        final long[] two = new long[2];
                        final boolean hasSecond =
                                new Snapshot(memory, 0, DATA + 16, 2).read(two, 2);
                        final boolean hasFirst = new Snapshot(memory, 0, DATA, 2).read(one, 2);
                        expect(!hasSecond || two[0] == -two[1], "a copy is whole");
                        expect(!hasFirst || one[0] == -one[1], "a copy is whole");
                        expect(
                                !hasFirst || !hasSecond || 10 * one[0] >= two[0],
                                "who sees the second sees the first");
                    });
        };
    }

    /** One side stores two cells and counts; the other sees in the reverse order what was stored. */
    public static Scenario cells() {
        return setup -> {
            final ModelBuffer memory = setup.memory(BYTES);
            setup.name(0, "float 0").name(4, "float 1").name(64, "counter");
            setup.actor(
                    "writer",
                    () -> {
                        final FloatCells floats = new FloatCells(memory, 0, 2);
                        final Counters counters = new Counters(memory, 64, 2);
                        for (int n = 1; n <= 2; n++) {
                            floats.setRelease(0, n);
                            floats.setRelease(1, n);
                            counters.add(0, 1);
                            counters.max(1, n);
                        }
                    });
            setup.actor(
                    "reader",
                    () -> {
                        final FloatCells floats = new FloatCells(memory, 0, 2);
                        final Counters counters = new Counters(memory, 64, 2);
                        final long most = counters.getAcquire(1);
                        final long count = counters.getAcquire(0);
                        final float second = floats.getAcquire(1);
                        final float first = floats.getAcquire(0);
                        expect(count >= most, "a counter's add is seen with what follows");
                        expect(second >= count, "a cell's store is seen with what follows");
                        expect(first >= second, "a cell's store is seen with what follows");
                    });
            setup.check(
                    () ->
                            expect(
                                    new Counters(memory, 64, 2).getAcquire(0) == 2,
                                    "each add counts"));
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.header;

import static dev.patchbay.stress.header.Operations.bit;
import static dev.patchbay.stress.header.Operations.unknown;

import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.DirtyBits;
import dev.patchbay.atomics.Doorbell;
import dev.patchbay.atomics.FloatCells;
import dev.patchbay.atomics.IntCells;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.Role;
import dev.patchbay.stress.model.ModelBuffer;
import dev.patchbay.stress.model.Scenario;
import java.util.Set;

/** Primitives of single words, with each actor in either language; the promises are those of PrimitiveScenarios. */
final class WordScenarios {
    private static final int DATA = 128;
    private static final int BYTES = 256;

    /** What lies behind a section's elements, where nobody may look. */
    private static final long MARK = 1L << 62 | 76;

    private WordScenarios() {}

    static void expect(final boolean holds, final String promise) {
        if (!holds) {
            throw new AssertionError("broken: " + promise);
        }
    }

    /** One side stores data and rings so often; the other looks once and, where there is nothing new, may go to sleep. */
    static Scenario doorbell(final Cast cast, final int rings) {
        return setup -> {
            final ModelBuffer memory = setup.memory(BYTES);
            cast.bind(memory);
            setup.name(0, "word").name(8, "asleep").name(DATA, "data");
            final boolean[] wakes = new boolean[rings + 1];
            final int[] slept = {-1};
            setup.actor(
                    "ringer",
                    () -> {
                        final Operations bell = cast.actor(0, () -> doorbellIn(memory));
                        for (int n = 1; n <= rings; n++) {
                            wakes[n] = bell.is("ring", n);
                        }
                    });
            setup.actor(
                    "sleeper",
                    () -> {
                        final Operations bell = cast.actor(1, () -> doorbellIn(memory));
                        final int seen = (int) bell.call("value");
                        for (int n = 1; n <= seen; n++) {
                            expect(bell.call("data", n) == n, "data comes before its ring");
                        }
                        if (bell.is("may_wait", seen)) {
                            slept[0] = seen;
                        } else {
                            expect(
                                    bell.call("data", seen + 1) == seen + 1,
                                    "data comes before its ring");
                            bell.call("awake");
                            expect(!bell.is("asleep"), "who is awake does not sleep");
                        }
                    });
            setup.check(
                    () -> {
                        boolean woken = slept[0] < 0 || slept[0] == rings;
                        for (int n = Math.max(slept[0], 0) + 1; n <= rings; n++) {
                            woken |= wakes[n];
                        }
                        expect(woken, "who rings while the other sleeps is told to wake it");
                    });
        };
    }

    private static Operations doorbellIn(final ModelBuffer memory) {
        final Doorbell bell = new Doorbell(memory, 0, 8);
        return (operation, a) ->
                switch (operation) {
                    case "ring" -> {
                        memory.putInt(DATA + 4 * (int) a[0], (int) a[0]);
                        yield bit(bell.ring((int) a[0]));
                    }
                    case "value" -> bell.value();
                    case "data" -> memory.getInt(DATA + 4 * (int) a[0]);
                    case "may_wait" -> bit(bell.mayWait((int) a[0]));
                    case "awake" -> {
                        bell.awake();
                        yield 0;
                    }
                    case "asleep" -> memory.getIntOpaque(8);
                    default -> throw unknown(operation);
                };
    }

    /** One side stores values and sets their bits, the other drains so often and then once more when all is over. */
    static Scenario dirtyBits(final Cast cast, final int changes, final int drains) {
        final Place place =
                Place.of(
                        r ->
                                r.bitset("it", "", Set.of(Role.CONTROL), Role.RT, 64)
                                        .array("values", "", Role.CONTROL, FieldType.INT32, 2));
        final int values = place.elements("values");
        return setup -> {
            final ModelBuffer memory = setup.memory(place.image());
            cast.bind(memory, place.section());
            setup.name(place.section().elementOffset(0), "bits").name(values, "values");
            final int behind = place.section().elementOffset(1);
            memory.putLong(behind, MARK);
            final int[] known = new int[2];
            setup.actor(
                    "setter",
                    () -> {
                        final Operations setter = cast.actor(0, () -> bitsIn(memory, place));
                        for (int n = 1; n <= changes; n++) {
                            setter.call("change", values, n);
                        }
                        expect(setter.call("beyond") == 0, "there is no bit beyond the last");
                    });
            final Runnable drain =
                    () -> {
                        final Operations drainer = cast.actor(1, () -> bitsIn(memory, place));
                        final long taken = drainer.call("drain");
                        expect((taken & ~(1L << 63 | 1)) == 0, "no bit is set but these");
                        for (int i = 0; i < 2; i++) {
                            if ((taken >>> 63 * i & 1) != 0) {
                                known[i] = (int) drainer.call("value", values, i);
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
                            expect(known[i] == memory.getInt(values + 4 * i), "no change is lost");
                        }
                        expect(memory.getLong(behind) == MARK, "what is behind is not touched");
                    });
        };
    }

    private static Operations bitsIn(final ModelBuffer memory, final Place place) {
        final DirtyBits bits = DirtyBits.over(memory, place.section());
        final IntCells cells = new IntCells(memory, place.elements("values"), 2);
        return (operation, a) ->
                switch (operation) {
                    case "change" -> {
                        cells.setRelease((int) a[1] % 2, (int) a[1]);
                        bits.set(63 * ((int) a[1] % 2));
                        yield 0;
                    }
                    case "drain" -> bits.drain(0);
                    case "value" -> cells.getAcquire((int) a[1]);
                    case "beyond" -> 0;
                    default -> throw unknown(operation);
                };
    }

    /** One side stores two cells and counts; the other sees in the reverse order what was stored. */
    static Scenario cells(final Cast cast) {
        final Place place =
                Place.of(
                        r ->
                                r.counters("it", "", Role.CONTROL, "added", "most")
                                        .array("cells", "", Role.CONTROL, FieldType.FLOAT32, 2));
        final int cells = place.elements("cells");
        return setup -> {
            final ModelBuffer memory = setup.memory(place.image());
            cast.bind(memory, place.section());
            setup.name(place.section().elementOffset(0), "counters").name(cells, "cells");
            final int behind = place.section().elementOffset(2);
            memory.putLong(behind, -MARK);
            setup.actor(
                    "writer",
                    () -> {
                        final Operations writer = cast.actor(0, () -> cellsIn(memory, place));
                        for (int n = 1; n <= 2; n++) {
                            writer.call("store", cells, n);
                        }
                        expect(writer.call("beyond") == 0, "there is no counter beyond the last");
                    });
            setup.actor(
                    "reader",
                    () -> {
                        final Operations reader = cast.actor(1, () -> cellsIn(memory, place));
                        final long most = reader.call("counter", 1);
                        final long count = reader.call("counter", 0);
                        final long second = reader.call("cell", cells, 1);
                        final long first = reader.call("cell", cells, 0);
                        expect(count >= most, "a counter's add is seen with what follows");
                        expect(second >= count, "a cell's store is seen with what follows");
                        expect(first >= second, "a cell's store is seen with what follows");
                    });
            setup.check(
                    () -> {
                        final Counters counters = Counters.over(memory, place.section());
                        expect(counters.getAcquire(0) == 2, "each add counts");
                        expect(counters.getAcquire(1) == 2, "the most is kept");
                        expect(memory.getLong(behind) == -MARK, "what is behind is not touched");
                    });
        };
    }

    private static Operations cellsIn(final ModelBuffer memory, final Place place) {
        final FloatCells floats = new FloatCells(memory, place.elements("cells"), 2);
        final Counters counters = Counters.over(memory, place.section());
        return (operation, a) ->
                switch (operation) {
                    case "store" -> {
                        floats.setRelease(0, a[1]);
                        floats.setRelease(1, a[1]);
                        counters.add(0, 1);
                        counters.max(1, a[1]);
                        yield 0;
                    }
                    case "cell" -> (long) floats.getAcquire((int) a[1]);
                    case "counter" -> counters.getAcquire((int) a[0]);
                    case "beyond" -> 0;
                    default -> throw unknown(operation);
                };
    }
}

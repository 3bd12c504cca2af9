// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static dev.patchbay.stress.model.PrimitiveScenarios.expect;

import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.Histogram;
import dev.patchbay.layout.Role;

/** Counters and histograms, as production runs them, with what they promise. */
public final class CounterScenarios {
    private CounterScenarios() {}

    /** One side adds, raises and sets twice; the other sees in the reverse order what was stored. */
    public static Scenario counters() {
        return setup -> {
            final ModelBuffer memory = setup.memory(64);
            setup.name(0, "sum").name(8, "most").name(16, "set");
            setup.actor(
                    "writer",
                    () -> {
                        final Counters counters = new Counters(memory, 0, 3);
                        for (int n = 1; n <= 2; n++) {
                            counters.add(0, 1);
                            counters.max(1, n);
                            counters.setRelease(2, n);
                        }
                        counters.max(1, 1);
                    });
            setup.actor(
                    "reader",
                    () -> {
                        final Counters counters = new Counters(memory, 0, 3);
                        final long set = counters.getAcquire(2);
                        final long most = counters.getAcquire(1);
                        final long sum = counters.getAcquire(0);
                        expect(most >= set, "who sees what was set sees what was raised before");
                        expect(sum >= most, "who sees what was raised sees what was added before");
                    });
            setup.check(
                    () -> {
                        final Counters counters = new Counters(memory, 0, 3);
                        expect(counters.getAcquire(0) == 2, "each add counts");
                        expect(counters.getAcquire(1) == 2, "the most stays");
                        expect(counters.getAcquire(2) == 2, "what was set last stays");
                    });
        };
    }

    /** One side counts values at the edges of buckets; the other finds that the first count comes before the second. */
    public static Scenario histogram() {
        final SectionScenarios.Place place =
                SectionScenarios.Place.of(r -> r.histogram("it", "", Role.RT));
        final int buckets = place.section().count();
        final long[] values = {-1, 0, 15, 16, 31, 32, 1_000_003, Long.MAX_VALUE};
        return setup -> {
            final ModelBuffer memory = setup.memory(place.image());
            setup.name(place.section().elementOffset(0), "buckets");
            setup.actor(
                    "writer",
                    () -> {
                        final Histogram histogram = new Histogram(memory, place.section());
                        for (final long value : values) {
                            histogram.record(value);
                        }
                    });
            setup.actor(
                    "reader",
                    () -> {
                        final Counters counts = Counters.over(memory, place.section());
                        final long second = counts.getAcquire(15);
                        final long first = counts.getAcquire(0);
                        expect(first == 2 || second == 0, "counts come in their order");
                    });
            setup.check(
                    () -> {
                        final Counters counts = Counters.over(memory, place.section());
                        long all = 0;
                        for (int i = 0; i < buckets; i++) {
                            all += counts.getAcquire(i);
                        }
                        expect(all == values.length, "each value is counted once");
                        expect(counts.getAcquire(buckets - 1) == 1, "the largest is in the last");
                        for (final long value : values) {
                            final int bucket = Histogram.bucketOf(value);
                            expect(
                                    Histogram.lowestOf(bucket) >= 0
                                            && Histogram.lowestOf(bucket) <= Math.max(0, value)
                                            && (Histogram.lowestOf(bucket + 1) > value
                                                    || Histogram.lowestOf(bucket + 1) < 0),
                                    "a value lies within its bucket");
                            expect(
                                    counts.getAcquire(Math.min(bucket, buckets - 1)) > 0,
                                    "a value is counted in its bucket");
                        }
                    });
        };
    }
}

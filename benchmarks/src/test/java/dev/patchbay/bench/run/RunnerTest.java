// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.patchbay.bench.plan.BenchException;
import dev.patchbay.bench.plan.Benchmark;
import dev.patchbay.bench.plan.Launch;
import dev.patchbay.bench.plan.Receipt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerTest {
    @TempDir private Path folder;

    private final List<String> order = new ArrayList<>();

    private Launch noting(final String name) {
        return bench -> {
            order.add(name);
            return Fake.receipt(order.size());
        };
    }

    private Benchmark benchmark(final String name) {
        return Fake.benchmark(name, noting("a"), noting("b"), noting("c"));
    }

    private Measurement onFile(final String name, final String key) {
        return Samples.in(folder, Fake.bench(folder, 1).effort()).read(name, key);
    }

    @Test
    void everySecondRoundGoesBackwards() throws InterruptedException {
        assertEquals(List.of(), Fake.runner(folder, 4, "key").run(List.of(benchmark("x")), false));
        assertEquals(List.of("a", "b", "c", "c", "b", "a", "a", "b", "c", "c", "b", "a"), order);
    }

    @Test
    void theRoundsOnFileHaveEachContendersReceiptAndTheNoise() throws InterruptedException {
        Fake.runner(folder, 2, "key").run(List.of(benchmark("x")), false);
        final Measurement found = onFile("x", "key");
        assertEquals(2, found.rounds().size());
        assertEquals(new Noise(0.1, 5), found.rounds().get(1).noise());
        // Last of the second round, which goes backwards.
        assertEquals(Fake.receipt(6), found.rounds().get(1).receipts().get("ours"));
        assertEquals(4, found.figures().of("other")[1]);
        assertEquals(12, found.details("ours", "p99")[1]);
        assertNull(onFile("x", "another key"), "what another program measured does not count");
    }

    @Test
    void aContenderThatDoesLessEndsItsBenchmarkWithASentenceAndTheNextIsMeasured()
            throws InterruptedException {
        final Launch cheat = bench -> new Receipt(1e9, 10, 7, 21L, 0, 1L, 1, Map.of());
        final List<String> failures =
                Fake.runner(folder, 3, "key")
                        .run(
                                List.of(
                                        Fake.benchmark("x", noting("a"), cheat, noting("c")),
                                        benchmark("y")),
                                false);
        assertEquals(List.of("x: peer in round 1: 10 were sent, but 7 arrived."), failures);
        assertNull(onFile("x", "key"));
        assertEquals(3, onFile("y", "key").rounds().size());
    }

    @Test
    void aContenderThatCrashesIsNamedWithWhatItSaid() throws InterruptedException {
        final Launch crash =
                bench -> {
                    throw new BenchException("its process ended with status 139, expected 0.");
                };
        assertEquals(
                List.of("x: ours in round 1: its process ended with status 139, expected 0."),
                Fake.runner(folder, 3, "key")
                        .run(List.of(Fake.benchmark("x", crash, noting("b"), noting("c"))), false));
    }

    @Test
    void aRunThatIsResumedAddsTheRoundsThatAreMissing() throws InterruptedException {
        Fake.runner(folder, 3, "key").run(List.of(benchmark("x")), false);
        order.clear();
        Fake.runner(folder, 5, "key").run(List.of(benchmark("x")), true);
        // The fourth round goes backwards, as it would have in one run.
        assertEquals(List.of("c", "b", "a", "a", "b", "c"), order);
        assertEquals(5, onFile("x", "key").rounds().size());
    }

    @Test
    void aRunThatIsNotResumedBeginsAnewAndSoDoesOneOfAnotherProgram() throws InterruptedException {
        Fake.runner(folder, 3, "key").run(List.of(benchmark("x")), false);
        Fake.runner(folder, 2, "key").run(List.of(benchmark("x")), false);
        assertEquals(2, onFile("x", "key").rounds().size());
        Fake.runner(folder, 1, "new key").run(List.of(benchmark("x")), true);
        assertEquals(1, onFile("x", "new key").rounds().size());
    }
}

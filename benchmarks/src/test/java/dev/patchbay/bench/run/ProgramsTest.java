// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.bench.plan.Benchmark;
import dev.patchbay.bench.plan.Contender;
import dev.patchbay.bench.plan.Receipt;
import dev.patchbay.bench.plan.Workbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contenders in C and C++ as they are compiled, and processes of each kind, for a moment each. */
class ProgramsTest {
    @TempDir private static Path folder;

    private static Workbench bench;

    @BeforeAll
    static void compile() throws InterruptedException {
        bench = Fake.bench(folder, 1);
        new Toolchain(folder).compile(Catalogue.programs(new Catalogue().all()));
    }

    private static List<String> wrong(final Contender contender) throws InterruptedException {
        final List<String> wrong = new ArrayList<>();
        final Receipt receipt = contender.launch().measure(bench);
        if (receipt.wrong() != null) {
            wrong.add(contender.name() + ": " + receipt.wrong());
        }
        return wrong;
    }

    @Test
    void everyProgramDoesItsWork() throws InterruptedException {
        final List<String> wrong = new ArrayList<>();
        for (final Benchmark benchmark : new Catalogue().all()) {
            for (final Contender contender : benchmark.contenders()) {
                if (contender.launch() instanceof NativeLaunch) {
                    wrong.addAll(wrong(contender));
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void processesInBothLanguagesWorkTogetherAndLeaveNothing()
            throws InterruptedException, IOException {
        for (final String name :
                List.of("process-c-java-single", "process-java-c-latency", "process-c-c-batch")) {
            final Benchmark benchmark = new Catalogue().named(List.of(name)).get(0);
            for (final Contender contender : benchmark.contenders()) {
                assertEquals(List.of(), wrong(contender), name);
            }
        }
        try (var left = Files.list(folder)) {
            assertEquals(
                    List.of(),
                    left.filter(path -> path.getFileName().toString().startsWith("region-"))
                            .toList());
        }
    }

    @Test
    void aBenchmarkInJavaForksAndCounts() throws InterruptedException {
        final Benchmark benchmark = new Catalogue().named(List.of("spsc-java-latency")).get(0);
        assertNull(benchmark.ours().launch().measure(bench).wrong());
    }

    @Test
    void theNoiseIsAShareOfTheTime() throws InterruptedException {
        final Noise noise = Noise.measure(bench);
        assertTrue(noise.lostPercent() >= 0 && noise.lostPercent() <= 100, noise::toString);
        assertTrue(noise.longestMicros() >= 0, noise::toString);
        assertEquals(Set.of(Program.NOISE), Catalogue.programs(List.of()));
    }
}

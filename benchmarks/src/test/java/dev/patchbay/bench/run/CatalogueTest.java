// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.bench.plan.BenchException;
import dev.patchbay.bench.plan.Benchmark;
import dev.patchbay.bench.plan.Effort;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private final Catalogue catalogue = new Catalogue();

    private List<String> names(final String... wanted) {
        return catalogue.named(List.of(wanted)).stream().map(Benchmark::name).toList();
    }

    @Test
    void aNameOrItsFirstWordsChooseInTheOrderOfTheCatalogue() {
        assertEquals(List.of("call-down"), names("call-down"));
        assertEquals(
                List.of("spsc-java-single", "spsc-java-batch", "spsc-java-latency", "call-up"),
                names("call-up", "spsc-java", "spsc-java-batch"));
        assertEquals(catalogue.all(), catalogue.named(List.of()));
    }

    @Test
    void anUnknownNameIsASentenceWithThoseThatThereAre() {
        for (final String name : List.of("nonsense", "sps", "spsc-", "")) {
            final String said =
                    assertThrows(BenchException.class, () -> names("call-up", name)).getMessage();
            assertTrue(
                    said.startsWith("There is no benchmark \"" + name + "\". There are: "), said);
            catalogue.all().forEach(one -> assertTrue(said.contains(one.name()), said));
        }
    }

    @Test
    void noNameIsThereTwice() {
        final List<String> names = names();
        assertEquals(names.size(), names.stream().distinct().count());
    }

    @Test
    void everyProgramTakesPart() {
        assertEquals(EnumSet.allOf(Program.class), Catalogue.programs(catalogue.all()));
    }

    @Test
    void aQuickRunFitsTenMinutesAndAFullOneTwoHours() {
        assertTrue(minutes(Effort.QUICK) <= 9.5, minutes(Effort.QUICK) + " minutes");
        assertTrue(minutes(Effort.FULL) <= 110, minutes(Effort.FULL) + " minutes");
    }

    /** What the plan takes: the stated times, and the start of a process as measured on two cores, 0.3 s in Java. */
    private double minutes(final Effort effort) {
        double millis = 0;
        for (final Benchmark benchmark : catalogue.all()) {
            for (final var contender : benchmark.contenders()) {
                final boolean isNative =
                        contender.launch() instanceof NativeLaunch
                                || contender.launch() instanceof PairLaunch
                                        && ((PairLaunch) contender.launch()).programs().size() == 2;
                millis +=
                        effort.measureMillis()
                                + (isNative
                                        ? effort.nativeWarmMillis() + 10
                                        : effort.javaWarmMillis() + 300);
            }
            millis += 60;
        }
        return millis * effort.rounds() / 60_000;
    }
}

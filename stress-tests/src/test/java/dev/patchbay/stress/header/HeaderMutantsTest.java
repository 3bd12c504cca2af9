// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.header;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.stress.Page;
import dev.patchbay.stress.header.HeaderJvm.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the model finds where the header is broken; `./patchbay stress --only header-model` has all of it. */
class HeaderMutantsTest {
    @TempDir private Path folder;

    private List<Result> mutants(final String primitive) throws Exception {
        final HeaderPrimitive of =
                HeaderPrimitive.ALL.stream()
                        .filter(p -> p.name().equals(primitive))
                        .findFirst()
                        .orElseThrow();
        final int count = of.mutants(ModelHeader.text()).size();
        final List<Result> results =
                new HeaderJvm(CCompiler.installed().get(0), folder, primitive)
                        .run(0, count - 1, r -> {});
        assertEquals(count, results.size(), "each mutant has a result");
        return results;
    }

    @Test
    void theDoorbellNeedsEachOfItsOrdersButTheListed() throws Exception {
        final List<Result> results = mutants("doorbell");
        assertEquals(List.of(), Survivors.listed().differences(results));
        assertTrue(
                results.stream()
                        .anyMatch(
                                r ->
                                        r.what().equals("pb_doorbell_ring#2 SEQ_CST->ACQUIRE")
                                                && r.detail().contains("told to wake it")),
                "a doorbell that loses wake-ups is found: " + results);
    }

    /** The list of survivors is right wherever a run of all mutants is, so the numbers follow from it and the header. */
    @Test
    void thePageHasEachPrimitiveWithItsMutants() throws IOException {
        final List<String> lines = new ArrayList<>();
        lines.add("| primitive | mutants | found | survive | of orders | found | survive |");
        lines.add("|---|---:|---:|---:|---:|---:|---:|");
        final List<HeaderMutant> all = new ArrayList<>();
        for (final HeaderPrimitive primitive : HeaderPrimitive.ALL) {
            final List<HeaderMutant> mutants = primitive.mutants(ModelHeader.text());
            all.addAll(mutants);
            lines.add("| " + primitive.name() + counts(mutants));
        }
        lines.add("| *all of these*" + counts(all));
        new Page("proof.md").assertHas("header mutants", HeaderMutantsTest.class, lines);
    }

    private static String counts(final List<HeaderMutant> mutants) {
        final List<HeaderMutant> orders =
                mutants.stream().filter(HeaderMutant::weakensAnOrder).toList();
        final long survive = survivors(mutants);
        final long surviveOfOrders = survivors(orders);
        return String.format(
                Locale.ROOT,
                " | %d | %d | %d | %d | %d | %d |",
                mutants.size(),
                mutants.size() - survive,
                survive,
                orders.size(),
                orders.size() - surviveOfOrders,
                surviveOfOrders);
    }

    private static long survivors(final List<HeaderMutant> mutants) {
        final Survivors listed = Survivors.listed();
        return mutants.stream().filter(m -> listed.reason(m.name()) != null).count();
    }

    @Test
    void aLoopWithoutEndIsFoundByTheTimeItTakesOfTheProcessorAndTheOthersAreRunAfterIt()
            throws Exception {
        final HeaderPrimitive meters =
                HeaderPrimitive.ALL.stream()
                        .filter(p -> p.name().equals("meters"))
                        .findFirst()
                        .orElseThrow();
        final List<String> names =
                meters.mutants(ModelHeader.text()).stream().map(HeaderMutant::name).toList();
        final int endless = names.indexOf("pb_meter_writer_pass if#1 false");
        final List<Result> results =
                new HeaderJvm(CCompiler.installed().get(0), folder, "meters")
                        .run(endless, endless + 1, r -> {});
        assertEquals(
                List.of("hung the process", false),
                List.of(results.get(0).detail(), results.get(0).passed()));
        assertEquals(List.of(endless, endless + 1), results.stream().map(Result::number).toList());
    }

    @Test
    void everyOrderBelongsToAPrimitiveAndEveryEntryToTheHeader() {
        assertTrue(
                HeaderModelPart.whole(null).passed(), () -> HeaderModelPart.whole(null).detail());
    }

    @Test
    void eachWeakerOrderAndEachForcedConditionIsAMutant() {
        final String header =
                """
static inline int pb_it(int *word)
{
    /* __ATOMIC_SEQ_CST in a comment, if (it) were one */
    int seen = 1;
    if (__atomic_load_n(word, __ATOMIC_ACQUIRE) == 0)
        return __atomic_compare_exchange_n(word, &seen, 2, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
    __atomic_store_n(word, __atomic_load_n(word, __ATOMIC_RELAXED), __ATOMIC_SEQ_CST);
    return 0;
}
""";
        final List<HeaderMutant> mutants = HeaderMutant.of(header);
        assertEquals(
                List.of(
                        "pb_it#1 ACQUIRE->RELAXED",
                        "pb_it#2 ACQ_REL->ACQUIRE",
                        "pb_it#2 ACQ_REL->RELEASE",
                        "pb_it#2 ACQ_REL->RELAXED",
                        "pb_it#3 ACQUIRE->RELAXED",
                        "pb_it#5 SEQ_CST->RELEASE",
                        "pb_it#5 SEQ_CST->RELAXED",
                        "pb_it if#1 true",
                        "pb_it if#1 false"),
                mutants.stream().map(HeaderMutant::name).toList());
        assertTrue(
                mutants.get(7)
                        .header()
                        .contains("if ((void)(__atomic_load_n(word, __ATOMIC_ACQUIRE) == 0), 1)"));
        assertFalse(mutants.get(0).header().equals(header));
    }
}

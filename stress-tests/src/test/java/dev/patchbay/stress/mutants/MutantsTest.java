// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.atomics.Doorbell;
import dev.patchbay.stress.Page;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is broken in a primitive, the scenarios find it out, but for what is explained. */
class MutantsTest {
    private static final String LOST = "who rings while the other sleeps is told to wake it";

    /**
     * Whose mutants go through all of the shared queue's executions, half a minute: {@code ./patchbay stress --parts mutants} has them.
     */
    private static final Set<String> IN_THE_RUN_ALONE = Set.of("Lane");

    static Stream<String> subjects() {
        return Examination.subjects().stream()
                .filter(name -> !IN_THE_RUN_ALONE.contains(Primitives.simple(name)));
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void areFoundOut(final String subject) throws InterruptedException {
        final Examination examination = new Examination(subject);
        final List<Result> results = examination.run(line -> {});
        assertTrue(
                results.isEmpty() || results.stream().anyMatch(r -> r.fate() == Result.Fate.KILLED),
                "none was found out");
        assertEquals("", String.join("\n", Survivors.explained().problems(subject, results)));
        assertEquals(
                examination.expected(Survivors.explained()),
                Tally.of(results, examination.checks()),
                "a run finds what the page of the proof tells");
    }

    @Test
    void thePageHasEachClassWithItsMutants() throws IOException {
        final List<String> lines = new ArrayList<>();
        lines.add("| class | mutants | killed | survive | not reached | argument checks |");
        lines.add("|---|---:|---:|---:|---:|---:|");
        Tally all = new Tally(0, 0, 0, 0);
        for (final String subject : Examination.subjects()) {
            final Tally tally = new Examination(subject).expected(Survivors.explained());
            if (tally.mutants() > 0) {
                all = all.plus(tally);
                lines.add(row(Primitives.simple(subject), tally));
            }
        }
        lines.add(row("*all of these*", all));
        new Page("proof.md").assertHas("mutants", MutantsTest.class, lines);
    }

    private static String row(final String name, final Tally tally) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %d |",
                name,
                tally.mutants(),
                tally.killed(),
                tally.survive(),
                tally.notReached(),
                tally.checks());
    }

    @Test
    void noClassThatAccessesSharedMemoryIsLeftOut() {
        assertEquals(
                List.of(), Survivors.explained().problemsOfClasses(Primitives.withoutScenario()));
    }

    @Test
    void aDoorbellThatLosesWakeUpsIsFoundOutForThat() throws InterruptedException {
        final List<Result> results = new Examination(Doorbell.class.getName()).run(line -> {});
        for (final String mutant :
                List.of(
                        "Doorbell.ring#1 putIntVolatile: volatile -> release",
                        "Doorbell.ring#2 getIntVolatile: volatile -> acquire",
                        "Doorbell.mayWait#1 putIntVolatile: volatile -> release",
                        "Doorbell.mayWait#2 getIntVolatile: volatile -> acquire")) {
            final Result result =
                    results.stream().filter(r -> r.name().equals(mutant)).findAny().orElseThrow();
            assertEquals(Result.Fate.KILLED, result.fate(), mutant);
            assertEquals(LOST, result.how(), mutant);
        }
    }

    @Test
    void aSurvivorNeedsAReasonAndAReasonASurvivor() {
        final Survivors survivors =
                Survivors.parse(
                        """
                        # a comment
                        Nothing reads it.
                            Doorbell.awake#1 putIntRelease: release -> opaque
                            Doorbell.ring#1 putIntVolatile: left out
                        Another's.
                            DoorbellOfAnother.ring#1 putIntVolatile: left out
                        """);
        final List<Result> results =
                List.of(
                        survivor("Doorbell.awake#1 putIntRelease: release -> opaque"),
                        new Result(
                                "Doorbell.ring#1 putIntVolatile: left out",
                                7,
                                Result.Fate.KILLED,
                                "race",
                                "doorbell"),
                        survivor("Doorbell.value#1 getIntAcquire: acquire -> opaque"));
        assertEquals(
                List.of(
                        "survives: Doorbell.value#1 getIntAcquire: acquire -> opaque (line 7)",
                        "explained in survivors.txt but killed or gone: Doorbell.ring#1"
                                + " putIntVolatile: left out"),
                survivors.problems(Doorbell.class.getName(), results));
        assertEquals("Nothing reads it.", survivors.reason(results.get(0)));
    }

    private static Result survivor(final String name) {
        return new Result(name, 7, Result.Fate.SURVIVED, "", "");
    }

    @Test
    void aClassWithoutAScenarioNeedsAReasonAndAReasonSuchAClass() {
        final Survivors survivors = Survivors.parse("Not yet.\n    Ring\n    Other\n");
        assertEquals(
                List.of(
                        "hole: no scenario has the subject Queue",
                        "explained in survivors.txt but proved or gone: Other"),
                survivors.problemsOfClasses(Set.of("Queue", "Ring")));
    }

    @Test
    void aListOfReasonsThatContradictsItselfIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Survivors.parse("  A.b: left out\n"));
        assertThrows(
                IllegalArgumentException.class,
                () -> Survivors.parse("One.\n  A.b\nTwo.\n  A.b\n"));
    }
}

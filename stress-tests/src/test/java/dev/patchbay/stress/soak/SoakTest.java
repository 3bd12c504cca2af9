// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.Role;
import dev.patchbay.stress.run.Context;
import dev.patchbay.stress.run.Plan;
import dev.patchbay.stress.run.Unit;
import dev.patchbay.stress.run.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, really killed. {@code -Dpatchbay.soak.mode=TOUGH -Dpatchbay.soak.seed=N} runs more. */
class SoakTest {
    private static final Plan PLAN =
            new Plan(
                    Plan.Mode.valueOf(System.getProperty("patchbay.soak.mode", "SANITY")),
                    Long.getLong("patchbay.soak.seed", System.nanoTime()));

    @TempDir private Path folder;

    @Test
    void inEveryPairingOfLanguagesNothingIsLostTornOrDoubledByKills() throws Exception {
        int pairings = 0;
        for (final Unit unit : new SoakPart().units(PLAN)) {
            final Path own = folder.resolve(Integer.toString(pairings++));
            own.toFile().mkdir();
            final Verdict verdict = unit.run(new Context(PLAN, own, Duration.ZERO, line -> {}));
            assertTrue(verdict.passed(), unit.name() + ": " + verdict.detail());
            System.out.println(unit.name() + ": " + verdict.detail());
            verdict.table().rows().forEach(row -> System.out.println("  " + row));
        }
        assertEquals(4, pairings);
    }

    @Test
    void aReaderThatGivesEventsBackBeforeItHasLookedAtThemIsFoundOut() throws Exception {
        final String found = findOut(Language.JAVA, SoakRegion.READER);
        assertTrue(found.contains("EVENTS: message"), found);
    }

    @Test
    void aProducerThatShowsAnEventBeforeItHasStoredItIsFoundOut() throws Exception {
        final String found = findOut(Language.C, SoakRegion.WRITER);
        assertTrue(found.contains("EVENTS: message"), found);
    }

    @Test
    void aProcessThatTheUserEndedLeavesNoVerdict() throws Exception {
        assertEquals(null, Language.compile(folder));
        try (Soak soak = new Soak(folder, Language.C, Language.C, Language.C, PLAN.seed(), null)) {
            soak.start();
            final ProcessHandle reader =
                    ProcessHandle.current()
                            .children()
                            .filter(child -> isReader(child.info().commandLine().orElse("")))
                            .findFirst()
                            .orElseThrow();
            reader.destroy();
            reader.onExit().join();
            assertThrows(InterruptedException.class, () -> soak.kill());
        }
    }

    private boolean isReader(final String command) {
        return command.contains(folder.toString()) && command.contains(" reader ");
    }

    private String findOut(final Language reader, final Role broken) throws Exception {
        assertEquals(null, Language.compile(folder));
        try (Soak soak = new Soak(folder, Language.C, Language.C, reader, PLAN.seed(), broken)) {
            soak.start();
            final SoakFailure failure =
                    assertThrows(
                            SoakFailure.class,
                            () -> {
                                for (int i = 0; i < 1000; i++) {
                                    soak.kill();
                                }
                            });
            System.out.println("after " + soak.kills() + " kills " + failure.getMessage());
            return failure.getMessage();
        }
    }
}

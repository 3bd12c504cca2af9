// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.demo.JvmLog.Event;
import dev.patchbay.tools.demo.JvmLog.Pause;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The samples were written by JDK 25.0.3, cut after some lines. */
class JvmLogTest {
    @TempDir private Path folder;

    private static JvmLog sample(final String collector) throws URISyntaxException {
        return JvmLog.read(
                Path.of(JvmLogTest.class.getResource("jdk25-" + collector + ".log").toURI()));
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    zgc, 8, 0.085, Pause Mark Start (Major), 8
                    g1, 8, 162.044, Pause Young (Normal) (G1 Evacuation Pause), 8
                    serial, 8, 241.49, Pause Young (Allocation Failure), 8
                    parallel, 8, 188.848, Pause Young (Allocation Failure), 8
                    epsilon, 0, 0, , 0
                    """)
    void eachCollectorsPausesAreReadOnceEach(
            final String collector,
            final int count,
            final double millis,
            final String first,
            final int safepoints)
            throws Exception {
        final List<Pause> pauses = sample(collector).pauses();
        assertEquals(count, pauses.size(), pauses::toString);
        assertEquals(millis, pauses.stream().mapToDouble(Pause::millis).sum(), 1e-9);
        assertEquals(first, pauses.isEmpty() ? null : pauses.get(0).name());
        assertEquals(safepoints, sample(collector).safepoints().size());
    }

    @Test
    void aPauseIsLoggedAtItsEnd() throws Exception {
        final Pause first = sample("g1").pauses().get(0);
        assertEquals(3_201_679_720_292L, first.endNanos());
        assertEquals(3_201_679_720_292L - 7_512_000, first.startNanos());
    }

    @Test
    void aSafepointHasItsTotalTime() throws Exception {
        final Pause first = sample("zgc").safepoints().get(0);
        assertEquals("ZMarkStartYoungAndOld", first.name());
        assertEquals(0.152465, first.millis(), 1e-9);
    }

    @Test
    void compilationsAreCountedAndTheEndOfCompiledCodeIsNot() throws Exception {
        final JvmLog log = sample("epsilon");
        assertEquals(10, log.count(Event.COMPILATION, 0, Long.MAX_VALUE));
        assertEquals(1, log.count(Event.DEOPTIMIZATION, 0, Long.MAX_VALUE));
        assertEquals(4, log.count(Event.CLASS_LOAD, 0, Long.MAX_VALUE));
        assertEquals(0, log.count(Event.COMPILATION, 4_011_590_998_743L, Long.MAX_VALUE));
    }

    @Test
    void codeThatALateClassInvalidatedIsADeoptimization() throws IOException {
        final Path log = folder.resolve("x.log");
        Files.writeString(
                log,
                "[10ns][jit,compilation]  7    4  a.B::c (5 bytes)   made not entrant: marked for"
                    + " deoptimization\n"
                    + "[20ns][jit,compilation]  6    3  a.B::c (5 bytes)   made not entrant: not"
                    + " used\n");
        assertEquals(1, JvmLog.read(log).count(Event.DEOPTIMIZATION, 0, 30));
        assertEquals(0, JvmLog.read(log).count(Event.COMPILATION, 0, 30));
        assertTrue(
                JvmLog.read(log)
                        .between(Event.DEOPTIMIZATION, 0, 30)
                        .get(0)
                        .text()
                        .contains("a.B::c"));
    }

    @Test
    void pausesThatOverlapASpanAreThoseBetween() {
        final List<Pause> all =
                List.of(
                        new Pause(10, 1e-6, "a"),
                        new Pause(20, 5e-6, "b"),
                        new Pause(30, 1e-6, "c"));
        assertEquals(List.of(all.get(1)), JvmLog.between(all, 17, 18));
    }

    @Test
    void rotatedPartsBelongToTheLog() throws IOException {
        final Path log = folder.resolve("x.log");
        Files.writeString(
                log, "[30ns][gc     ] GC(2) Pause Young (Allocation Failure) 2M->1M(9M) 0.002ms\n");
        Files.writeString(
                Path.of(log + ".0"),
                "[10ns][gc     ] GC(0) Pause Full (System.gc()) 2M->1M(9M) 0.001ms\n");
        assertEquals(
                List.of("Pause Full (System.gc())", "Pause Young (Allocation Failure)"),
                JvmLog.read(log).pauses().stream().map(Pause::name).toList());
    }

    @Test
    void aLogThatIsMissingForeignOrIncompleteIsAnError() throws IOException {
        final Path log = folder.resolve("x.log");
        assertTrue(refusal(log).contains("cannot be read"));
        Files.writeString(log, "[0.123s][info][gc] Using G1\n");
        assertTrue(refusal(log).contains("has no line of the form"));
        Files.writeString(
                log, "[10ns][gc] Using Z\n[11ns][] 7 messages dropped due to async logging\n");
        assertTrue(refusal(log).contains("7 lines were dropped"));
    }

    private static String refusal(final Path log) {
        return assertThrows(ToolException.class, () -> JvmLog.read(log)).getMessage();
    }
}

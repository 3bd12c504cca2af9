// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.bench.plan.BenchException;
import dev.patchbay.bench.plan.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On real processes. */
class ProcessesTest {
    @TempDir private Path folder;

    private static List<String> shell(final String script) {
        return List.of("sh", "-c", script);
    }

    private Receipt run(final String reporting, final String... others)
            throws InterruptedException {
        return Processes.run(
                Fake.bench(folder, 1),
                shell(reporting),
                Stream.of(others).map(ProcessesTest::shell).toList());
    }

    private String failure(final String reporting, final String... others) {
        return assertThrows(BenchException.class, () -> run(reporting, others)).getMessage();
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void theReceiptIsWhatTheProcessPrints() throws InterruptedException {
        final Receipt receipt = Fake.receipt(3);
        assertEquals(
                receipt, run("echo a warning >&2; echo '" + receipt.json() + "'", "exec true"));
    }

    @Test
    void aCrashIsToldWithItsStatusAndLastWords() {
        assertEquals(
                "its process ended with status 139, expected 0; it said: oh dear.",
                failure("echo oh dear >&2; kill -SEGV $$"));
        assertEquals(
                "its process ended with status 3, expected 0; it said nothing.", failure("exit 3"));
    }

    @Test
    void aProcessThatSaysNothingOrSomethingElseHasNoReceipt() {
        assertEquals("it said \"\" where its receipt is expected.", failure("true"));
        assertTrue(failure("echo fast").startsWith("it said \"fast\""));
    }

    @Test
    void whereTheOtherProcessFailsTheReportingOneIsNotWaitedFor() {
        assertEquals(
                "its process ended with status 1, expected 0; it said: no region.",
                failure("exec sleep 600", "echo no region >&2; exit 1"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class BenchCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(final String... arguments) {
        return BenchMain.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void anUnknownNameIsAWrongCommandLine() {
        assertEquals(2, run("spsc", "nonsense"));
        assertTrue(
                err.toString()
                        .startsWith(
                                "patchbay bench: There is no benchmark \"nonsense\". There are:"
                                        + " spsc-java-single, "),
                err::toString);
        assertEquals(1, err.toString().lines().count());
    }

    @Test
    void tooFewRoundsAreRefused() {
        assertEquals(2, run("--rounds", "9", "call-down"));
        assertTrue(
                err.toString().startsWith("patchbay bench: --rounds is 9, but must be at least 10"),
                err::toString);
    }

    @Test
    void theListHasBenchmarksGoalsAndContenders() {
        assertEquals(0, run("--list", "spsc-c-batch"));
        assertEquals(6, out.toString().lines().count());
        assertTrue(out.toString().contains("    boost spsc_queue\n"), out::toString);
        assertTrue(out.toString().contains("; goal ≥ 1.2 × best peer\n"), out::toString);
    }
}

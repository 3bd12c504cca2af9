// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.header.HeaderGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    private int run(final String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void theHeaderIsWrittenToAFileOrToStandardOutput() throws IOException {
        final String header =
                HeaderGenerator.generate(StandardRegion.declare(StandardRegion.Counts.DEFAULT));
        assertEquals(0, run("header", "-o", folder.resolve("deep/standard.h").toString()));
        assertEquals(header, Files.readString(folder.resolve("deep/standard.h")));
        assertEquals(0, run("header"));
        assertEquals(header, out.toString());
    }

    @Test
    void theLayoutIsATableOfAllSections() {
        assertEquals(0, run("layout"));
        final var region = StandardRegion.declare(StandardRegion.Counts.DEFAULT);
        region.sections()
                .forEach(s -> assertTrue(out.toString().contains("\n" + s.name() + " "), s.name()));
        assertTrue(out.toString().startsWith("section"), out::toString);
        final int fields = region.structs().stream().mapToInt(t -> t.fields().size()).sum();
        assertEquals(
                region.sections().size() + 3 + 3 * region.structs().size() + fields,
                out.toString().lines().count());
    }

    @Test
    void aWrongCommandLineIsOneSentenceAndStatusTwo() {
        assertEquals(2, run("demo", "--block", "0"));
        assertEquals(
                "patchbay: --block is 0, expected 1 to 8192; \"patchbay demo --help\" lists what is"
                        + " allowed.",
                err.toString().strip());
        assertEquals(2, run());
        assertEquals(2, run("bundle"));
        assertEquals(2, run("frobnicate"));
        assertEquals(4, err.toString().lines().count(), err::toString);
    }

    @Test
    void aFailureIsOneSentenceAndStatusOne() {
        assertEquals(1, run("demo", "--midi", folder.resolve("none.mid").toString()));
        assertEquals(
                "patchbay: "
                        + folder.resolve("none.mid")
                        + " is no file, expected a Standard MIDI File: give one with --midi.",
                err.toString().strip());
        assertEquals(1, run("bundle", "--project", folder.toString(), "-cp", "x", "--output", "y"));
        assertEquals(2, err.toString().lines().count(), err::toString);
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        assertEquals(0, run("--version"));
        assertTrue(out.toString().matches("patchbay \\d+\\.\\d+\\.\\d+.*\\R"), out::toString);
    }
}

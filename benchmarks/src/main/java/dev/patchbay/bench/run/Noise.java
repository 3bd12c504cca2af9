// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.bench.plan.BenchException;
import dev.patchbay.bench.plan.Workbench;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What the machine did to two threads, each tied to one of the processors of the measurements, that only read the clock.
 *
 * @param lostPercent the part of the time in which neither advanced for more than a microsecond, of the worse of the two
 * @param longestMicros the longest such time of either
 */
public record Noise(double lostPercent, double longestMicros) {
    private static final int PATIENCE_SECONDS = 30;
    private static final int MILLIS = 50;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** {@return the noise of a moment} */
    static Noise measure(final Workbench bench) throws InterruptedException {
        final Path program = bench.programs().resolve(Program.NOISE.file());
        try {
            final Process process =
                    new ProcessBuilder(
                                    program.toString(),
                                    Integer.toString(MILLIS),
                                    Integer.toString(bench.firstProcessor()),
                                    Integer.toString(bench.secondProcessor()))
                            .redirectErrorStream(true)
                            .start();
            try {
                // A line, which a pipe holds until it is read.
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new BenchException("The program that measures the noise does not end.");
                }
                final String said =
                        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (process.exitValue() != 0) {
                    throw new BenchException(
                            "The noise could not be measured: " + said.strip() + ".");
                }
                return JSON.readValue(said, Noise.class);
            } finally {
                process.destroyForcibly();
            }
        } catch (final JsonProcessingException e) {
            throw new BenchException("The noise cannot be understood: " + e.getMessage(), e);
        } catch (final IOException e) {
            throw new BenchException("The noise could not be measured: " + e + ".", e);
        }
    }
}

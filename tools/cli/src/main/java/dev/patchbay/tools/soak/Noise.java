// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * How late a bare thread woke that does nothing but wake at the times of blocks, with the same priority: the machine's own noise, by
 * {@code patchbay-host noise}.
 *
 * @param scheduling what the thread was granted
 * @param missed times for which it woke only after the next one
 * @param dueNanos when it was to wake, on CLOCK_MONOTONIC
 * @param lateNanos how much later it woke
 */
public record Noise(String scheduling, long missed, long[] dueNanos, long[] lateNanos) {
    static Noise read(final Path file) {
        try {
            final JsonNode json = new ObjectMapper().readTree(file.toFile());
            final Noise noise =
                    new Noise(
                            json.path("scheduling").asText(),
                            json.path("missed").asLong(),
                            numbers(json.path("dueNanos")),
                            numbers(json.path("lateNanos")));
            if (noise.dueNanos.length == 0 || noise.dueNanos.length != noise.lateNanos.length) {
                throw new ToolException(
                        "The noise that was measured has "
                                + noise.dueNanos.length
                                + " times and "
                                + noise.lateNanos.length
                                + " delays, expected as many of each, and at least one.");
            }
            return noise;
        } catch (final IOException e) {
            throw new ToolException(
                    "The machine's noise " + file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static long[] numbers(final JsonNode list) {
        final long[] numbers = new long[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = list.get(i).asLong();
        }
        return numbers;
    }

    /** How late it woke, in microseconds. */
    public double[] lateMicros() {
        return Arrays.stream(lateNanos).mapToDouble(nanos -> nanos / 1000.0).toArray();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.patchbay.bench.plan.BenchException;
import dev.patchbay.bench.plan.Effort;
import dev.patchbay.tools.files.CompleteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The measurements on file, one for each benchmark, written after every round: what is interrupted goes on from there. */
public final class Samples {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path folder;

    private Samples(final Path folder) {
        this.folder = folder;
    }

    /**
     * {@return the samples of an effort}
     *
     * @param results the folder of all results; the samples' own is made when it is needed
     * @param effort a quick run leaves the rounds of a full one alone
     */
    public static Samples in(final Path results, final Effort effort) {
        return new Samples(results.resolve("samples").resolve(effort.name()));
    }

    /** {@return what is known of a benchmark under a key; null where nothing is} */
    public Measurement read(final String benchmark, final String key) {
        final Path file = file(benchmark);
        if (!Files.exists(file)) {
            return null;
        }
        try {
            final Measurement found = JSON.readValue(file.toFile(), Measurement.class);
            return found.key().equals(key) ? found : null;
        } catch (final IOException e) {
            throw new BenchException(
                    file + " cannot be read: " + e.getMessage() + ". Delete it and measure again.",
                    e);
        }
    }

    /** Keeps a measurement, in the place of an older one. */
    void write(final Measurement measurement) {
        try {
            CompleteFile.write(
                    file(measurement.benchmark()), JSON.writeValueAsString(measurement) + "\n");
        } catch (final IOException e) {
            throw new BenchException("The measurement cannot be kept: " + e + ".", e);
        }
    }

    private Path file(final String benchmark) {
        return folder.resolve(benchmark + ".json");
    }
}

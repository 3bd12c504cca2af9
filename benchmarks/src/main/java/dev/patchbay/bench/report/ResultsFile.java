// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.patchbay.bench.statistics.Result;
import java.util.List;

/** {@code results.json}: an array with an entry for each benchmark. */
public final class ResultsFile {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ResultsFile() {}

    /** {@return its text} */
    public static String text(final List<Result> results) {
        try {
            return JSON.writeValueAsString(results) + "\n";
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

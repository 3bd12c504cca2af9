// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.nio.file.Path;

/** What {@code patchbay-host render --json} measured. A value that is missing or of another type is an error. */
public final class HostReport {
    private final JsonNode json;
    private final long[] blockStartNanos;
    private final double[] blockMicros;

    private HostReport(final JsonNode json) {
        this.json = json;
        blockStartNanos = new long[array("blockStartNanos").size()];
        blockMicros = new double[array("blockMicros").size()];
        for (int i = 0; i < blockStartNanos.length; i++) {
            blockStartNanos[i] = array("blockStartNanos").get(i).asLong();
        }
        for (int i = 0; i < blockMicros.length; i++) {
            blockMicros[i] = array("blockMicros").get(i).asDouble();
        }
        if (blockStartNanos.length == 0 || blockStartNanos.length != blockMicros.length) {
            throw new ToolException(
                    "The host's report lists "
                            + blockStartNanos.length
                            + " starts and "
                            + blockMicros.length
                            + " durations of blocks, expected as many of each, and at least one.");
        }
    }

    /** Reads a report. */
    public static HostReport read(final Path file) {
        try {
            return new HostReport(new ObjectMapper().readTree(file.toFile()));
        } catch (final IOException e) {
            throw new ToolException(
                    "The host's report "
                            + file
                            + " cannot be read: "
                            + e.getMessage().lines().findFirst().orElse("")
                            + ".",
                    e);
        }
    }

    /** A number that must be there; the names of nested objects are joined by full stops. */
    public double number(final String name) {
        final JsonNode node = at(name);
        if (!node.isNumber()) {
            throw new ToolException(
                    "The host's report has \""
                            + name
                            + "\": "
                            + (node.isMissingNode() ? "nothing" : node)
                            + ", expected a number.");
        }
        return node.asDouble();
    }

    /** A whole number that must be there. */
    public long count(final String name) {
        number(name);
        return at(name).asLong();
    }

    /** A text that must be there. */
    public String text(final String name) {
        final JsonNode node = at(name);
        if (!node.isTextual()) {
            throw new ToolException(
                    "The host's report has \""
                            + name
                            + "\": "
                            + (node.isMissingNode() ? "nothing" : node)
                            + ", expected a text.");
        }
        return node.asText();
    }

    /** When each block was asked for, on CLOCK_MONOTONIC. */
    public long[] blockStartNanos() {
        return blockStartNanos.clone();
    }

    /** How long the host waited for each block, in microseconds. */
    public double[] blockMicros() {
        return blockMicros.clone();
    }

    /** The time that a block's sound lasts, in microseconds: what each block must stay below. */
    public double blockPeriodMicros() {
        return number("blockSize") * 1e6 / number("sampleRate");
    }

    private JsonNode array(final String name) {
        final JsonNode node = json.path(name);
        if (!node.isArray()) {
            throw new ToolException(
                    "The host's report has no list \""
                            + name
                            + "\": expected that of --json-blocks.");
        }
        return node;
    }

    private JsonNode at(final String name) {
        return json.at("/" + name.replace('.', '/'));
    }
}

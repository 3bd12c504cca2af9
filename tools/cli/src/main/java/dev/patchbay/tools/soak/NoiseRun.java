// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.soak;

import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The process that measures the machine's noise. Closing it leaves nothing behind. */
final class NoiseRun implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final Path json;
    private final Path log;
    private final double seconds;
    private final Process process;

    NoiseRun(final SoakOptions options, final double seconds, final Path folder) {
        this.json = folder.resolve("noise.json");
        this.log = folder.resolve("noise.log");
        this.seconds = seconds;
        final List<String> command =
                new ArrayList<>(
                        List.of(
                                options.host().toString(),
                                "noise",
                                "--rate",
                                Integer.toString(options.rate()),
                                "--block",
                                Integer.toString(options.frames()),
                                "--seconds",
                                Double.toString(seconds),
                                "--json",
                                json.toString()));
        if (options.fifo() > 0) {
            command.addAll(List.of("--fifo", Integer.toString(options.fifo())));
        }
        try {
            process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
        } catch (final IOException e) {
            throw new ToolException("The noise of the machine cannot be measured: " + e + ".", e);
        }
    }

    /** Waits for its end. */
    Noise await() {
        try {
            if (!process.waitFor((long) seconds + PATIENCE_SECONDS, TimeUnit.SECONDS)
                    || process.exitValue() != 0) {
                throw new ToolException(
                        "The noise of the machine could not be measured: "
                                + (process.isAlive()
                                        ? "the host goes on"
                                        : "status " + process.exitValue())
                                + ". "
                                + Files.readString(log).strip());
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolException("The soak was interrupted.", e);
        } catch (final IOException e) {
            throw new ToolException("The log " + log + " cannot be read: " + e + ".", e);
        }
        return Noise.read(json);
    }

    @Override
    public void close() {
        process.destroy();
    }
}

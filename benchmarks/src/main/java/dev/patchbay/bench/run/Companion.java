// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A process that works beside a measurement until it is closed. It ends when its standard input does, so also with this program. */
final class Companion implements AutoCloseable {
    private final Process process;

    /**
     * Starts it.
     *
     * @param said takes what it says
     */
    Companion(final List<String> command, final Path said) throws IOException {
        process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}

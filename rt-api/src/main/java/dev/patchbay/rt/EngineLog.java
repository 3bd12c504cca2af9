// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.function.Consumer;

/** The log of the engine's process, a sentence on each line. Any thread that renders nothing. */
final class EngineLog implements Consumer<String> {
    private final PrintStream out;
    private final String prefix;

    private EngineLog(final PrintStream out, final String prefix) {
        this.out = out;
        this.prefix = prefix;
    }

    /** That of this process: stderr. */
    static EngineLog ofThisProcess() {
        return new EngineLog(System.err, "patchbay rt: ");
    }

    /** One that nobody reads, for a rehearsal: it does the same but the writing. */
    static EngineLog ofNobody() {
        return new EngineLog(
                new PrintStream(OutputStream.nullOutputStream(), true, System.err.charset()),
                "patchbay rt: ");
    }

    /** The same log, for what concerns one thing of several. */
    EngineLog of(final String name) {
        return new EngineLog(out, prefix + name + ": ");
    }

    @Override
    public void accept(final String line) {
        out.println(prefix + line);
    }
}

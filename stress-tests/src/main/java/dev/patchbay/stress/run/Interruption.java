// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.run;

import java.io.IOException;
import java.util.List;

/** What is done when a run is interrupted: no verdict is kept any more, and the processes that it started end. */
final class Interruption extends Thread {
    private final Journal journal;
    private final Progress progress;

    Interruption(final Journal journal, final Progress progress) {
        super("interruption");
        this.journal = journal;
        this.progress = progress;
    }

    @Override
    public void run() {
        try {
            journal.close();
        } catch (final IOException e) {
            progress.print("The verdicts could not be closed: " + e.getMessage());
        }
        final List<ProcessHandle> children = ProcessHandle.current().descendants().toList();
        children.forEach(ProcessHandle::destroyForcibly);
        progress.print("Interrupted. Start it again to go on where it stopped.");
    }

    /** The run has ended by itself. */
    void cancel() {
        try {
            Runtime.getRuntime().removeShutdownHook(this);
        } catch (final IllegalStateException e) {
            // The JVM is ending already, and this does its work.
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import java.io.PrintWriter;
import java.time.Duration;

/** Tells how far a run is: on a terminal a line that changes in place, elsewhere one line for each benchmark. */
public final class Progress {
    private static final String ERASE = "\r\033[K";

    private final PrintWriter out;
    private final boolean isTerminal;
    private final long begin = System.nanoTime();
    private long done;
    private long all;

    /** On a writer. */
    public Progress(final PrintWriter out, final boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    /** How many measurements are to come. */
    void plan(final long measurements) {
        all = measurements;
    }

    void benchmark(final int number, final int of, final String name, final int rounds) {
        print(number + " of " + of + "  " + name + ", " + rounds + " rounds; " + rest());
    }

    void measuring(final int round, final int rounds, final String contender) {
        if (isTerminal) {
            out.print(
                    ERASE
                            + "    round "
                            + round
                            + " of "
                            + rounds
                            + "  "
                            + contender
                            + "  "
                            + rest());
            out.flush();
        }
        done++;
    }

    /** Prints a line that stays. */
    void print(final String text) {
        out.println((isTerminal ? ERASE : "") + text);
        out.flush();
    }

    /** The line that changes is over. */
    void end() {
        if (isTerminal) {
            out.print(ERASE);
            out.flush();
        }
    }

    private String rest() {
        final long elapsed = System.nanoTime() - begin;
        return text(elapsed)
                + " elapsed"
                + (done == 0 ? "" : ", about " + text(elapsed / done * (all - done)) + " to go");
    }

    private static String text(final long nanos) {
        final Duration time = Duration.ofNanos(nanos);
        return time.toMinutes() == 0
                ? time.toSeconds() + " s"
                : time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.run;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells a person how far a run is: on a terminal one line that changes in place, elsewhere plain lines, a bounded number of
 * them.
 */
final class Progress {
    private static final Duration QUIET = Duration.ofSeconds(30);
    private static final String ERASE = "\r\033[K";
    private static final int WIDTH = 110;

    private final PrintStream out;
    private final boolean terminal;
    private final ReentrantLock lock = new ReentrantLock();
    private String line = "";
    private long lastNanos;

    Progress(final PrintStream out, final boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Whether the standard output of this process is a terminal; System.console() says so of every output on some JVMs. */
    static boolean isTerminal() {
        try {
            final String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return target.startsWith("/dev/pts/")
                    || target.startsWith("/dev/tty")
                    || target.equals("/dev/console");
        } catch (final IOException e) {
            return false;
        }
    }

    /**
     * Says what is run now.
     *
     * @param number which of all it is, from 1
     * @param all how many there are
     * @param what part and unit
     * @param elapsed since the run began
     * @param rest the time that the rest is estimated to take, this one included
     */
    void start(
            final int number,
            final int all,
            final String what,
            final Duration elapsed,
            final Duration rest) {
        lock.lock();
        try {
            line =
                    String.format(
                            "%d of %d  %s  %s elapsed, about %s to go",
                            number, all, what, Times.text(elapsed), Times.text(rest));
            lastNanos = System.nanoTime();
            if (terminal) {
                out.print(ERASE + cut(line));
                out.flush();
            } else {
                out.println(line);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Says how far the unit is; may come from any thread, as often as it likes. */
    void say(final String text) {
        lock.lock();
        try {
            if (terminal) {
                out.print(ERASE + cut(line + "  " + text));
                out.flush();
            } else if (System.nanoTime() - lastNanos >= QUIET.toNanos()) {
                lastNanos = System.nanoTime();
                out.println("    " + text);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Says what came of a unit. Successes of one line would flood a terminal: there the changing line suffices. */
    void verdict(final Entry entry) {
        if (!entry.passed()) {
            print("FAILED  " + entry.key() + "  " + entry.detail());
        } else if (!terminal) {
            print("passed  " + entry.key() + "  " + entry.detail());
        }
    }

    /** Prints a line that stays. */
    void print(final String text) {
        lock.lock();
        try {
            out.println((terminal ? ERASE : "") + text);
            out.flush();
        } finally {
            lock.unlock();
        }
    }

    private static String cut(final String text) {
        return text.length() <= WIDTH ? text : text.substring(0, WIDTH - 1) + "…";
    }
}

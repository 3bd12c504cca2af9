// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import java.io.PrintStream;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The code that served before: whether it has gone. A class loader goes when nothing refers to it any more, so what a module has left behind keeps all
 * of its code in memory. Threads can be seen, and are named; other things (shutdown hooks, entries in tables of the JDK or of
 * the framework) cannot, and then it is told that the code is held.
 */
final class FormerCode {
    /** What a module's threads need to end after they were told to. */
    private static final long THREADS_NANOS = 1_000_000_000L;

    /** When it is looked at whether the code has gone. */
    private static final long COLLECTED_NANOS = 2_000_000_000L;

    private final PrintStream log;
    private final List<Former> all = new ArrayList<>();
    private long collectDue;
    private boolean collected = true;

    private static final class Former {
        private final WeakReference<ClassLoader> loader;
        private final String name;
        private final long since = System.nanoTime();
        private boolean threadsTold;
        private boolean heldTold;

        Former(final ClassLoader loader) {
            this.loader = new WeakReference<>(loader);
            this.name = loader.getName();
        }
    }

    FormerCode(final PrintStream log) {
        this.log = log;
    }

    /** This code has served. */
    void add(final ClassLoader loader) {
        all.add(new Former(loader));
        collectDue = System.nanoTime() + COLLECTED_NANOS;
        collected = false;
    }

    /** How much of it is still in memory. */
    int count() {
        all.removeIf(former -> former.loader.get() == null);
        return all.size();
    }

    /** Looks after it; once in a while. */
    void look() {
        if (all.isEmpty()) {
            return;
        }
        final long now = System.nanoTime();
        for (final Former former : all) {
            if (!former.threadsTold && now - former.since > THREADS_NANOS) {
                former.threadsTold = true;
                tellThreads(former);
            }
        }
        if (!collected && now - collectDue > 0) {
            collected = true;
            // Only after a reload, and in this process alone: without it, nobody could tell what is
            // held from what is not yet
            // collected.
            System.gc();
            collectDue = now + COLLECTED_NANOS;
        } else if (collected && now - collectDue > 0 && count() > 0) {
            all.forEach(this::tellHeld);
        }
    }

    private void tellThreads(final Former former) {
        final ClassLoader loader = former.loader.get();
        if (loader == null) {
            return;
        }
        final List<String> threads = threadsOf(loader);
        if (!threads.isEmpty()) {
            log.println(
                    "patchbay control: code that other code has replaced still runs, on "
                            + (threads.size() == 1 ? "the thread " : "the threads ")
                            + String.join(", ", threads)
                            + ": end them in close(), since the code stays in memory as long as"
                            + " they do.");
        }
    }

    private void tellHeld(final Former former) {
        final ClassLoader loader = former.loader.get();
        if (loader == null || former.heldTold) {
            return;
        }
        former.heldTold = true;
        final List<String> threads = threadsOf(loader);
        log.println(
                "patchbay control: the code of "
                        + former.name
                        + " has been replaced and is still in memory: "
                        + (threads.isEmpty()
                                ? "something holds it that close() should have given back, such as"
                                      + " a shutdown hook, a listener, or an entry in a table of a"
                                      + " library."
                                : "it runs on " + String.join(", ", threads) + "."));
    }

    /** The threads that run this code, or were started by it. */
    static List<String> threadsOf(final ClassLoader loader) {
        final List<String> found = new ArrayList<>();
        for (final Map.Entry<Thread, StackTraceElement[]> one :
                Thread.getAllStackTraces().entrySet()) {
            final Thread thread = one.getKey();
            boolean its =
                    thread.getContextClassLoader() == loader
                            || thread.getClass().getClassLoader() == loader;
            for (final StackTraceElement line : one.getValue()) {
                its |= loader.getName().equals(line.getClassLoaderName());
            }
            if (its) {
                found.add("\"" + thread.getName() + "\"");
            }
        }
        found.sort(null);
        return found;
    }
}

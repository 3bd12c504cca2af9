// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.uistate;

import dev.patchbay.atomics.Participant;
import dev.patchbay.control.ui.RemoteUiModule;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A UI-state module in a process of its own. Control starts it, waits for none of its answers, ends it when it owes one for too long, and starts
 * another where it ends by itself. It goes with control, however that ends. {@link #getUiState} is for the control module's thread, all else
 * for any.
 */
public final class UiStateProcess implements RemoteUiModule, AutoCloseable {
    /** How long a module may take to begin, and to answer. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** So many ends in so short a time, and no other process is started. */
    private static final int MOST_ENDS = 5;

    private static final long ENDS_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Changes that may wait for control; the module that makes more waits. */
    private static final int MOST_CHANGES = 4096;

    /** Options of this process that one with the same classes needs as well. */
    private static final List<String> INHERITED =
            List.of("--add-opens", "--add-exports", "--enable-native-access", "-Djna.");

    /** How control tells what is wrong. */
    public interface Complaints {
        /** Tells what may be over later. */
        void tell(String sentence);

        /** Tells what stays wrong. */
        void tellForGood(String sentence);

        /** What was told last is over. */
        void over();
    }

    /**
     * What runs in the process.
     *
     * @param className the class of a {@link UiStateModule}; empty for a library
     * @param library the library's file; empty for a class
     * @param heap the most heap of its JVM, as in {@code -Xmx}
     */
    public record Code(String className, String library, String heap) {}

    /** Where changes of parameters go: to the control module's thread, in their order. */
    public interface Desk {
        /** Has work done there. */
        void execute(Runnable work);
    }

    private final Participant participant;
    private final RegistryContext context;
    private final Code code;
    private final Desk desk;
    private final Complaints complaints;
    private final Semaphore changes = new Semaphore(MOST_CHANGES);
    private final Deque<Long> ends = new ArrayDeque<>();
    private final Watch watch = new Watch();
    private List<Path> classPath;
    private int generation;
    private UiStateLink starting;
    private boolean toldOfEnd;
    private boolean closed;
    private volatile UiStateLink current;
    private volatile Map<String, String> shown = Map.of();

    /**
     * Prepares; {@link #start} comes next.
     *
     * @param participant control in its region
     * @param context by which the module's changes are made, on the control module's thread
     */
    public UiStateProcess(
            final Participant participant,
            final RegistryContext context,
            final Code code,
            final Desk desk,
            final Complaints complaints) {
        this.participant = participant;
        this.context = context;
        this.code = code;
        this.desk = desk;
        this.complaints = complaints;
    }

    /** Starts a process with these jars; where one serves, it goes on until that one does, and for good where that one does not. */
    public synchronized void start(final List<Path> jars) {
        classPath = List.copyOf(jars);
        ends.clear();
        startOne();
    }

    private void startOne() {
        if (closed) {
            return;
        }
        if (starting != null) {
            starting.leave();
        }
        try {
            final UiStateLink link = new UiStateLink(command(), watch);
            starting = link;
            link.listen();
            CompletableFuture.delayedExecutor(PATIENCE_NANOS, TimeUnit.NANOSECONDS)
                    .execute(() -> endLate(link));
        } catch (final IOException e) {
            complaints.tellForGood(
                    "the user interface has no part of the module's: its process cannot be started:"
                            + " "
                            + e.getMessage());
        }
    }

    private synchronized void endLate(final UiStateLink link) {
        if (link == starting) {
            link.kill(
                    "it was not ready within "
                            + TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NANOS)
                            + " s");
        }
    }

    private List<String> command() {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> INHERITED.stream().anyMatch(option::startsWith))
                .forEach(command::add);
        command.add("-Xmx" + code.heap());
        // Little memory and a quick start: it shows texts.
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xms8m"));
        command.addAll(List.of("-XX:-UsePerfData", "-Xlog:disable", "-Xlog:all=warning:stderr"));
        command.addAll(
                UiStateDiagnosis.options(
                        System.getenv(), participant.region().instanceId(), generation + 1));
        if (!code.library().isEmpty()) {
            command.add("-D" + UiStateMain.LIBRARY + "=" + code.library());
        }
        command.add("-cp");
        command.add(
                classPath.stream()
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator)));
        command.add(UiStateMain.class.getName());
        command.addAll(List.of("--region", participant.file().toString()));
        command.addAll(List.of("--id", participant.region().instanceId()));
        command.addAll(List.of("--host", Long.toString(ProcessHandle.current().pid())));
        command.addAll(List.of("--generation", Integer.toString(++generation)));
        command.addAll(List.of("--module", code.className().isEmpty() ? "none" : code.className()));
        return command;
    }

    @Override
    public Map<String, String> getUiState() {
        final UiStateLink link = current;
        if (link != null) {
            if (link.owes() > PATIENCE_NANOS) {
                link.kill(
                        "it has not answered for "
                                + TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NANOS)
                                + " s");
            }
            link.ask();
        }
        return shown;
    }

    @Override
    public CompletableFuture<Void> post(final String name, final String value) {
        final UiStateLink link = current;
        return link != null
                ? link.event(name, value)
                : CompletableFuture.failedFuture(
                        new IllegalStateException(
                                "The process of the plug-in's user interface is not there at the"
                                        + " moment: try again."));
    }

    /** {@return the process that serves, if one does} */
    public Optional<Long> pid() {
        return Optional.ofNullable(current).map(UiStateLink::pid);
    }

    /** Ends the process, which may take a second; the module's thread does not wait longer. */
    @Override
    public void close() {
        final UiStateLink serving;
        synchronized (this) {
            closed = true;
            serving = current;
            current = null;
            if (starting != null) {
                starting.leave();
            }
        }
        if (serving != null) {
            serving.leave();
            try {
                serving.awaitEnd();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        context.close();
    }

    private synchronized void took(final UiStateLink link) {
        if (link != starting) {
            return;
        }
        final UiStateLink former = current;
        starting = null;
        current = link;
        if (former != null) {
            former.leave();
        }
        if (toldOfEnd) {
            toldOfEnd = false;
            complaints.over();
        }
    }

    private synchronized void refused(final UiStateLink link, final String reason) {
        if (link != starting) {
            return;
        }
        starting = null;
        if (current != null) {
            complaints.tell(
                    "the new code of the UI-state module was refused, and the former goes on: "
                            + reason);
        } else {
            complaints.tellForGood("the user interface has no part of the module's: " + reason);
        }
    }

    private synchronized void lost(final UiStateLink link, final String reason) {
        if (link == starting) {
            refused(link, reason);
            return;
        }
        if (link != current || closed) {
            return;
        }
        current = null;
        shown = Map.of();
        final long now = System.nanoTime();
        ends.addLast(now);
        while (now - ends.peekFirst() > ENDS_NANOS) {
            ends.removeFirst();
        }
        final String what = "the user interface's process " + link.pid() + " is gone: " + reason;
        if (ends.size() >= MOST_ENDS) {
            complaints.tellForGood(
                    what
                            + "; that was "
                            + MOST_ENDS
                            + " times within a minute, so no other is started until the code is"
                            + " replaced");
        } else {
            toldOfEnd = true;
            complaints.tell(what + "; another takes its place");
            startOne();
        }
    }

    /** Hears of the processes. */
    private final class Watch implements UiStateLink.Owner {
        @Override
        public void began(final UiStateLink link, final String refusal) {
            if (refusal.isEmpty()) {
                took(link);
            } else {
                refused(link, refusal);
            }
        }

        @Override
        public void shows(final UiStateLink link, final Map<String, String> state) {
            if (link == current) {
                shown = state;
            }
        }

        @Override
        public void change(final int index, final double normalized) throws InterruptedException {
            changes.acquire();
            desk.execute(
                    () -> {
                        changes.release();
                        context.change(index, normalized);
                    });
        }

        @Override
        public void ended(final UiStateLink link, final String reason) {
            lost(link, reason);
        }
    }
}

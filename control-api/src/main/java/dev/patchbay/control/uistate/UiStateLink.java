// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.uistate;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One process of a UI-state module, as control has it. Nobody who sends it something waits for it: threads of its own write and read. */
final class UiStateLink {
    /** What happens to it, each on its thread that reads. */
    interface Owner {
        /** It serves; or it does not and ends, with a sentence. */
        void began(UiStateLink link, String refusal);

        void shows(UiStateLink link, Map<String, String> state);

        /** May wait, which holds up the module alone. */
        void change(int index, double normalized) throws InterruptedException;

        /** Its last word: the process has ended, with the reason where it is known. */
        void ended(UiStateLink link, String reason);
    }

    /** Events that may wait for a module that is slow. */
    private static final int MOST_WAITING = 1024;

    private static final int CLOSE_SECONDS = 1;

    private interface Sent {
        void to(UiStateWire wire) throws IOException;
    }

    private final Process process;
    private final UiStateWire wire;
    private final Owner owner;
    private final BlockingQueue<Sent> outgoing = new ArrayBlockingQueue<>(MOST_WAITING + 2);
    private final Map<Integer, CompletableFuture<Void>> events = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    /** When the question was put that is open; 0 for none. */
    private volatile long askedAt;

    private volatile boolean asked;
    private volatile boolean over;
    private volatile String why = "";

    /** Starts a process; its owner hears of it when {@link #listen} was called. */
    UiStateLink(final List<String> command, final Owner owner) throws IOException {
        this.owner = owner;
        this.process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        this.wire = new UiStateWire(process.getInputStream(), process.getOutputStream());
    }

    void listen() {
        thread("patchbay ui reader", this::receive);
        thread("patchbay ui writer", this::send);
    }

    private static void thread(final String name, final Runnable work) {
        final Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    long pid() {
        return process.pid();
    }

    /** Asks what is there now, unless it was asked and has not answered. One thread. */
    void ask() {
        if (!asked) {
            askedAt = System.nanoTime();
            asked = true;
            outgoing.offer(UiStateWire::ask);
        }
    }

    /** For how long it owes an answer, in nanoseconds. */
    long owes() {
        return asked ? System.nanoTime() - askedAt : 0;
    }

    CompletableFuture<Void> event(final String name, final String value) {
        final CompletableFuture<Void> done = new CompletableFuture<>();
        final int number = numbers.incrementAndGet();
        events.put(number, done);
        if (!outgoing.offer(to -> to.event(number, name, value))) {
            events.remove(number);
            done.completeExceptionally(
                    new IllegalStateException(
                            MOST_WAITING
                                    + " events wait for the plug-in's user interface already: send"
                                    + " the next when these are done."));
        } else if (over) {
            failEvents();
        }
        return done;
    }

    /** Ends the process at once; {@code reason} is told. */
    void kill(final String reason) {
        why = reason;
        process.destroyForcibly();
    }

    /** Has the module close, and ends the process when that has taken too long. Does not wait. */
    void leave() {
        over = true;
        failEvents();
        thread(
                "patchbay ui end",
                () -> {
                    try {
                        process.getOutputStream().close();
                        if (process.waitFor(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                            return;
                        }
                    } catch (final IOException e) {
                        // It has ended by itself.
                    } catch (final InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    process.destroyForcibly();
                });
    }

    /** Waits for that end. */
    void awaitEnd() throws InterruptedException {
        if (!process.waitFor(2L * CLOSE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private void send() {
        try {
            while (!over) {
                outgoing.take().to(wire);
            }
        } catch (final IOException e) {
            // It has ended: the other thread tells.
            return;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void receive() {
        try {
            UiStateDiagnosis.tell(wire.readBefore());
            for (int next = wire.read(); next >= 0; next = wire.read()) {
                receive(next);
            }
        } catch (final IOException e) {
            kill("what it has sent cannot be read: " + e.getMessage());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        over = true;
        final int status = awaitStatus();
        failEvents();
        // Wakes the writer.
        outgoing.offer(to -> {});
        owner.ended(
                this, !why.isEmpty() ? why : "it ended unexpectedly (" + statusText(status) + ")");
    }

    private static String statusText(final int status) {
        return status > 128 ? "signal " + (status - 128) : "status " + status;
    }

    private void receive(final int kind) throws IOException, InterruptedException {
        switch (kind) {
            case UiStateWire.BEGAN -> owner.began(this, wire.readText());
            case UiStateWire.STATE -> {
                owner.shows(this, wire.readState());
                asked = false;
            }
            case UiStateWire.DONE -> done(wire.readInt(), wire.readText());
            case UiStateWire.CHANGE -> owner.change(wire.readInt(), wire.readDouble());
            default -> throw new IOException("a message of the kind " + kind);
        }
    }

    private void done(final int number, final String refusal) {
        final CompletableFuture<Void> event = events.remove(number);
        if (event == null) {
            return;
        }
        if (refusal.isEmpty()) {
            event.complete(null);
        } else {
            event.completeExceptionally(new IllegalArgumentException(refusal));
        }
    }

    /** A process whose output has ended ends soon, or is ended. */
    private int awaitStatus() {
        try {
            if (!process.waitFor(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return process.waitFor();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private void failEvents() {
        for (final Integer number : events.keySet()) {
            final CompletableFuture<Void> event = events.remove(number);
            if (event != null) {
                event.completeExceptionally(
                        new IllegalStateException(
                                "The process of the plug-in's user interface has ended before this"
                                        + " was done."));
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import dev.patchbay.control.parameter.ParameterRegistry;
import dev.patchbay.control.preset.PresetFile;
import dev.patchbay.control.preset.StoredPreset;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The way of user interfaces to a plug-in instance: snapshots of its state, and events back. Any number of both. While nobody asks for a
 * snapshot none is made, and nothing is read for it.
 *
 * <p>{@link #snapshots}, {@link #session} and what they return may be used on any thread; {@link #round}, {@link #pause} and {@link #close}
 * are the control process's.
 */
public final class Ui implements AutoCloseable {
    /** The most snapshots a second. */
    public static final int RATE = 60;

    /** The most events that may wait for the control process. */
    public static final int MOST_WAITING = 4096;

    private static final long FRAME_NANOS = 1_000_000_000L / RATE;
    private static final StackWalker CALLER =
            StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    /** Something to do on the control module's thread. */
    interface Work {
        void run() throws Exception;
    }

    /** Work and who waits for it. */
    private record Posted(Work work, CompletableFuture<Void> done) {}

    private final UiSources sources;
    private final Runnable wake;
    private final UiFeed feed;
    private final UiDesk desk;
    private final Queue<Posted> posted = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /** Those that were not closed. */
    private final Set<UiSession> sessions = ConcurrentHashMap.newKeySet();

    /** What was done and is in no snapshot yet: who asked hears of it when it can be seen. The control module's thread alone. */
    private final List<CompletableFuture<Void>> unseen = new ArrayList<>();

    private volatile boolean anyUnseen;
    private UiReader reader;
    private volatile long due;
    private volatile boolean closed;

    /**
     * Opens the way.
     *
     * @param sources what is shown and changed
     * @param wake ends the control process's pause early; any thread calls it
     */
    public Ui(final UiSources sources, final Runnable wake) {
        this.sources = sources;
        this.wake = wake;
        this.due = System.nanoTime();
        this.feed = new UiFeed(this::asked);
        this.desk = new UiDesk(sources);
    }

    /**
     * {@return the snapshots, up to {@value #RATE} a second} A subscriber gets the newest when it has asked for one, and skips what came
     * meanwhile; none waits for another. A subscriber's methods are called one after the other on threads of the feed's, and may take
     * their time; one that throws is no longer one. It is completed when the process ends, or other code takes the place of a module that
     * has subscribed it.
     */
    public Flow.Publisher<UiSnapshot> snapshots() {
        return feed;
    }

    /**
     * Begins to change things.
     *
     * @param name what {@link dev.patchbay.control.parameter.ParameterListener}s are told
     * @return to be closed when the window or page goes; it ends with the code that opened it
     */
    public UiSession session(final String name) {
        final UiSession session =
                new UiSession(this, name, CALLER.getCallerClass().getClassLoader());
        sessions.add(session);
        return session;
    }

    /** {@return the parameters, whose descriptions and groups any thread may read} Values are for the control module's thread. */
    public ParameterRegistry registry() {
        return sources.registry();
    }

    /**
     * Completes the subscriptions and ends the sessions of code that goes. By the control process, on the control module's thread, when other
     * code has taken a module's place.
     *
     * @param code the class loader of the code
     */
    public void leave(final ClassLoader code) {
        feed.leave(code);
        sessions.removeIf(session -> session.leave(code));
    }

    /**
     * Copies a preset's file, this program's JSON or a {@code .vstpreset}, told apart by what is in it, into the user's folder. A name that is
     * taken gets a number. Any thread.
     *
     * @param fileName for messages, and the name of a preset whose file has none
     * @param file its bytes
     * @param bank the folder's name; empty for none
     * @return what is there now; completed exceptionally as {@link UiSession#post}
     */
    public CompletableFuture<StoredPreset> importPreset(
            final String fileName, final byte[] file, final String bank) {
        return ask(() -> desk.importPreset(fileName, file, bank));
    }

    /**
     * Makes a file of a preset. Any thread.
     *
     * @param id see {@link StoredPreset#id}; empty for what plays
     * @param format which kind of file
     * @return the file; completed exceptionally as {@link UiSession#post}
     */
    public CompletableFuture<PresetFile> exportPreset(
            final String id, final PresetFile.Format format) {
        return ask(() -> desk.exportPreset(id, format));
    }

    private <T> CompletableFuture<T> ask(final Callable<T> question) {
        final AtomicReference<T> answer = new AtomicReference<>();
        return post(() -> answer.set(question.call())).thenApply(done -> answer.get());
    }

    void letsGo(final UiSession session) {
        sessions.remove(session);
    }

    UiSources sources() {
        return sources;
    }

    UiDesk desk() {
        return desk;
    }

    CompletableFuture<Void> post(final Work work) {
        final CompletableFuture<Void> done = new CompletableFuture<>();
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            done.completeExceptionally(
                    new IllegalStateException(
                            MOST_WAITING
                                    + " events wait for the control process already: send the next"
                                    + " when these are done."));
            return done;
        }
        posted.add(new Posted(work, done));
        if (closed) {
            refusePosted();
        } else {
            wake.run();
        }
        return done;
    }

    /** A subscriber has asked for a snapshot: if one may be made, it need not wait for the next round. */
    private void asked() {
        if (System.nanoTime() - due >= 0) {
            wake.run();
        }
    }

    /** Does what was posted, and makes a snapshot where one is due and asked for. On the control module's thread, between rounds. */
    public void round() {
        // What is posted meanwhile has its turn in the next round: nobody can hold this one up.
        for (int left = waiting.get(); left > 0; left--) {
            final Posted next = posted.poll();
            if (next == null) {
                break;
            }
            waiting.decrementAndGet();
            run(next);
        }
        final long now = System.nanoTime();
        if (now - due >= 0 && feed.isWanted()) {
            if (reader == null) {
                reader = new UiReader(sources, desk);
            }
            // Sixty a second on average, but never two at once to catch up.
            due = Math.max(due + FRAME_NANOS - now, FRAME_NANOS / 2) + now;
            try {
                feed.publish(reader.read(now));
            } finally {
                // Also where nothing can be shown: what was asked for is done.
                answer();
            }
        } else if (!feed.isWanted()) {
            answer();
        }
    }

    private void answer() {
        // Whoever waits for one may look at this at once.
        final List<CompletableFuture<Void>> shown = List.copyOf(unseen);
        unseen.clear();
        anyUnseen = false;
        shown.forEach(done -> done.complete(null));
    }

    private void run(final Posted next) {
        try {
            next.work.run();
            unseen.add(next.done);
            anyUnseen = true;
        } catch (final Exception e) {
            if (e instanceof RuntimeException && !(e instanceof IllegalArgumentException)) {
                System.err.println("patchbay control: an event of a user interface failed: " + e);
            }
            next.done.completeExceptionally(e);
        } catch (final Error e) {
            next.done.completeExceptionally(e);
            throw e;
        }
    }

    /**
     * {@return for how long the control process may pause before the next {@link #round}, in nanoseconds}
     *
     * @param most its own limit
     */
    public long pause(final long most) {
        if (!posted.isEmpty()) {
            return 0;
        }
        return feed.isWanted() || anyUnseen
                ? Math.max(0, Math.min(most, due - System.nanoTime()))
                : most;
    }

    /** Completes all subscriptions; events are refused from now on. On the control module's thread. */
    @Override
    public void close() {
        closed = true;
        answer();
        refusePosted();
        feed.close();
    }

    private void refusePosted() {
        for (Posted next = posted.poll(); next != null; next = posted.poll()) {
            waiting.decrementAndGet();
            next.done.completeExceptionally(
                    new IllegalStateException("The control process is ending."));
        }
    }
}

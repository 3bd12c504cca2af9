// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import dev.patchbay.control.parameter.ParameterWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One user interface that changes things: a window, a page in a browser. Its events are applied in the order in which they were posted, on the
 * control module's thread. What it holds is let go when it is closed. Any thread.
 */
public final class UiSession implements AutoCloseable {
    /** A hand rests on a control for so long, at most; after that a lost end of a gesture is taken for granted. */
    private static final Duration REST = Duration.ofMinutes(1);

    private final Ui ui;
    private final String name;
    private final ClassLoader code;
    private ParameterWriter writer;

    /** On the control module's thread. */
    private boolean ended;

    /** {@code code} has opened it. */
    UiSession(final Ui ui, final String name, final ClassLoader code) {
        this.ui = ui;
        this.name = name;
        this.code = code;
    }

    /**
     * Has something done.
     *
     * @param event what
     * @return completed when it is done and the snapshot that shows it is published, where anybody takes snapshots; completed exceptionally, by an exception whose message is a sentence for a person, where it
     *     cannot be done: an {@link IllegalArgumentException} or a {@link dev.patchbay.control.preset.PresetException}; an
     *     {@link IllegalStateException} where the process ends, or {@value Ui#MOST_WAITING} events wait already
     */
    public CompletableFuture<Void> post(final UiEvent event) {
        return event instanceof UiEvent.ForModule
                ? give((UiEvent.ForModule) event)
                : ui.post(() -> ui.desk().apply(event, writer()));
    }

    private CompletableFuture<Void> give(final UiEvent.ForModule event) {
        final AtomicReference<CompletableFuture<Void>> taken = new AtomicReference<>();
        final CompletableFuture<Void> done = new CompletableFuture<>();
        ui.post(
                        () -> {
                            writer();
                            taken.set(ui.desk().give(event));
                        })
                .thenCompose(given -> taken.get().isDone() ? taken.get() : later(taken.get()))
                .whenComplete((given, failure) -> complete(done, failure));
        return done;
    }

    /** What a module elsewhere shows from now on is in the snapshot after this. */
    private CompletableFuture<Void> later(final CompletableFuture<Void> taken) {
        return taken.thenCompose(given -> ui.post(() -> {}));
    }

    private static void complete(final CompletableFuture<Void> done, final Throwable failure) {
        if (failure == null) {
            done.complete(null);
        } else {
            done.completeExceptionally(
                    failure instanceof CompletionException ? failure.getCause() : failure);
        }
    }

    /** Lets go of all parameters. What was posted before is done before. */
    @Override
    public void close() {
        ui.post(this::end);
    }

    /** On the control module's thread. */
    private ParameterWriter writer() {
        if (ended) {
            throw new IllegalStateException(
                    "The session \""
                            + name
                            + "\" is closed: it was ended, or the code that opened it was replaced."
                            + " Open another by ControlContext.ui().session.");
        }
        if (writer == null) {
            writer = ui.sources().registry().writer(name, REST);
        }
        return writer;
    }

    private void end() {
        if (!ended && writer != null) {
            writer.close();
        }
        ended = true;
        ui.letsGo(this);
    }

    /** Ends it if this code has opened it, and tells whether that is so. On the control module's thread. */
    boolean leave(final ClassLoader one) {
        if (code != one) {
            return false;
        }
        ended = true;
        if (writer != null) {
            writer.close();
        }
        return true;
    }
}

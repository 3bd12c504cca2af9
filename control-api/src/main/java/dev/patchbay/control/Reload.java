// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** That other code is to take a module's place, and what became of it. Any thread. */
final class Reload {
    private final ModuleCode code;
    private final CompletableFuture<Void> result = new CompletableFuture<>();
    private final AtomicBoolean begun = new AtomicBoolean();

    /** Why other code does not serve. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(final String sentence) {
            super(sentence);
        }
    }

    Reload(final ModuleCode code) {
        this.code = code;
    }

    ModuleCode code() {
        return code;
    }

    /** Whether it is still wanted; from now on it will come to an end. */
    boolean begin() {
        return begun.compareAndSet(false, true);
    }

    /** The other code serves. */
    void done() {
        result.complete(null);
    }

    /** The one before goes on. */
    void refuse(final String sentence) {
        result.completeExceptionally(new Refused(sentence));
    }

    /**
     * Waits for the end, and for a beginning no longer than this.
     *
     * @throws Refused if the one before goes on, with a sentence
     */
    void await(final long beginSeconds) {
        result.copy()
                .orTimeout(beginSeconds, TimeUnit.SECONDS)
                .exceptionally(
                        failure -> {
                            if (!result.isDone() && begin()) {
                                refuse(
                                        "the module that serves has not returned from a call for "
                                                + beginSeconds
                                                + " s, so nothing can take its place.");
                            }
                            return null;
                        });
        try {
            result.join();
        } catch (final CompletionException e) {
            throw e.getCause() instanceof Refused refused ? refused : e;
        }
    }
}

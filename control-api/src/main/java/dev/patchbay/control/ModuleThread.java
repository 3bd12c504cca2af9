// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The thread on which all methods of one module are called, from its constructor to its end. It first makes the module ready, while the one
 * before still serves; then it waits until that one has let go, and serves. What belongs to the thread, such as thread-local values, goes
 * with it.
 */
final class ModuleThread extends Thread {
    private final Consumer<ModuleThread> prepare;
    private final Consumer<ModuleThread> serve;
    private final long patienceNanos;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CountDownLatch released = new CountDownLatch(1);

    /** Whether it is to serve. */
    private final CompletableFuture<Boolean> chosen = new CompletableFuture<>();

    private volatile LoadedModule module;

    /**
     * A thread that is to be started.
     *
     * @param code its module's
     * @param prepare makes and prepares the module, and sets it
     * @param serve is called when it is this module's turn
     * @param patienceNanos how long after it is wanted it waits for the module before to let go
     */
    ModuleThread(
            final ModuleCode code,
            final Consumer<ModuleThread> prepare,
            final Consumer<ModuleThread> serve,
            final long patienceNanos) {
        // Nothing is inherited: values of the module before would keep its code in memory.
        super(null, null, "patchbay " + code.loader().getName(), 0, false);
        this.prepare = prepare;
        this.serve = serve;
        this.patienceNanos = patienceNanos;
        setDaemon(true);
        // Threads that the module starts inherit it, which tells whose they are.
        setContextClassLoader(code.loader());
    }

    LoadedModule module() {
        return module;
    }

    void module(final LoadedModule made) {
        module = made;
    }

    @Override
    public void run() {
        try {
            prepare.accept(this);
        } catch (final RuntimeException | Error e) {
            ready.completeExceptionally(e);
            return;
        }
        ready.complete(null);
        if (chosen.join()) {
            awaitRelease();
            serve.accept(this);
        }
    }

    private void awaitRelease() {
        final long deadline = System.nanoTime() + patienceNanos;
        for (long left = patienceNanos; left > 0; left = deadline - System.nanoTime()) {
            try {
                released.await(left, TimeUnit.NANOSECONDS);
                return;
            } catch (final InterruptedException e) {
                // Left over from the module's own dealings; the wait has an end in any case.
                continue;
            }
        }
    }

    /**
     * Whether it has become ready within this time.
     *
     * @throws RuntimeException what the module has thrown
     */
    boolean awaitReady(final long nanos) {
        try {
            ready.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (final TimeoutException e) {
            return false;
        } catch (final ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause().toString(), e.getCause());
        } catch (final InterruptedException e) {
            throw new IllegalStateException("A module's thread was interrupted.", e);
        }
    }

    /** It is to serve once it is released, at the latest when its patience with the module before has ended. */
    void choose() {
        chosen.complete(true);
    }

    /** The module before has let go. */
    void release() {
        released.countDown();
    }

    /** It is not wanted. Where it still prepares its module it is interrupted, and then left alone. */
    void dismiss() {
        chosen.complete(false);
        interrupt();
    }
}

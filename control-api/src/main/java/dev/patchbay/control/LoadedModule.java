// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import dev.patchbay.control.state.StateVersions;
import dev.patchbay.eventqueue.Event;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.function.Consumer;

/** A module with its code. What it throws is told, and those who call it go on. Its own thread's, but for {@link #revoke}. */
final class LoadedModule {
    private final ModuleCode code;
    private final ControlModule module;
    private final Consumer<String> failures;
    private final StateVersions versions;
    private volatile boolean revoked;

    /**
     * Makes the module.
     *
     * @param failures are told what the module has thrown, as a sentence
     * @throws RuntimeException if it cannot be made
     */
    LoadedModule(final ModuleCode code, final Consumer<String> failures) {
        this.code = code;
        this.failures = failures;
        this.module = code.newModule();
        this.versions = module.stateVersions();
    }

    ModuleCode code() {
        return code;
    }

    /** The author's own; what it throws is the caller's. */
    ControlModule module() {
        return module;
    }

    /** What it throws is the caller's. */
    void init(final ControlContext context) {
        module.init(
                (ControlContext)
                        Proxy.newProxyInstance(
                                ControlContext.class.getClassLoader(),
                                new Class<?>[] {ControlContext.class},
                                (proxy, method, arguments) -> {
                                    if (revoked) {
                                        throw new IllegalStateException(
                                                "This module was closed: other code has taken its"
                                                        + " place, or the plug-in has gone.");
                                    }
                                    try {
                                        return method.invoke(context, arguments);
                                    } catch (final InvocationTargetException e) {
                                        throw e.getCause();
                                    }
                                }));
    }

    /** From now on its context is of no use to it. Any thread. */
    void revoke() {
        revoked = true;
    }

    void parameterChanged(
            final int index, final float normalized, final ControlModule.ChangedBy by) {
        guarded("parameterChanged", () -> module.parameterChanged(index, normalized, by));
    }

    void midi(final Event event) {
        guarded("midi", () -> module.midi(event));
    }

    int stateVersion() {
        return versions.current();
    }

    /** What it saves; nothing where it fails, and then what it saved before is still the last. */
    Optional<byte[]> saveState() {
        final byte[][] saved = new byte[1][];
        guarded("saveState", () -> saved[0] = module.saveState());
        return Optional.ofNullable(saved[0]);
    }

    /**
     * Gives it a state, in its own version.
     *
     * @throws IllegalArgumentException with a sentence, if it cannot take it
     */
    void loadState(final byte[] state, final int savedIn) {
        if (state.length == 0) {
            load(state, versions.current());
            return;
        }
        load(versions.migrate(state, savedIn), savedIn);
    }

    private void load(final byte[] state, final int savedIn) {
        try {
            module.loadState(state, savedIn);
        } catch (final IllegalArgumentException e) {
            throw e;
        } catch (final RuntimeException | LinkageError | StackOverflowError e) {
            throw new IllegalArgumentException("loadState of the module failed: " + e, e);
        }
    }

    void close() {
        guarded("close", module::close);
        revoked = true;
    }

    /** Work of the module's. */
    void run(final Runnable work) {
        guarded("work that was handed to execute", work);
    }

    private void guarded(final String what, final Runnable call) {
        try {
            call.run();
        } catch (final RuntimeException | LinkageError | StackOverflowError e) {
            failures.accept(what + " of the module failed: " + trace(e));
        }
    }

    /** The exception with the lines of the module's own code that led to it. */
    private String trace(final Throwable failure) {
        final StringBuilder text = new StringBuilder(failure.toString());
        int lines = 0;
        for (final StackTraceElement line : failure.getStackTrace()) {
            if (code.loader().getName().equals(line.getClassLoaderName()) && lines++ < 5) {
                text.append("\n\tat ").append(line);
            }
        }
        return text.toString();
    }
}

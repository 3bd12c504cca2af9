// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.parameter;

import java.util.Map;

/**
 * One who changes parameters: a panel, a controller, the module. Several may change the same one; the last change counts.
 *
 * <p>A gesture is the time for which a person holds a parameter. {@link #begin} and {@link #end} nest: the outermost end of a writer lets
 * go. Listeners hear one beginning and one end, however many writers hold the parameter. A change without a gesture is one of its own,
 * from beginning to end. A gesture whose end is forgotten ends when its writer is closed, or once the writer has neither begun nor
 * changed the parameter for its rest; a change after that is again a gesture of its own.
 *
 * <p>For the thread of the {@link ParameterRegistry}, from which it comes.
 */
public final class ParameterWriter implements AutoCloseable {
    private final ParameterRegistry registry;
    private final String name;
    private final boolean plugin;
    private final long restNanos;
    private final ClassLoader code;
    private final int[] depths;
    private final long[] lastNanos;
    private boolean closed;

    ParameterWriter(
            final ParameterRegistry registry,
            final String name,
            final boolean plugin,
            final long restNanos,
            final ClassLoader code) {
        this.registry = registry;
        this.name = name;
        this.plugin = plugin;
        this.restNanos = restNanos;
        this.code = code;
        this.depths = new int[registry.count()];
        this.lastNanos = new long[registry.count()];
    }

    /** {@return what listeners are told of who changed a parameter} */
    public String name() {
        return name;
    }

    /**
     * Takes hold of a parameter.
     *
     * @param index the parameter's place in the declaration
     * @throws IllegalArgumentException if there is no such parameter, or only the plug-in changes it
     * @throws IllegalStateException if this writer is closed
     */
    public void begin(final int index) {
        check(index);
        lastNanos[index] = registry.now();
        if (depths[index]++ == 0) {
            registry.hold(index);
        }
    }

    /**
     * Changes a parameter.
     *
     * @param index the parameter's place in the declaration
     * @param normalized 0 to 1
     * @throws IllegalArgumentException if there is no such parameter, only the plug-in changes it, or the value is not in 0…1; nothing
     *     is changed then
     * @throws IllegalStateException if this writer is closed
     */
    public void set(final int index, final double normalized) {
        setAll(Map.of(index, normalized));
    }

    /**
     * Changes a parameter to what a person typed.
     *
     * @param index the parameter's place in the declaration
     * @param text see {@link dev.patchbay.layout.ParameterText}
     * @throws IllegalArgumentException as {@link #set}, or if the text is no value, with a sentence that says what is expected
     * @throws IllegalStateException if this writer is closed
     */
    public void setText(final int index, final String text) {
        check(index);
        set(index, registry.parse(index, text));
    }

    /**
     * Changes parameters in one step: the engine plays either none or all of the changes.
     *
     * @param normalizedByIndex the new normalized values, 0 to 1, by parameter index
     * @throws IllegalArgumentException as {@link #set}; nothing is changed then
     * @throws IllegalStateException if this writer is closed
     */
    public void setAll(final Map<Integer, Double> normalizedByIndex) {
        normalizedByIndex.forEach(
                (index, value) -> {
                    check(index);
                    registry.checkValue(index, value);
                });
        normalizedByIndex.keySet().forEach(index -> lastNanos[index] = registry.now());
        registry.change(this, normalizedByIndex);
    }

    /**
     * Lets go of a parameter, where this was the outermost of this writer's gestures. An end without a beginning is nothing: the
     * gesture may have ended by itself.
     *
     * @param index the parameter's place in the declaration
     * @throws IllegalArgumentException if there is no such parameter
     */
    public void end(final int index) {
        registry.get(index);
        if (depths[index] > 0 && --depths[index] == 0) {
            registry.release(index);
        }
    }

    /**
     * {@return whether this writer holds a parameter}
     *
     * @param index the parameter's place in the declaration
     */
    public boolean holds(final int index) {
        registry.get(index);
        return depths[index] > 0;
    }

    /** Ends all gestures; nothing can be changed by this writer any more. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            endAll(Long.MIN_VALUE);
            registry.forget(this);
        }
    }

    /** Whether code of this class loader has asked for it. */
    boolean isOf(final ClassLoader loader) {
        return code == loader;
    }

    /** Ends the gestures that have been forgotten. */
    void endForgotten() {
        if (restNanos != Long.MAX_VALUE) {
            endAll(restNanos);
        }
    }

    private void endAll(final long rest) {
        final long now = registry.now();
        for (int i = 0; i < depths.length; i++) {
            if (depths[i] > 0 && now - lastNanos[i] >= rest) {
                depths[i] = 0;
                registry.release(i);
            }
        }
    }

    private void check(final int index) {
        if (closed) {
            throw new IllegalStateException(
                    "The writer \"" + name + "\" is closed: ask the registry for a new one.");
        }
        registry.checkWritable(index, plugin);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.parameter;

import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.ParameterText;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The parameters of a plug-in instance as control has them: their descriptions, their exact values, their texts, and who may change
 * them. Changes reach the engine in its next block and the host as changes that the plug-in made.
 *
 * <p>The region holds 32 bits of a value. What was set here stays exact all the same: a parameter has the double that was set last for
 * as long as the engine plays that double to 32 bits. What the host or the engine set is known to 32 bits.
 *
 * <p>Not thread-safe: for the control module's thread.
 */
public final class ParameterRegistry {
    /** Who has changed a parameter where no writer did: the host or the engine. */
    public static final String ENGINE = "engine";

    /** Whose code asks for a writer: it is closed when that code goes. */
    private static final StackWalker CALLER =
            StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    /** What a rest is where a forgotten gesture ends with its writer only. */
    public static final Duration NEVER = Duration.ofNanos(Long.MAX_VALUE);

    /** A block may have begun before a change and end after it; the one that begins next has the change. */
    private static final int BLOCKS_TO_TAKE = 2;

    private final List<Parameter> parameters;
    private final EngineParameters engine;
    private final LongSupplier clock;
    private final Map<Integer, Integer> byId = new HashMap<>();
    private final Map<String, Integer> bySymbol = new HashMap<>();
    private final List<ParameterGroup> groups;
    private final double[] values;
    private final boolean[] pending;
    private final long[] blocksBefore;
    private final int[] holders;
    private final List<ParameterWriter> writers = new ArrayList<>();
    private final List<ParameterListener> listeners = new ArrayList<>();
    private ArrayDeque<Runnable> untold = new ArrayDeque<>();
    private boolean telling;

    /**
     * Starts with the values that the engine plays.
     *
     * @param parameters in the order of their indices
     * @param engine which plays them
     */
    public ParameterRegistry(final List<Parameter> parameters, final EngineParameters engine) {
        this(parameters, engine, System::nanoTime);
    }

    ParameterRegistry(
            final List<Parameter> parameters,
            final EngineParameters engine,
            final LongSupplier clock) {
        this.parameters = List.copyOf(parameters);
        this.engine = engine;
        this.clock = clock;
        final int count = parameters.size();
        this.values = new double[count];
        this.pending = new boolean[count];
        this.blocksBefore = new long[count];
        this.holders = new int[count];
        final Map<String, List<Integer>> grouped = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            final Parameter parameter = parameters.get(i);
            byId.put(parameter.id(), i);
            bySymbol.put(parameter.symbol(), i);
            grouped.computeIfAbsent(parameter.group(), name -> new ArrayList<>()).add(i);
            values[i] = engine.playing(i);
        }
        this.groups =
                grouped.entrySet().stream()
                        .map(group -> new ParameterGroup(group.getKey(), group.getValue()))
                        .toList();
    }

    /** {@return the descriptions in the order of their indices} */
    public List<Parameter> all() {
        return parameters;
    }

    /** {@return how many parameters there are} */
    public int count() {
        return parameters.size();
    }

    /**
     * {@return the description of a parameter}
     *
     * @param index its place in the declaration
     * @throws IllegalArgumentException if there is none
     */
    public Parameter get(final int index) {
        if (index < 0 || index >= parameters.size()) {
            throw new IllegalArgumentException(
                    "There is no parameter "
                            + index
                            + ": the plug-in has "
                            + parameters.size()
                            + ".");
        }
        return parameters.get(index);
    }

    /**
     * {@return the place of the parameter with this stable number}
     *
     * @param id see {@link Parameter#id}
     */
    public OptionalInt indexOfId(final int id) {
        final Integer index = byId.get(id);
        return index == null ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /**
     * {@return the place of the parameter with this symbol}
     *
     * @param symbol see {@link Parameter#symbol}
     */
    public OptionalInt indexOfSymbol(final String symbol) {
        final Integer index = bySymbol.get(symbol);
        return index == null ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /** {@return the groups in the order of their first parameters; every parameter is in one} */
    public List<ParameterGroup> groups() {
        return groups;
    }

    /**
     * {@return the value, normalized} The last one that was set, by whomever; one that was set here counts at once, before the
     * engine plays it.
     *
     * @param index the parameter's place in the declaration
     * @throws IllegalArgumentException if there is none
     */
    public double value(final int index) {
        get(index);
        reconcile(index);
        return values[index];
    }

    /**
     * {@return the value in the parameter's unit}
     *
     * @param index the parameter's place in the declaration
     * @throws IllegalArgumentException if there is none
     */
    public double plain(final int index) {
        return get(index).toPlain(value(index));
    }

    /**
     * {@return the value as people read it: {@code 1.2 kHz}}
     *
     * @param index the parameter's place in the declaration
     * @throws IllegalArgumentException if there is none
     */
    public String text(final int index) {
        return ParameterText.formatWithUnit(get(index), value(index));
    }

    /**
     * {@return the normalized value of what a person typed}
     *
     * @param index the parameter's place in the declaration
     * @param text see {@link ParameterText}
     * @throws IllegalArgumentException if there is no such parameter, or the text is no value, with a sentence that says what is
     *     expected
     */
    public double parse(final int index, final String text) {
        return ParameterText.parse(get(index), text);
    }

    /**
     * {@return whether a parameter has a value, as far as 32 bits can tell} The way to compare with a value that was stored: what the
     * host had in its project comes back with the 32 bits that the region holds.
     *
     * @param index the parameter's place in the declaration
     * @param normalized 0 to 1
     * @throws IllegalArgumentException if there is no such parameter
     */
    public boolean has(final int index, final double normalized) {
        return (float) value(index) == (float) normalized;
    }

    /**
     * {@return whether a writer holds a parameter}
     *
     * @param index the parameter's place in the declaration
     * @throws IllegalArgumentException if there is none
     */
    public boolean isHeld(final int index) {
        get(index);
        return holders[index] > 0;
    }

    /**
     * A writer for a person or a controller, who may not change what only the plug-in changes.
     *
     * @param name what listeners are told
     * @param rest after how long without a change a gesture counts as forgotten, or {@link #NEVER}
     * @return the writer; to be closed when its panel or controller goes
     * @throws IllegalArgumentException if the rest is not above 0
     */
    public ParameterWriter writer(final String name, final Duration rest) {
        return add(name, false, rest, CALLER.getCallerClass().getClassLoader());
    }

    /**
     * A writer for the plug-in itself, who may change every parameter. Its gestures end with it.
     *
     * @param name what listeners are told
     * @return the writer
     */
    public ParameterWriter pluginWriter(final String name) {
        return add(name, true, NEVER, CALLER.getCallerClass().getClassLoader());
    }

    private ParameterWriter add(
            final String name, final boolean plugin, final Duration rest, final ClassLoader code) {
        if (rest.isNegative() || rest.isZero()) {
            throw new IllegalArgumentException(
                    "The writer \""
                            + name
                            + "\" needs a rest above 0 after which a gesture is forgotten, but"
                            + " was given "
                            + rest
                            + ".");
        }
        final long nanos = rest.compareTo(NEVER) >= 0 ? Long.MAX_VALUE : rest.toNanos();
        final ParameterWriter writer = new ParameterWriter(this, name, plugin, nanos, code);
        writers.add(writer);
        return writer;
    }

    /**
     * Has changes and gestures told from now on.
     *
     * @param listener is told once for each time that it was added
     */
    public void listen(final ParameterListener listener) {
        listeners.add(listener);
    }

    /**
     * Takes a listener back.
     *
     * @param listener is told no more
     */
    public void unlisten(final ParameterListener listener) {
        listeners.remove(listener);
    }

    /**
     * Takes back all listeners and closes all writers of code that goes. By the control process, when other code has taken a module's place;
     * what the code has begun to tell and not ended is forgotten.
     *
     * @param code the class loader of the code
     */
    public void leave(final ClassLoader code) {
        listeners.removeIf(listener -> listener.getClass().getClassLoader() == code);
        // A listener of that code may never return.
        untold = new ArrayDeque<>();
        telling = false;
        for (final ParameterWriter writer : List.copyOf(writers)) {
            if (writer.isOf(code)) {
                writer.close();
            }
        }
    }

    /** Looks for what host and engine have changed, tells it, and ends forgotten gestures. The control process does it in each round. */
    public void poll() {
        for (int i = 0; i < values.length; i++) {
            reconcile(i);
        }
        for (final ParameterWriter writer : List.copyOf(writers)) {
            writer.endForgotten();
        }
        tell();
    }

    private void reconcile(final int index) {
        final float playing = engine.playing(index);
        if (playing == (float) values[index]) {
            pending[index] = false;
            return;
        }
        // What was set here is not played yet, unless the engine has begun and ended a block since.
        if (pending[index] && engine.blocks() - blocksBefore[index] < BLOCKS_TO_TAKE) {
            return;
        }
        pending[index] = false;
        values[index] = playing;
        final double value = playing;
        later(listener -> listener.changed(index, value, ENGINE));
    }

    void checkValue(final int index, final double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(
                    "The parameter \""
                            + parameters.get(index).symbol()
                            + "\" takes 0 to 1, but was given "
                            + value
                            + ".");
        }
    }

    void checkWritable(final int index, final boolean plugin) {
        if (!plugin && get(index).flags().contains(Parameter.Flag.READ_ONLY)) {
            throw new IllegalArgumentException(
                    "The parameter \""
                            + parameters.get(index).symbol()
                            + "\" is read-only: only the plug-in itself changes it.");
        }
        get(index);
    }

    /** Applies checked values in one transaction. */
    void change(final ParameterWriter writer, final Map<Integer, Double> normalizedByIndex) {
        for (final Map.Entry<Integer, Double> change : normalizedByIndex.entrySet()) {
            final int index = change.getKey();
            final double value = change.getValue() + 0.0;
            reconcile(index);
            blocksBefore[index] = engine.blocks();
            pending[index] = true;
            values[index] = value;
            engine.set(index, (float) value);
            final boolean own = holders[index] == 0;
            if (own) {
                later(listener -> listener.gestureBegan(index));
            }
            later(listener -> listener.changed(index, value, writer.name()));
            if (own) {
                later(listener -> listener.gestureEnded(index));
            }
        }
        engine.publish();
        tell();
    }

    void hold(final int index) {
        if (holders[index]++ == 0) {
            later(listener -> listener.gestureBegan(index));
            tell();
        }
    }

    void release(final int index) {
        if (--holders[index] == 0) {
            later(listener -> listener.gestureEnded(index));
            tell();
        }
    }

    void forget(final ParameterWriter writer) {
        writers.remove(writer);
    }

    long now() {
        return clock.getAsLong();
    }

    private void later(final Consumer<ParameterListener> event) {
        if (!listeners.isEmpty()) {
            untold.add(() -> tellAll(event));
        }
    }

    /** All of them, also where one throws. */
    private void tellAll(final Consumer<ParameterListener> event) {
        RuntimeException failure = null;
        for (final ParameterListener listener : List.copyOf(listeners)) {
            try {
                event.accept(listener);
            } catch (final RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Tells in order, also where a listener changes parameters. */
    private void tell() {
        if (telling) {
            return;
        }
        telling = true;
        // As it is now: one who comes back here after its code was left must not meet the others.
        final ArrayDeque<Runnable> queue = untold;
        try {
            while (!queue.isEmpty()) {
                queue.remove().run();
            }
        } finally {
            if (queue == untold) {
                telling = false;
            }
        }
    }
}

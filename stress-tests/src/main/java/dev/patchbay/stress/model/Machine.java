// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Executes actors, one after the other: what the graph already has is repeated, what is new is added by the explorer. A
 * load's value comes from the graph, so no actor need run beside another.
 */
final class Machine {
    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    /** Unwinds an actor. */
    static final class Unwind extends Error {
        private static final long serialVersionUID = 1;

        Unwind(final String why) {
            super(why, null, false, false);
        }
    }

    /** The actor stands still. */
    static final Unwind BLOCKED = new Unwind("blocked");

    /** The mortal actor is dead: it does nothing more, not even in a finally clause. */
    private static final Unwind DEAD = new Unwind("dead");

    /** Nobody dies. */
    private static final int NEVER = Integer.MAX_VALUE;

    private static final int IMMORTAL = -1;

    private static final ThreadLocal<Machine> RUNNING = new ThreadLocal<>();

    private final Explorer explorer;
    private final Bounds bounds;
    private final ModelBuffer buffer = new ModelBuffer(this);
    private ByteBuffer image;
    private Cells cells;
    private Setup setup;
    private Graph graph;
    private int thread = Event.INITIAL;
    private int cursor;
    private boolean acquireFence;
    private int[] releaseFence;
    private Supplier<String> foreign;

    /** Before which access, from 0, the mortal actor dies. */
    private int death = NEVER;

    /** The accesses of the mortal actor so far, while it lives. */
    private int lived = IMMORTAL;

    private int longestLife;
    private boolean hasDied;

    /** The stores of the mortal actor so far, in this execution. */
    private int storesOfLife;

    Machine(final Explorer explorer, final Bounds bounds) {
        this.explorer = explorer;
        this.bounds = bounds;
    }

    /** Sets the scenario up for another execution. */
    Setup setUp(final Scenario scenario) {
        thread = Event.INITIAL;
        hasDied = false;
        setup = new Setup(this);
        scenario.setUp(setup);
        return setup;
    }

    /** Runs a life as far as the death that is being explored lets it. */
    void live(final Runnable life) {
        lived = 0;
        storesOfLife = 0;
        try {
            life.run();
        } catch (final Unwind unwind) {
            if (unwind != DEAD) {
                throw unwind;
            }
        } finally {
            lived = IMMORTAL;
        }
    }

    private void age() {
        outlive();
        if (lived != IMMORTAL) {
            longestLife = Math.max(longestLife, ++lived);
        }
    }

    private void outlive() {
        if (lived == death) {
            hasDied = true;
            throw DEAD;
        }
    }

    private void stored() {
        if (lived != IMMORTAL) {
            storesOfLife++;
        }
    }

    /** How many stores the mortal actor made while it lived, in the execution that has just been run. */
    int storesOfLife() {
        return storesOfLife;
    }

    /** Begins with the executions in which nobody dies. */
    void spare() {
        death = NEVER;
        longestLife = 0;
    }

    /** Goes on to another death; whether there is one. */
    boolean nextDeath() {
        death = death == NEVER ? 0 : death + 1;
        return death < longestLife;
    }

    /** Explores this death alone; below 0 for none. */
    void dieBefore(final int access) {
        death = access < 0 ? NEVER : access;
    }

    /** Before which access the mortal actor dies, or −1. */
    int death() {
        return death == NEVER ? -1 : death;
    }

    /** Whether the execution is another than those in which nobody dies. */
    boolean isNew() {
        return death == NEVER || hasDied;
    }

    ModelBuffer memory(final int bytes) {
        if (image == null) {
            image = ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
            cells = new Cells(bytes);
        }
        if (image.capacity() != bytes) {
            throw new IllegalStateException(
                    "A scenario has one memory of always the same size, "
                            + image.capacity()
                            + " bytes, but asks for "
                            + bytes
                            + ".");
        }
        Arrays.fill(image.array(), (byte) 0);
        return buffer;
    }

    void fill(final ByteBuffer bytes) {
        image.put(0, bytes, 0, bytes.capacity());
    }

    Cells cells() {
        return cells;
    }

    int capacity() {
        return image.capacity();
    }

    /** Where accesses are made from now on, if not in Java; null for Java. */
    void from(final Supplier<String> site) {
        foreign = site;
    }

    /** Where the access that is being performed is made, with its caller. */
    String site() {
        return foreign == null
                ? Site.here().stream().map(Site::toString).collect(Collectors.joining(" < "))
                : foreign.get();
    }

    /** Runs an actor to its end. */
    void run(final Graph execution, final int actor) {
        graph = execution;
        thread = actor;
        cursor = 0;
        foreign = null;
        acquireFence = false;
        releaseFence = null;
        RUNNING.set(this);
        try {
            setup.actors().get(actor).run();
        } finally {
            RUNNING.remove();
        }
        if (cursor < graph.size(actor)) {
            throw new IllegalStateException(
                    "The actor "
                            + setup.names().get(actor)
                            + " ended earlier than in the same execution before: a scenario must"
                            + " be deterministic, and made anew by each set-up.");
        }
    }

    /** A fence of the actor that runs. It is no event: the accesses behind it carry what it orders. */
    void fence(final boolean acquire, final boolean release) {
        if (thread == Event.INITIAL) {
            return;
        }
        outlive();
        acquireFence |= acquire;
        if (release) {
            final Event last = cursor == 0 ? null : graph.event(thread, cursor - 1);
            releaseFence = Event.knownBehind(last, acquireFence);
        }
    }

    /** The machine that runs an actor on this thread, or null. */
    static Machine running() {
        return RUNNING.get();
    }

    private Fences fences() {
        return acquireFence || releaseFence != null
                ? new Fences(acquireFence, releaseFence)
                : Fences.NONE;
    }

    /** Makes the newest values what memory holds, and ends the actors' time. */
    void settle(final Graph execution) {
        thread = Event.INITIAL;
        for (int i = 0; i < execution.locations(); i++) {
            if (execution.knows(i)) {
                final Event[] stores = execution.stores(i);
                write(cells.offset(i), cells.size(i), stores[stores.length - 1].value);
            }
        }
    }

    long load(final int offset, final int size, final Order order) {
        if (thread == Event.INITIAL) {
            return read(offset, size);
        }
        age();
        if (order != Order.PLAIN) {
            return load(cells.atomic(offset, size), order, null).value;
        }
        final int whole = cells.whole(offset, size);
        if (whole >= 0) {
            return load(whole, order, null).value;
        }
        long value = 0;
        for (final int cell : cells.pieces(offset, size)) {
            value |= load(cell, order, null).value << shift(offset, size, cell);
        }
        return value;
    }

    void store(final int offset, final int size, final Order order, final long value) {
        if (thread == Event.INITIAL) {
            write(offset, size, value);
            return;
        }
        age();
        stored();
        if (order != Order.PLAIN) {
            store(cells.atomic(offset, size), order, value & mask(size));
            return;
        }
        final int whole = cells.whole(offset, size);
        if (whole >= 0) {
            store(whole, order, value & mask(size));
            return;
        }
        for (final int cell : cells.pieces(offset, size)) {
            store(cell, order, value >>> shift(offset, size, cell) & mask(cells.size(cell)));
        }
    }

    /** A read-modify-write; the answer is what it read. */
    long update(
            final int offset,
            final int size,
            final Order order,
            final Order failure,
            final Update.Kind kind,
            final long expected,
            final long operand) {
        final long mask = mask(size);
        if (thread == Event.INITIAL) {
            final Update update =
                    new Update(kind, order, failure, expected & mask, operand & mask, mask);
            final long found = read(offset, size);
            if (update.stores(found)) {
                write(offset, size, update.apply(found));
            }
            return found;
        }
        age();
        final Order f = order == order ? failure : order.ofLoad();
        final Update update = new Update(kind, order, f, expected & mask, operand & mask, mask);
        final int cell = cells.atomic(offset, size);
        final Event load = load(cell, order.ofLoad(), update);
        if (load.isHalf()) {
            stored();
            if (cursor == graph.size(thread)) {
                explorer.addStore(graph, explorer.storeOf(graph, load));
            }
            repeated(cell, order.ofStore(), false);
        }
        return load.value;
    }

    private Event load(final int cell, final Order order, final Update update) {
        introduce(cell);
        if (cursor == graph.size(thread)) {
            limit();
            explorer.addLoad(graph, thread, cell, order, update, fences());
        }
        final Event e = repeated(cell, order, true);
        if (!Objects.equals(e.update, update)) {
            throw changed();
        }
        if (!e.isHalf() && Spin.period(graph, thread, cursor, bounds.patience()) > 0) {
            throw BLOCKED;
        }
        return e;
    }

    private void store(final int cell, final Order order, final long value) {
        introduce(cell);
        if (cursor == graph.size(thread)) {
            limit();
            explorer.addStore(graph, graph.store(thread, cell, order, value, false, fences()));
        }
        if (repeated(cell, order, false).value != value) {
            throw changed();
        }
    }

    private Event repeated(final int cell, final Order order, final boolean isLoad) {
        final Event e = graph.event(thread, cursor++);
        acquireFence = false;
        final boolean isSame = e.update != null || e.order == order;
        if (e.location != cell || !isSame || e.isLoad() != isLoad) {
            throw changed();
        }
        explorer.performed(e);
        return e;
    }

    private IllegalStateException changed() {
        return new IllegalStateException(
                "The actor "
                        + setup.names().get(thread)
                        + " does otherwise than in the same execution before: a scenario must be"
                        + " deterministic, and made anew by each set-up.");
    }

    private void limit() {
        if (graph.size(thread) >= bounds.operations()) {
            throw new Explorer.Found(
                    "livelock, or the bound is too low: "
                            + setup.names().get(thread)
                            + " has not ended after "
                            + bounds.operations()
                            + " operations",
                    null);
        }
    }

    private void introduce(final int cell) {
        if (!graph.knows(cell)) {
            graph.introduce(cell, read(cells.offset(cell), cells.size(cell)));
        }
    }

    private int shift(final int offset, final int size, final int cell) {
        final int from = cells.offset(cell) - offset;
        return Byte.SIZE * (LITTLE ? from : size - from - cells.size(cell));
    }

    private static long mask(final int size) {
        return -1L >>> Long.SIZE - Byte.SIZE * size;
    }

    private long read(final int offset, final int size) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            final long b = image.get(offset + i) & 0xFF;
            value |= b << Byte.SIZE * (LITTLE ? i : size - 1 - i);
        }
        return value;
    }

    private void write(final int offset, final int size, final long value) {
        for (int i = 0; i < size; i++) {
            image.put(offset + i, (byte) (value >>> Byte.SIZE * (LITTLE ? i : size - 1 - i)));
        }
    }
}

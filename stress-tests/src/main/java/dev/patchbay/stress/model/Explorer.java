// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Visits each execution of a scenario once, whatever the number of interleavings that lead to it. Actors run one after the
 * other; a load takes each store that it may read, a store each place that it may have; and a store that an earlier load of
 * another actor could have read goes back to it. Of each choice one branch is followed at once and the others are kept.
 * Source: Kokologiannakis, Marmanis, Gladstein, Vafeiadis, "Truly stateless, optimal dynamic partial order reduction" (POPL
 * 2022).
 */
final class Explorer {
    static final String RACE = "race: a plain access meets another access of the same bytes";

    /** The execution cannot go on consistently. */
    private static final Machine.Unwind ABANDONED = new Machine.Unwind("abandoned");

    private final Scenario scenario;
    private final Bounds bounds;
    private final Machine machine;
    private final Deque<Graph> open = new ArrayDeque<>();
    private final TreeMap<String, Long> outcomes = new TreeMap<>();
    private Consumer<Graph> completed = g -> {};
    private Consumer<Event> performed;
    private Script script;
    private Graph racing;
    private long executions;
    private long blocked;
    private long abandoned;
    private int longest;
    private int actors;

    /** What an execution is condemned for. */
    static final class Found extends Error {
        private static final long serialVersionUID = 1;

        Found(final String reason, final Throwable cause) {
            super(reason, cause, false, false);
        }
    }

    Explorer(final Bounds bounds, final Scenario scenario) {
        this.bounds = bounds;
        this.scenario = scenario;
        this.machine = new Machine(this, bounds);
    }

    /** Takes each complete execution. */
    Explorer onCompleted(final Consumer<Graph> consumer) {
        completed = consumer;
        return this;
    }

    /** Takes each access as it is performed, for the trace; null for none. */
    void onPerformed(final Consumer<Event> consumer) {
        performed = consumer;
    }

    /** Leaves what is new to a script. */
    void follow(final Script follow) {
        script = follow;
    }

    Machine machine() {
        return machine;
    }

    /** Explores all. */
    Report explore() {
        final long start = System.nanoTime();
        ModelFailure failure = null;
        restart();
        while (failure == null && hasMore()) {
            final Graph graph = open.pop();
            racing = null;
            try {
                execute(graph);
            } catch (final Found found) {
                final Graph condemned = racing == null ? graph : racing;
                failure = new Trace(this, scenario, condemned).failure(found);
            } catch (final Cells.Divided e) {
                restart();
            }
            if (executions + blocked + abandoned > bounds.executions()) {
                throw new BoundException(bounds.executions());
            }
        }
        return new Report(
                executions,
                blocked,
                abandoned,
                longest,
                System.nanoTime() - start,
                outcomes,
                failure);
    }

    private boolean hasMore() {
        if (open.isEmpty() && machine.nextDeath()) {
            open.push(new Graph(actors));
        }
        return !open.isEmpty();
    }

    private void restart() {
        machine.spare();
        open.clear();
        outcomes.clear();
        executions = 0;
        blocked = 0;
        abandoned = 0;
        actors = machine.setUp(scenario).actors().size();
        open.push(new Graph(actors));
    }

    /** Runs the actors: what the graph has is repeated, what is new is added. */
    void execute(final Graph graph) {
        final Setup setup = machine.setUp(scenario);
        final BitSet waiting = new BitSet();
        try {
            if (graph.half != null) {
                final Event store = storeOf(graph, graph.half);
                graph.half = null;
                addStore(graph, store);
            }
            for (int t = 0; t < graph.threads(); t++) {
                waiting.set(t, !ran(graph, t, setup));
            }
        } catch (final Machine.Unwind unwind) {
            abandoned++;
            return;
        }
        if (!machine.isNew()) {
            return;
        }
        longest = Math.max(longest, size(graph));
        if (waiting.isEmpty()) {
            executions++;
            completed.accept(graph);
            judge(graph, setup);
        } else if (waiting.stream().allMatch(t -> isStuck(graph, t))) {
            throw new Found(
                    "deadlock, or a loop with an end after more turns than the patience: who has"
                            + " not ended waits for a store that no one makes",
                    null);
        } else {
            blocked++;
        }
    }

    private boolean isStuck(final Graph graph, final int thread) {
        final int period = Spin.period(graph, thread, graph.size(thread), bounds.patience());
        return Spin.isStuck(graph, thread, period);
    }

    private boolean ran(final Graph graph, final int thread, final Setup setup) {
        try {
            machine.run(graph, thread);
            return true;
        } catch (final Machine.Unwind unwind) {
            if (unwind == Machine.BLOCKED) {
                return false;
            }
            throw unwind;
        } catch (final Found | Cells.Divided e) {
            throw e;
        } catch (final Exception | Error e) {
            throw new Found(setup.names().get(thread) + " threw " + e, e);
        }
    }

    private void judge(final Graph graph, final Setup setup) {
        machine.settle(graph);
        try {
            outcomes.merge(setup.judge(), 1L, Long::sum);
        } catch (final Exception | Error e) {
            throw new Found("in the end: " + e, e);
        }
    }

    private static int size(final Graph graph) {
        int size = 0;
        for (int t = 0; t < graph.threads(); t++) {
            size += graph.size(t);
        }
        return size;
    }

    void performed(final Event e) {
        if (performed != null) {
            performed.accept(e);
        }
    }

    /** The store that completes a read-modify-write. */
    Event storeOf(final Graph graph, final Event load) {
        return graph.store(
                load.thread,
                load.location,
                load.update.order().ofStore(),
                load.update.apply(load.value),
                true,
                load.fences.ofStore());
    }

    /** Adds a load that reads from the newest store it can, and keeps the graphs where it reads from others. */
    void addLoad(
            final Graph graph,
            final int thread,
            final int location,
            final Order order,
            final Update update,
            final Fences fences) {
        if (script != null) {
            script.addLoad(graph, thread, location, order, update, fences);
            return;
        }
        final Event[] stores = graph.stores(location);
        final Event unordered = graph.load(thread, location, Order.OPAQUE, null, stores[0], fences);
        final int newestKnown = graph.newestKnown(unordered);
        Event chosen = null;
        for (int i = stores.length - 1; i >= newestKnown; i--) {
            final Event load = graph.load(thread, location, order, update, stores[i], fences);
            if (graph.racing(load) != null) {
                graph.add(load);
                throw race(graph);
            }
            if (chosen == null && !load.isSequential()) {
                chosen = load;
                continue;
            }
            final Graph other = graph.copy();
            other.add(load);
            if (!SequentialOrder.allows(other, load)) {
                continue;
            }
            if (chosen == null) {
                chosen = load;
            } else {
                open.push(other);
            }
        }
        if (chosen == null) {
            throw ABANDONED;
        }
        graph.add(chosen);
    }

    /** Adds a store at the newest place it can have, and keeps the graphs where it has others or is read by earlier loads. */
    void addStore(final Graph graph, final Event store) {
        if (script != null) {
            script.addStore(graph, store);
            return;
        }
        if (graph.racing(store) != null) {
            graph.add(store, graph.stores(store.location).length);
            throw race(graph);
        }
        for (final Event load : graph.accesses(store.location)) {
            if (load.isLoad() && !load.leadsTo(store)) {
                revisit(graph, load, store);
            }
        }
        int chosen = 0;
        for (int at = lastPlace(graph, store); at >= firstPlace(graph, store); at--) {
            if (!graph.isFree(store.location, at)) {
                continue;
            }
            if (chosen == 0 && !store.isSequential()) {
                chosen = at;
                continue;
            }
            final Graph other = graph.copy();
            other.add(store, at);
            if (!SequentialOrder.allows(other, store)) {
                continue;
            }
            if (chosen == 0) {
                chosen = at;
            } else {
                open.push(other);
            }
        }
        if (chosen == 0) {
            throw ABANDONED;
        }
        graph.add(store, chosen);
    }

    private void revisit(final Graph graph, final Event load, final Event store) {
        final Graph base = graph.revisited(load, store);
        if (base == null) {
            return;
        }
        for (int at = lastPlace(base, store); at >= firstPlace(base, store); at--) {
            if (!base.isFree(store.location, at)) {
                continue;
            }
            final Graph other = base.copy();
            other.add(store, at);
            final Event unordered =
                    other.load(load.thread, load.location, Order.OPAQUE, null, store, load.fences);
            if (at < other.newestKnown(unordered)) {
                continue;
            }
            final Event again = other.redirected(load, store);
            final Event rival = other.racing(again);
            other.add(again);
            if (rival != null) {
                throw race(other);
            }
            if (SequentialOrder.allows(other, store) && SequentialOrder.allows(other, again)) {
                other.half = again.isHalf() ? again : null;
                open.push(other);
            }
        }
    }

    private static int firstPlace(final Graph graph, final Event store) {
        return store.exclusive ? lastPlace(graph, store) : graph.newestKnown(store) + 1;
    }

    private static int lastPlace(final Graph graph, final Event store) {
        if (!store.exclusive) {
            return graph.stores(store.location).length;
        }
        final Event load = graph.event(store.thread, store.index - 1);
        return graph.position(load.from) + 1;
    }

    private Found race(final Graph graph) {
        racing = graph;
        return new Found(RACE, null);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import java.util.Arrays;

/**
 * An execution, or the beginning of one, as RC11 defines it: each thread's events in program order, for each load the store
 * it reads from, and for each location the stores in modification order. It is consistent by construction: an event is only
 * added where the axioms hold. Source: Lahav, Vafeiadis, Kang, Hur, Dreyer, "Repairing sequential consistency in C/C++11"
 * (PLDI 2017), with the release sequences of C++20; of fences, release and acquire.
 *
 * <p>What is inside the arrays by location is replaced, never changed, so copies share it.
 */
final class Graph {
    private static final Event[] NONE = {};

    private final Event[][] threads;
    private final int[] sizes;

    /** By location, in modification order; the first is the initial value. */
    private Event[][] stores;

    /** By location, in the order of their adding, without the initial value. */
    private Event[][] accesses;

    private int stamps;

    /** The load of a read-modify-write whose store comes next, whatever else could; or null. */
    Event half;

    Graph(final int threads) {
        this.threads = new Event[threads][];
        Arrays.fill(this.threads, NONE);
        this.sizes = new int[threads];
        this.stores = new Event[0][];
        this.accesses = new Event[0][];
    }

    private Graph(final Graph other) {
        threads = new Event[other.threads.length][];
        for (int t = 0; t < threads.length; t++) {
            threads[t] = Arrays.copyOf(other.threads[t], other.sizes[t] + 4);
        }
        sizes = other.sizes.clone();
        stores = other.stores.clone();
        accesses = other.accesses.clone();
        stamps = other.stamps;
    }

    Graph copy() {
        return new Graph(this);
    }

    int threads() {
        return threads.length;
    }

    int size(final int thread) {
        return sizes[thread];
    }

    Event event(final int thread, final int index) {
        return threads[thread][index];
    }

    private Event last(final int thread) {
        return sizes[thread] == 0 ? null : threads[thread][sizes[thread] - 1];
    }

    /** The number of locations that may have stores. */
    int locations() {
        return stores.length;
    }

    /** The stores to a location in modification order. */
    Event[] stores(final int location) {
        return stores[location];
    }

    boolean knows(final int location) {
        return location < stores.length && stores[location] != null;
    }

    void introduce(final int location, final long value) {
        if (location >= stores.length) {
            stores = Arrays.copyOf(stores, location + 8);
            accesses = Arrays.copyOf(accesses, location + 8);
        }
        stores[location] = new Event[] {Event.initial(location, value)};
        accesses[location] = NONE;
    }

    /** A load that could come next, not yet added. */
    Event load(
            final int thread,
            final int location,
            final Order order,
            final Update update,
            final Event from,
            final Fences fences) {
        return Event.load(
                stamps,
                thread,
                last(thread),
                threads.length,
                location,
                order,
                update,
                from,
                fences);
    }

    /** A store that could come next, not yet added. */
    Event store(
            final int thread,
            final int location,
            final Order order,
            final long value,
            final boolean exclusive,
            final Fences fences) {
        return Event.store(
                stamps,
                thread,
                last(thread),
                threads.length,
                location,
                order,
                value,
                exclusive,
                fences);
    }

    /** A load, whose thread ends before it, reading from another store; not yet added. */
    Event redirected(final Event load, final Event store) {
        return load.redirected(last(load.thread), threads.length, store);
    }

    /** Adds a load. */
    void add(final Event load) {
        append(load);
    }

    /** Adds a store at a place in its location's modification order. */
    void add(final Event store, final int position) {
        append(store);
        stores[store.location] = inserted(stores[store.location], store, position);
    }

    private void append(final Event e) {
        final Event[] thread = threads[e.thread];
        final int size = sizes[e.thread]++;
        if (size == thread.length) {
            threads[e.thread] = Arrays.copyOf(thread, size * 2 + 8);
        }
        threads[e.thread][size] = e;
        accesses[e.location] = inserted(accesses[e.location], e, accesses[e.location].length);
        stamps = Math.max(stamps, e.stamp + 1);
    }

    private static Event[] inserted(final Event[] all, final Event e, final int position) {
        final Event[] more = new Event[all.length + 1];
        System.arraycopy(all, 0, more, 0, position);
        more[position] = e;
        System.arraycopy(all, position, more, position + 1, all.length - position);
        return more;
    }

    /** The place of a store in its location's modification order. */
    int position(final Event store) {
        final Event[] all = stores[store.location];
        int i = all.length - 1;
        while (all[i] != store) {
            i--;
        }
        return i;
    }

    /**
     * Coherence: the place of the newest store to the event's location that it may not ignore, because it happens before the
     * event, or was read by what does.
     */
    int newestKnown(final Event e) {
        int newest = 0;
        for (final Event other : accesses[e.location]) {
            if (other.happensBefore(e)) {
                newest = Math.max(newest, position(other.isStore() ? other : other.from));
            }
        }
        return newest;
    }

    /** Atomicity: whether a store may have this place, which is not between the halves of a read-modify-write. */
    boolean isFree(final int location, final int position) {
        return position == stores[location].length || !stores[location][position].exclusive;
    }

    /** An access that races with one that comes next, or null. */
    Event racing(final Event e) {
        for (final Event other : accesses[e.location]) {
            if ((e.order == Order.PLAIN || other.order == Order.PLAIN)
                    && (e.isStore() || other.isStore())
                    && !other.happensBefore(e)) {
                return other;
            }
        }
        return null;
    }

    /** The accesses of a location in the order of their adding. */
    Event[] accesses(final int location) {
        return accesses[location];
    }

    /**
     * The graph as it would be had the store come before the load, and the load read it; the store is not added.
     *
     * @return null where another way leads to the same graph. An event may only be taken away if it was added in the one way
     *     that is always possible: with the newest store. (Kokologiannakis, Marmanis, Gladstein, Vafeiadis, "Truly
     *     stateless, optimal dynamic partial order reduction", POPL 2022: IsMaximallyAdded.)
     */
    Graph revisited(final Event load, final Event store) {
        for (int t = 0; t < threads.length; t++) {
            for (int i = sizes[t] - 1; i >= 0; i--) {
                final Event e = threads[t][i];
                if (e.stamp >= load.stamp && !e.leadsTo(store) && !isNewest(e, store)) {
                    return null;
                }
            }
        }
        final Graph g = copy();
        for (int t = 0; t < threads.length; t++) {
            int size = sizes[t];
            while (size > 0 && isDropped(threads[t][size - 1], load, store)) {
                size--;
            }
            g.sizes[t] = size;
        }
        for (int i = 0; i < stores.length; i++) {
            if (stores[i] != null) {
                g.stores[i] = kept(stores[i], load, store);
                g.accesses[i] = kept(accesses[i], load, store);
            }
        }
        return g;
    }

    private static boolean isDropped(final Event e, final Event load, final Event store) {
        return e.thread != Event.INITIAL && e.stamp >= load.stamp && !e.leadsTo(store);
    }

    private static Event[] kept(final Event[] all, final Event load, final Event store) {
        int dropped = 0;
        for (final Event e : all) {
            dropped += isDropped(e, load, store) ? 1 : 0;
        }
        if (dropped == 0) {
            return all;
        }
        final Event[] rest = new Event[all.length - dropped];
        int i = 0;
        for (final Event e : all) {
            if (!isDropped(e, load, store)) {
                rest[i++] = e;
            }
        }
        return rest;
    }

    private boolean isNewest(final Event e, final Event store) {
        if (e.isStore()) {
            for (final Event other : accesses[e.location]) {
                if (other.from == e && isPrevious(other, e, store)) {
                    return false;
                }
            }
        }
        final Event newest = e.isStore() ? e : e.from;
        if (!isPrevious(newest, e, store)) {
            return false;
        }
        final Event[] all = stores[e.location];
        for (int i = position(newest) + 1; i < all.length; i++) {
            if (isPrevious(all[i], e, store)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrevious(final Event other, final Event e, final Event store) {
        return other.stamp <= e.stamp || other.leadsTo(store);
    }
}

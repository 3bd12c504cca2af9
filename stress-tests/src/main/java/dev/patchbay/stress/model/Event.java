// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import java.util.Arrays;

/**
 * One load or store in an execution; a read-modify-write is a load and, next in its thread, a store. Immutable, so executions
 * that share a beginning share its events.
 *
 * @see Graph
 */
final class Event {
    /** The thread of the values that were there before any thread ran. */
    static final int INITIAL = -1;

    final int thread;

    /** Its number within its thread. */
    final int index;

    /** Grows in the order in which events were added to the graph. */
    final int stamp;

    final int location;
    final Order order;

    /** The bits read or stored. */
    final long value;

    /** The store that a load reads from; null in a store. */
    final Event from;

    /** What follows in a read-modify-write; null in every other load, and in stores. */
    final Update update;

    /** Whether this is the store of a read-modify-write. */
    final boolean exclusive;

    /** For each thread the number of its last event that happens before this one, itself included, or −1. */
    final int[] before;

    /** The same for program order and reads-from alone: what must have been there for this event to be. */
    final int[] causes;

    /** What one who acquires this store's value learns; null for nothing. */
    final int[] released;

    /** What an acquire fence behind this event learns from the loads of its thread; null for nothing. */
    private final int[] pending;

    final Fences fences;

    private Event(
            final int thread,
            final int index,
            final int stamp,
            final int location,
            final Order order,
            final long value,
            final Event from,
            final Update update,
            final boolean exclusive,
            final int[] before,
            final int[] causes,
            final int[] released,
            final int[] pending,
            final Fences fences) {
        this.thread = thread;
        this.index = index;
        this.stamp = stamp;
        this.location = location;
        this.order = order;
        this.value = value;
        this.from = from;
        this.update = update;
        this.exclusive = exclusive;
        this.before = before;
        this.causes = causes;
        this.released = released;
        this.pending = pending;
        this.fences = fences;
    }

    static Event initial(final int location, final long value) {
        return new Event(
                INITIAL,
                0,
                -1,
                location,
                Order.PLAIN,
                value,
                null,
                null,
                false,
                null,
                null,
                null,
                null,
                Fences.NONE);
    }

    /** A load after the last event of its thread. That of a read-modify-write has the order that its value makes of it. */
    static Event load(
            final int stamp,
            final int thread,
            final Event last,
            final int threads,
            final int location,
            final Order wanted,
            final Update update,
            final Event from,
            final Fences fences) {
        final Order order = update == null ? wanted : update.ofLoad(from.value);
        final int index = last == null ? 0 : last.index + 1;
        final int[] before = next(knownBehind(last, fences.acquire()), thread, index, threads);
        final int[] causes = next(last == null ? null : last.causes, thread, index, threads);
        if (order.acquires() && from.released != null) {
            join(before, from.released);
        }
        if (from.thread != INITIAL) {
            join(causes, from.causes);
        }
        return new Event(
                thread,
                index,
                stamp,
                location,
                order,
                from.value,
                from,
                update,
                false,
                before,
                causes,
                null,
                joined(last == null ? null : last.pending, from.released),
                fences);
    }

    /** What happens before what comes behind an event, with or without an acquire fence between them; null for nothing. */
    static int[] knownBehind(final Event last, final boolean acquireFence) {
        return last == null ? null : acquireFence ? joined(last.before, last.pending) : last.before;
    }

    private static int[] joined(final int[] clock, final int[] other) {
        if (clock == null || other == null) {
            return clock == null ? other : clock;
        }
        final int[] both = clock.clone();
        join(both, other);
        return both;
    }

    /**
     * A store after the last event of its thread. A release sequence is, as in C++20, the release store and the
     * read-modify-writes that follow from it, so only a read-modify-write passes on what it read.
     *
     * @param exclusive whether the last event is the load of the same read-modify-write
     */
    static Event store(
            final int stamp,
            final int thread,
            final Event last,
            final int threads,
            final int location,
            final Order order,
            final long value,
            final boolean exclusive,
            final Fences fences) {
        final int index = last == null ? 0 : last.index + 1;
        final int[] before = next(knownBehind(last, fences.acquire()), thread, index, threads);
        final int[] causes = next(last == null ? null : last.causes, thread, index, threads);
        int[] released = order.releases() ? before : order == Order.PLAIN ? null : fences.release();
        if (exclusive && last.from.released != null) {
            released = released == null ? last.from.released : released.clone();
            join(released, last.from.released);
        }
        return new Event(
                thread,
                index,
                stamp,
                location,
                order,
                value,
                null,
                null,
                exclusive,
                before,
                causes,
                released,
                last == null ? null : last.pending,
                fences);
    }

    /** This load, reading from another store, at the end of its thread again. */
    Event redirected(final Event last, final int threads, final Event store) {
        return load(stamp, thread, last, threads, location, order, update, store, fences);
    }

    boolean isLoad() {
        return from != null;
    }

    boolean isStore() {
        return from == null;
    }

    boolean isSequential() {
        return order == Order.VOLATILE;
    }

    /** Whether this is the load of a read-modify-write that stores. */
    boolean isHalf() {
        return update != null && update.stores(value);
    }

    boolean happensBefore(final Event other) {
        return thread == INITIAL || other.before[thread] >= index && this != other;
    }

    /** Whether the other event could not be without this one. */
    boolean leadsTo(final Event other) {
        return thread == INITIAL || other.causes[thread] >= index && this != other;
    }

    private static int[] next(
            final int[] last, final int thread, final int index, final int threads) {
        final int[] clock;
        if (last == null) {
            clock = new int[threads];
            Arrays.fill(clock, -1);
        } else {
            clock = last.clone();
        }
        clock[thread] = index;
        return clock;
    }

    private static void join(final int[] clock, final int[] other) {
        for (int i = 0; i < clock.length; i++) {
            clock[i] = Math.max(clock[i], other[i]);
        }
    }
}

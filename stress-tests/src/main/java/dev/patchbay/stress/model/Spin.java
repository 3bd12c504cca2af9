// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

/** Finds loops that load the same values again and again. */
final class Spin {
    private static final int LONGEST = 8;

    private Spin() {}

    /** The number of loads in each turn of a fruitless loop that a thread's first events end with, or 0. */
    static int period(final Graph graph, final int thread, final int events, final int patience) {
        for (int period = 1; period <= LONGEST && period * (patience + 1) <= events; period++) {
            if (isRepeated(graph, thread, events, period, patience)) {
                return period;
            }
        }
        return 0;
    }

    private static boolean isRepeated(
            final Graph graph,
            final int thread,
            final int events,
            final int period,
            final int patience) {
        for (int i = events - 1; i >= events - period * patience; i--) {
            if (!isSame(graph.event(thread, i), graph.event(thread, i - period))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSame(final Event a, final Event b) {
        return a.isLoad()
                && a.from == b.from
                && a.location == b.location
                && !a.isHalf()
                && !b.isHalf();
    }

    /** Whether each load of the loop reads the newest value, so that only another thread can end it. */
    static boolean isStuck(final Graph graph, final int thread, final int period) {
        final int size = graph.size(thread);
        for (int i = size - period; i < size; i++) {
            final Event[] stores = graph.stores(graph.event(thread, i).location);
            if (graph.event(thread, i).from != stores[stores.length - 1]) {
                return false;
            }
        }
        return true;
    }
}

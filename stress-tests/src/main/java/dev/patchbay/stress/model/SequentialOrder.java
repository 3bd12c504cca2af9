// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import java.util.ArrayList;
import java.util.List;

/**
 * RC11's axiom for sequentially consistent accesses: psc has no cycle. Without sequentially consistent fences psc is scb between such accesses, and
 * scb = po ∪ (po between locations ; hb ; po between locations) ∪ (hb at one location) ∪ mo ∪ fr.
 */
final class SequentialOrder {
    private final Graph graph;
    private final List<Event> events = new ArrayList<>();
    private boolean[] reached;

    private SequentialOrder(final Graph graph) {
        this.graph = graph;
        for (int t = 0; t < graph.threads(); t++) {
            for (int i = 0; i < graph.size(t); i++) {
                final Event e = graph.event(t, i);
                if (e.isSequential()) {
                    events.add(e);
                }
            }
        }
    }

    /** Whether the axiom still holds after an event was added; it did before. */
    static boolean allows(final Graph graph, final Event added) {
        return !added.isSequential() || !new SequentialOrder(graph).isOnCycle(added);
    }

    private boolean isOnCycle(final Event start) {
        reached = new boolean[events.size()];
        return reaches(start, start);
    }

    private boolean reaches(final Event from, final Event goal) {
        for (int i = 0; i < reached.length; i++) {
            final Event e = events.get(i);
            if (!reached[i] && precedes(from, e)) {
                if (e == goal) {
                    return true;
                }
                reached[i] = true;
                if (reaches(e, goal)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean precedes(final Event a, final Event b) {
        if (a == b) {
            return false;
        }
        if (a.thread == b.thread) {
            return a.index < b.index;
        }
        if (a.location != b.location) {
            return precedesByOthers(a, b);
        }
        if (a.happensBefore(b)) {
            return true;
        }
        final int place = graph.position(a.isStore() ? a : a.from);
        return b.isStore() && place < graph.position(b) || precedesByOthers(a, b);
    }

    /** Whether something after the one, elsewhere, happens before something elsewhere that comes before the other. */
    private boolean precedesByOthers(final Event a, final Event b) {
        int i = a.index + 1;
        while (i < graph.size(a.thread) && graph.event(a.thread, i).location == a.location) {
            i++;
        }
        int j = b.index - 1;
        while (j >= 0 && graph.event(b.thread, j).location == b.location) {
            j--;
        }
        return i < graph.size(a.thread) && j >= 0 && graph.event(b.thread, j).before[a.thread] >= i;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells an execution, in an order in which each load comes after the store that it reads from. */
final class Trace {
    /** What ends the number of the access before which the mortal actor dies, in a key. */
    static final String DEATH = "!";

    private final Explorer explorer;
    private final Scenario scenario;
    private final Graph graph;
    private final List<Event> events = new ArrayList<>();
    private final Map<Event, Integer> numbers = new IdentityHashMap<>();
    private final Map<Event, String> sites = new IdentityHashMap<>();

    Trace(final Explorer explorer, final Scenario scenario, final Graph graph) {
        this.explorer = explorer;
        this.scenario = scenario;
        this.graph = graph;
        sort();
    }

    /** The failure with its trace and its key. */
    ModelFailure failure(final Explorer.Found found) {
        final Setup setup = locate();
        final StringBuilder text = new StringBuilder();
        if (explorer.machine().death() >= 0) {
            text.append(setup.mortal())
                    .append(" dies before access ")
                    .append(explorer.machine().death() + 1)
                    .append(" of its life\n");
        }
        for (final Event e : events) {
            text.append(line(e, setup)).append('\n');
        }
        final String race = race();
        return new ModelFailure(
                found.getMessage() + race, text.toString(), key(), found.getCause());
    }

    private void sort() {
        final int[] done = new int[graph.threads()];
        for (Event e = next(done); e != null; e = next(done)) {
            done[e.thread]++;
            events.add(e);
            numbers.put(e, events.size());
        }
    }

    private Event next(final int[] done) {
        Event first = null;
        for (int t = 0; t < done.length; t++) {
            if (done[t] < graph.size(t)) {
                final Event e = graph.event(t, done[t]);
                final boolean ready =
                        e.isStore()
                                || e.from.thread == Event.INITIAL
                                || e.from.index < done[e.from.thread];
                if (ready && (first == null || e.stamp < first.stamp)) {
                    first = e;
                }
            }
        }
        return first;
    }

    /** Repeats the execution to see which line of the code makes each access. */
    private Setup locate() {
        explorer.follow(new Script());
        explorer.onPerformed(e -> sites.put(e, explorer.machine().site()));
        final Setup setup = explorer.machine().setUp(scenario);
        for (int t = 0; t < graph.threads(); t++) {
            try {
                explorer.machine().run(graph, t);
            } catch (final Exception | Error e) {
                // The failure that is being told, or the end of what there is.
                continue;
            }
        }
        explorer.onPerformed(null);
        return setup;
    }

    private String line(final Event e, final Setup setup) {
        return String.format(
                "%4d  %-8s %-24s %s = %s%s  %s",
                numbers.get(e),
                setup.names().get(e.thread),
                operation(e),
                location(e, setup),
                value(e),
                origin(e, setup),
                sites.getOrDefault(e, ""));
    }

    private static String operation(final Event e) {
        final String part = e.exclusive || e.update != null ? "update: " : "";
        final String name = e.isLoad() ? "load " : "store ";
        return part + name + e.order.name().toLowerCase(Locale.ROOT);
    }

    private String location(final Event e, final Setup setup) {
        final Cells cells = explorer.machine().cells();
        final int offset = cells.offset(e.location);
        return setup.place(offset) + "@" + offset + ":" + cells.size(e.location);
    }

    private String value(final Event e) {
        final int unused = Long.SIZE - Byte.SIZE * explorer.machine().cells().size(e.location);
        return Long.toString(e.value << unused >> unused);
    }

    private String origin(final Event e, final Setup setup) {
        if (e.isLoad()) {
            final String from =
                    e.from.thread == Event.INITIAL
                            ? "initial"
                            : "from #"
                                    + numbers.get(e.from)
                                    + " of "
                                    + setup.names().get(e.from.thread);
            return " (" + from + (isNewest(e) ? ")" : ", not the newest)");
        }
        final Event[] stores = graph.stores(e.location);
        final int after = graph.position(e) + 1;
        return after < stores.length && numbers.get(stores[after]) < numbers.get(e)
                ? " (older than #" + numbers.get(stores[after]) + ")"
                : "";
    }

    /** Whether no newer store comes earlier in this trace. */
    private boolean isNewest(final Event load) {
        final Event[] stores = graph.stores(load.location);
        for (int i = graph.position(load.from) + 1; i < stores.length; i++) {
            if (numbers.get(stores[i]) < numbers.get(load)) {
                return false;
            }
        }
        return true;
    }

    private String race() {
        for (final Event e : events) {
            for (final Event other : events) {
                if (numbers.get(other) < numbers.get(e)
                        && e.location == other.location
                        && e.thread != other.thread
                        && (e.isStore() || other.isStore())
                        && (e.order == Order.PLAIN || other.order == Order.PLAIN)
                        && !other.happensBefore(e)
                        && !e.happensBefore(other)) {
                    return ", #" + numbers.get(other) + " and #" + numbers.get(e);
                }
            }
        }
        return "";
    }

    private String key() {
        final int death = explorer.machine().death();
        final String steps = steps();
        return death < 0 ? steps : death + DEATH + steps;
    }

    private String steps() {
        return events.stream()
                .map(e -> (char) ('a' + e.thread) + Integer.toString(choice(e)))
                .collect(Collectors.joining("."));
    }

    private int choice(final Event e) {
        if (e.isLoad()) {
            return e.from.thread == Event.INITIAL ? 0 : numbers.get(e.from);
        }
        int place = 1;
        for (final Event other : graph.stores(e.location)) {
            if (other == e) {
                return place;
            }
            place += other.thread != Event.INITIAL && numbers.get(other) < numbers.get(e) ? 1 : 0;
        }
        throw new IllegalStateException("A store that its location does not know.");
    }
}

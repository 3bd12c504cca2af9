// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Builds the execution that a replay key names: for each event, in an order in which it can be executed, its actor and, for a
 * load, the number of the store that it reads from (0 is the initial value) or, for a store, its place among the stores to its
 * location so far. A script without a key adds nothing, so that actors end where the graph does.
 */
final class Script {
    /** There is nothing more to add. */
    private static final Machine.Unwind END = new Machine.Unwind("end of the script");

    private final List<Event> added = new ArrayList<>();
    private int next = -1;
    private String race;

    /** Repeats an execution as far as it goes, then judges it. */
    static void repeat(final Explorer explorer, final Scenario scenario, final String key) {
        final int end = key.indexOf(Trace.DEATH);
        explorer.machine().dieBefore(end < 0 ? -1 : Integer.parseInt(key.substring(0, end)));
        final int actors = explorer.machine().setUp(scenario).actors().size();
        final Graph graph = new Graph(actors);
        final Script script = new Script();
        explorer.follow(script);
        for (final String step : key.substring(end + 1).split("\\.")) {
            final int thread = step.charAt(0) - 'a';
            script.next = Integer.parseInt(step.substring(1));
            explorer.machine().setUp(scenario);
            try {
                explorer.machine().run(graph, thread);
            } catch (final Machine.Unwind unwind) {
                continue;
            } catch (final Exception | Error e) {
                // What the actor throws once it has gone on is for the repetition below to tell.
                continue;
            }
        }
        script.next = -1;
        if (script.race != null) {
            throw new Trace(explorer, scenario, graph)
                    .failure(new Explorer.Found(script.race, null));
        }
        try {
            explorer.execute(graph);
        } catch (final Explorer.Found found) {
            throw new Trace(explorer, scenario, graph).failure(found);
        }
    }

    void addLoad(
            final Graph graph,
            final int thread,
            final int location,
            final Order order,
            final Update update,
            final Fences fences) {
        final int number = take();
        final Event from = number == 0 ? graph.stores(location)[0] : added.get(number - 1);
        final Event load = graph.load(thread, location, order, update, from, fences);
        judge(graph.racing(load));
        graph.add(load);
        added.add(load);
    }

    void addStore(final Graph graph, final Event store) {
        final int place = take();
        judge(graph.racing(store));
        graph.add(store, place);
        added.add(store);
    }

    private int take() {
        if (next < 0) {
            throw END;
        }
        final int number = next;
        next = -1;
        return number;
    }

    private void judge(final Event rival) {
        if (rival != null) {
            race = Explorer.RACE;
        }
    }
}

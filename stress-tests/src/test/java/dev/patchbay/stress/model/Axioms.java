// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * RC11 as its paper writes it, relation by relation, over all ways in which loads can read from stores and stores can be
 * ordered: slow, and without a line in common with the model. Lahav et al., "Repairing sequential consistency in C/C++11"
 * (PLDI 2017), of fences the releasing and the acquiring, with the release sequences of C++20.
 */
final class Axioms {
    private final List<Litmus.Op> ops = new ArrayList<>();
    private final List<Integer> threads = new ArrayList<>();
    private final List<Integer> indices = new ArrayList<>();
    private final List<Boolean> loads = new ArrayList<>();
    private final List<Integer> values = new ArrayList<>();
    private final List<Boolean> succeeding = new ArrayList<>();
    private final Set<String> graphs = new TreeSet<>();
    private final int locations;
    private final int[] from;
    private final int[][] orders;

    /** The program as it runs where these of its compare-and-sets succeed. */
    private Axioms(final Litmus.Program program, final int successes) {
        locations = program.locations();
        for (int l = 0; l < locations; l++) {
            final Litmus.Op initial = new Litmus.Op(Litmus.Kind.STORE, l, Order.PLAIN, 0, 0);
            event(initial, Event.INITIAL, 0, false, 0, true);
        }
        int value = 1;
        int compare = 0;
        for (int t = 0; t < program.threads().size(); t++) {
            int index = 0;
            for (final Litmus.Op op : program.threads().get(t)) {
                final boolean stores =
                        op.kind() != Litmus.Kind.COMPARE || (successes >> compare++ & 1) != 0;
                if (op.kind() != Litmus.Kind.STORE) {
                    event(op, t, index++, true, 0, stores);
                }
                if (op.kind() != Litmus.Kind.LOAD && stores) {
                    event(op, t, index++, false, value, true);
                }
                value++;
            }
        }
        from = new int[ops.size()];
        orders = new int[locations][];
    }

    private void event(
            final Litmus.Op op,
            final int thread,
            final int index,
            final boolean load,
            final int value,
            final boolean succeeds) {
        ops.add(op);
        threads.add(thread);
        indices.add(index);
        loads.add(load);
        values.add(value);
        succeeding.add(succeeds);
    }

    /** All consistent executions of a program, as {@link #name} names them. */
    static Set<String> executions(final Litmus.Program program) {
        final long compares =
                program.threads().stream()
                        .flatMap(List::stream)
                        .filter(op -> op.kind() == Litmus.Kind.COMPARE)
                        .count();
        final Set<String> all = new TreeSet<>();
        for (int successes = 0; successes < 1 << compares; successes++) {
            final Axioms axioms = new Axioms(program, successes);
            axioms.chooseSources(0);
            all.addAll(axioms.graphs);
        }
        return all;
    }

    private int location(final int e) {
        return ops.get(e).location();
    }

    private Order order(final int e) {
        final Litmus.Op op = ops.get(e);
        if (op.kind() == Litmus.Kind.LOAD || op.kind() == Litmus.Kind.STORE) {
            return op.order();
        }
        return loads.get(e) ? op.order().ofLoad() : op.order().ofStore();
    }

    private void chooseSources(final int e) {
        if (e == ops.size()) {
            chooseOrders(0);
            return;
        }
        if (!loads.get(e)) {
            chooseSources(e + 1);
            return;
        }
        for (int w = 0; w < ops.size(); w++) {
            if (!loads.get(w) && location(w) == location(e) && mayRead(e, w)) {
                from[e] = w;
                chooseSources(e + 1);
            }
        }
    }

    /** Whether a compare-and-set does with this value what it is taken to do. */
    private boolean mayRead(final int load, final int store) {
        final Litmus.Op op = ops.get(load);
        return op.kind() != Litmus.Kind.COMPARE
                || (values.get(store) == op.expected()) == succeeding.get(load);
    }

    private void chooseOrders(final int location) {
        if (location == locations) {
            if (isConsistent()) {
                graphs.add(name());
            }
            return;
        }
        final List<Integer> rest = new ArrayList<>();
        for (int w = locations; w < ops.size(); w++) {
            if (!loads.get(w) && location(w) == location) {
                rest.add(w);
            }
        }
        permute(location, new ArrayList<>(List.of(location)), rest);
    }

    private void permute(final int location, final List<Integer> placed, final List<Integer> rest) {
        if (rest.isEmpty()) {
            orders[location] = placed.stream().mapToInt(Integer::intValue).toArray();
            chooseOrders(location + 1);
            return;
        }
        for (final Integer w : rest) {
            final List<Integer> more = new ArrayList<>(placed);
            more.add(w);
            final List<Integer> less = new ArrayList<>(rest);
            less.remove(w);
            permute(location, more, less);
        }
    }

    private boolean isConsistent() {
        final int n = ops.size();
        final Relation po =
                new Relation(
                        n,
                        (a, b) ->
                                threads.get(a) == Event.INITIAL
                                        ? threads.get(b) != Event.INITIAL
                                        : threads.get(a).equals(threads.get(b))
                                                && indices.get(a) < indices.get(b));
        final Relation rf = new Relation(n, (a, b) -> loads.get(b) && from[b] == a);
        final Relation mo = new Relation(n, (a, b) -> isOrdered(a, b));
        final Relation same = new Relation(n, (a, b) -> location(a) == location(b));
        final Relation rmw =
                new Relation(
                        n,
                        (a, b) ->
                                loads.get(a)
                                        && ops.get(a) == ops.get(b)
                                        && !loads.get(b)
                                        && threads.get(a).equals(threads.get(b))
                                        && indices.get(a) + 1 == indices.get(b));
        final Relation fr =
                new Relation(n, (a, b) -> loads.get(a) && !loads.get(b) && isOrdered(from[a], b));
        final Relation eco = rf.or(mo).or(fr).closed();
        // rs = (rf; rmw)*, from a store; sw = ([rel] or po past a release fence); rs; rf;
        // ([acq] or po past an acquire fence).
        final Relation chain = rf.then(rmw).closed().or(Relation.identity(n));
        final Relation releases =
                new Relation(
                        n,
                        (a, b) ->
                                !loads.get(b)
                                        && threads.get(b) != Event.INITIAL
                                        && (a == b && order(b).releases()
                                                || isFenced(a, b, Litmus.Op::isBehindRelease)));
        final Relation acquires =
                new Relation(
                        n,
                        (a, b) ->
                                loads.get(a)
                                        && (a == b && order(a).acquires()
                                                || isFenced(a, b, Litmus.Op::isBehindAcquire)));
        final Relation sw = releases.then(chain).then(rf).then(acquires);
        final Relation hb = po.or(sw).closed();
        final Relation elsewhere = po.minus(same);
        final Relation scb =
                po.or(elsewhere.then(hb).then(elsewhere)).or(hb.and(same)).or(mo).or(fr);
        final Relation psc =
                scb.only((a, b) -> order(a) == Order.VOLATILE && order(b) == Order.VOLATILE);
        return hb.isIrreflexive()
                && hb.then(eco).isIrreflexive()
                && rmw.and(fr.then(mo)).isEmpty()
                && psc.closed().isIrreflexive()
                && po.or(rf).closed().isIrreflexive();
    }

    /** Whether a fence of a kind stands between two accesses of a thread. */
    private boolean isFenced(final int a, final int b, final Predicate<Litmus.Op> kind) {
        if (!threads.get(a).equals(threads.get(b)) || threads.get(a) == Event.INITIAL) {
            return false;
        }
        for (int c = 0; c < ops.size(); c++) {
            final boolean first = loads.get(c) || ops.get(c).kind() == Litmus.Kind.STORE;
            if (first
                    && threads.get(c).equals(threads.get(a))
                    && indices.get(a) < indices.get(c)
                    && indices.get(c) <= indices.get(b)
                    && kind.test(ops.get(c))) {
                return true;
            }
        }
        return false;
    }

    private boolean isOrdered(final int a, final int b) {
        if (loads.get(a) || loads.get(b) || location(a) != location(b)) {
            return false;
        }
        int i = -1;
        int j = -1;
        final int[] order = orders[location(a)];
        for (int k = 0; k < order.length; k++) {
            i = order[k] == a ? k : i;
            j = order[k] == b ? k : j;
        }
        return i < j;
    }

    private String name() {
        final StringBuilder text = new StringBuilder();
        for (int e = 0; e < ops.size(); e++) {
            if (loads.get(e)) {
                text.append(label(e)).append('<').append(label(from[e])).append(' ');
            }
        }
        for (final int[] order : orders) {
            text.append('|');
            for (int i = 1; i < order.length; i++) {
                text.append(' ').append(label(order[i]));
            }
        }
        return text.toString();
    }

    private String label(final int e) {
        return threads.get(e) == Event.INITIAL ? "i" : threads.get(e) + "." + indices.get(e);
    }

    /** The name of an execution of the model. */
    static String name(final Graph graph, final int[] cells) {
        final StringBuilder text = new StringBuilder();
        for (int t = 0; t < graph.threads(); t++) {
            for (int i = 0; i < graph.size(t); i++) {
                final Event e = graph.event(t, i);
                if (e.isLoad()) {
                    text.append(label(e)).append('<').append(label(e.from)).append(' ');
                }
            }
        }
        for (final int cell : cells) {
            text.append('|');
            if (cell >= 0 && graph.knows(cell)) {
                final Event[] stores = graph.stores(cell);
                for (int i = 1; i < stores.length; i++) {
                    text.append(' ').append(label(stores[i]));
                }
            }
        }
        return text.toString();
    }

    private static String label(final Event e) {
        return e.thread == Event.INITIAL ? "i" : e.thread + "." + e.index;
    }
}

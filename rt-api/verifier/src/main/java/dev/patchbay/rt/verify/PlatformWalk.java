// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import dev.patchbay.rt.verify.CallGraph.Target;
import dev.patchbay.rt.verify.MethodFacts.Call;
import dev.patchbay.rt.verify.MethodFacts.Lambda;
import dev.patchbay.rt.verify.MethodFacts.Sight;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one method of the JDK or of Agrona can do: the nearest place of each kind, and the author's methods that it calls back.
 * Exceptions for wrong arguments are left out, as they are for array accesses: where the arguments are right they do not happen.
 */
final class PlatformWalk {
    private static final int MOST_METHODS = 600;
    private static final Set<String> MAKES_ITERATORS =
            Set.of("iterator", "listIterator", "descendingIterator", "spliterator");

    private final ClassTable classes;
    private final Frontier frontier;
    private final CallGraph graph;

    private final Map<Category, Place> places = new EnumMap<>(Category.class);
    private final Map<MethodKey, Way> callbacks = new LinkedHashMap<>();
    private final Set<MethodKey> seen = new HashSet<>();
    private final Set<Lambda> seenLambdas = new HashSet<>();
    private final ArrayDeque<Frame> queue = new ArrayDeque<>();
    private MethodKey root;

    PlatformWalk(final ClassTable classes, final Frontier frontier, final CallGraph graph) {
        this.classes = classes;
        this.frontier = frontier;
        this.graph = graph;
    }

    /** Something found, in a frame whose path begins at the platform's method. */
    private record Place(String what, Frame frame, int line) {}

    /** Where the platform calls an author's method. */
    record Way(Frame frame, int line) {}

    void from(final MethodKey method) {
        root = method;
        enter(null, -1, method);
        while (!queue.isEmpty()) {
            final Frame frame = queue.poll();
            if (seen.size() > MOST_METHODS) {
                if (places.isEmpty()) {
                    put(
                            Category.UNRESOLVED,
                            "calls "
                                    + root
                                    + ", which reaches more than "
                                    + MOST_METHODS
                                    + " methods",
                            frame,
                            -1);
                }
                return;
            }
            visit(frame);
        }
    }

    /** The author's methods that are called, with the way to the first call of each. */
    Map<MethodKey, Way> callbacks() {
        return callbacks;
    }

    /** Adds the findings for a call of the platform's method at a line of the author's. */
    void showAt(final Frame caller, final int line, final List<Finding> findings) {
        places.forEach(
                (category, place) -> {
                    final List<Step> path = new ArrayList<>(caller.path(line));
                    path.addAll(place.frame().path(place.line()));
                    findings.add(new Finding(category, place.what(), path));
                });
    }

    private void enter(final Frame caller, final int line, final MethodKey method) {
        if (seen.add(method)) {
            queue.add(new Frame(caller, line, classes.facts(method)));
        }
    }

    private void visit(final Frame frame) {
        for (final Sight sight : frame.method().sights()) {
            if (sight.category() != Category.UNBOUNDED_LOOP && !sight.refusal()) {
                put(sight.category(), sight.what(), frame, sight.line());
            }
        }
        for (final Call call : frame.method().calls()) {
            call(frame, call);
        }
    }

    private void put(
            final Category category, final String what, final Frame frame, final int line) {
        places.putIfAbsent(inAuthorsTerms(category), new Place(what, frame, line));
    }

    /** An author knows an iterator or a string as such, and not as the arrays that it consists of. */
    private Category inAuthorsTerms(final Category category) {
        if (category != Category.ALLOCATION && category != Category.ITERATOR) {
            return category;
        }
        if (MAKES_ITERATORS.contains(root.name())) {
            return Category.ITERATOR;
        }
        return root.owner().equals("java/lang/String")
                        || root.owner().equals("java/lang/StringBuilder")
                        || root.name().equals("toString")
                ? Category.STRING
                : category;
    }

    private void call(final Frame frame, final Call call) {
        if (ruled(frame, call.target(), call.line())) {
            return;
        }
        final List<Target> targets = graph.targets(call);
        if (targets.isEmpty()) {
            put(
                    Category.UNRESOLVED,
                    "calls " + call.target() + ", and no object is known that could take the call",
                    frame,
                    call.line());
        }
        for (final Target target : targets) {
            if (target.lambda() != null) {
                lambda(frame, target.lambda(), call.line());
            } else if (!ruled(frame, target.method(), call.line())) {
                if (Frontier.platform(target.method().owner())) {
                    enter(frame, call.line(), target.method());
                } else {
                    callbacks.putIfAbsent(target.method(), new Way(frame, call.line()));
                }
            }
        }
    }

    private void lambda(final Frame frame, final Lambda lambda, final int line) {
        if (!seenLambdas.add(lambda)) {
            return;
        }
        if (lambda.makes() != null) {
            final String name = lambda.makes().replace('/', '.');
            put(Category.ALLOCATION, "new " + name, frame, line);
        }
        if (lambda.boxes()) {
            put(
                    Category.BOXING,
                    "the result or an argument of " + lambda.body() + " is boxed",
                    frame,
                    line);
        }
        call(frame, new Call(lambda.dispatch(), lambda.body(), line));
    }

    private boolean ruled(final Frame frame, final MethodKey method, final int line) {
        final Frontier.Rule rule = frontier.rule(method.owner(), method.name());
        if (rule != null && rule.refused() != null) {
            put(rule.refused(), "calls " + method + ": " + rule.why(), frame, line);
        }
        return rule != null;
    }
}

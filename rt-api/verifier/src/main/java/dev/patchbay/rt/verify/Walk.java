// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import dev.patchbay.rt.verify.CallGraph.Target;
import dev.patchbay.rt.verify.MethodFacts.Call;
import dev.patchbay.rt.verify.MethodFacts.Lambda;
import dev.patchbay.rt.verify.MethodFacts.Sight;
import dev.patchbay.rt.verify.MethodFacts.Use;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A walk, breadth first, through all that some methods can reach, so that each place is found by a shortest path. What belongs to the
 * platform is walked once for each method of it that is called, and what is found there is shown at each call.
 */
final class Walk {
    private final ClassTable classes;
    private final Frontier frontier;
    private final CallGraph graph;
    private final Set<String> initialised;
    private final Map<MethodKey, PlatformWalk> platform;
    private final boolean honoursExemptions;
    private final boolean ofPatchbay;

    private final List<Finding> findings = new ArrayList<>();
    private final Map<MethodKey, Frame> exempt = new LinkedHashMap<>();
    private final Set<MethodKey> seen = new HashSet<>();
    private final Set<String> seenClasses = new HashSet<>();
    private final Set<Lambda> seenLambdas = new HashSet<>();
    private final ArrayDeque<Frame> queue = new ArrayDeque<>();

    Walk(
            final ClassTable classes,
            final Frontier frontier,
            final CallGraph graph,
            final Set<String> initialised,
            final Map<MethodKey, PlatformWalk> platform,
            final boolean honoursExemptions,
            final boolean ofPatchbay) {
        this.classes = classes;
        this.frontier = frontier;
        this.graph = graph;
        this.initialised = initialised;
        this.platform = platform;
        this.honoursExemptions = honoursExemptions;
        this.ofPatchbay = ofPatchbay;
    }

    /** Walks from these methods; returns what was found. */
    List<Finding> from(final List<MethodKey> roots) {
        roots.forEach(root -> enter(null, -1, root));
        while (!queue.isEmpty()) {
            visit(queue.poll());
        }
        return findings;
    }

    /** The exempt methods that were met and not entered, with the way to them. */
    Map<MethodKey, Frame> exempt() {
        return exempt;
    }

    /** How many methods of the author and of Patchbay were read. */
    int methods() {
        return seen.size();
    }

    private void enter(final Frame caller, final int line, final MethodKey method) {
        if (!seen.add(method)) {
            recursion(caller, line, method);
            return;
        }
        final Frame frame = new Frame(caller, line, classes.facts(method));
        if (honoursExemptions && classes.exemption(method) != null) {
            exempt.put(method, frame);
        } else {
            queue.add(frame);
        }
    }

    private void recursion(final Frame caller, final int line, final MethodKey method) {
        for (Frame frame = caller; frame != null; frame = frame.caller()) {
            if (frame.method().key().equals(method)) {
                find(
                        caller,
                        new Sight(Category.UNBOUNDED_LOOP, "a recursion into " + method, line));
                return;
            }
        }
    }

    private void visit(final Frame frame) {
        for (final Sight sight : frame.method().sights()) {
            // How the library counts and refuses is not an author's concern.
            if (ofPatchbay
                    || !Frontier.library(frame.method().key().owner())
                    || !sight.refusal() && !sight.category().warning()) {
                find(frame, sight);
            }
        }
        for (final Use use : frame.method().uses()) {
            use(frame, use);
        }
        for (final Call call : frame.method().calls()) {
            call(frame, call);
        }
    }

    private void find(final Frame frame, final Sight sight) {
        findings.add(new Finding(sight.category(), sight.what(), frame.path(sight.line())));
    }

    private void use(final Frame frame, final Use use) {
        String name = use.owner();
        while (name != null && !Frontier.platform(name)) {
            final ClassTable.Type type = classes.type(name);
            if (type == null
                    || classes.isA(frame.method().key().owner(), name)
                    || !ofPatchbay && Frontier.library(name)) {
                return;
            }
            // The compiler's own tables for switches on enums are made when the engine warms up.
            if (type.hasInitializer()
                    && !type.isSynthetic
                    && !initialised.contains(name)
                    && seenClasses.add(name)) {
                find(
                        frame,
                        new Sight(
                                Category.CLASS_INITIALISATION,
                                name.replace('/', '.') + " can be initialised here",
                                use.line()));
            }
            name = type.superName;
        }
    }

    private void call(final Frame frame, final Call call) {
        if (ruled(frame, call.target(), call.line())) {
            return;
        }
        final List<Target> targets = graph.targets(call);
        if (targets.isEmpty()) {
            find(
                    frame,
                    new Sight(
                            Category.UNRESOLVED,
                            "calls "
                                    + call.target()
                                    + ", and no object is known that could take the call",
                            call.line()));
        }
        for (final Target target : targets) {
            if (target.lambda() == null) {
                method(frame, target.method(), call.line());
            } else {
                lambda(frame, target.lambda(), call.line());
            }
        }
    }

    private void lambda(final Frame frame, final Lambda lambda, final int line) {
        if (!seenLambdas.add(lambda)) {
            return;
        }
        if (lambda.makes() != null) {
            final String name = lambda.makes().replace('/', '.');
            find(frame, new Sight(Category.ALLOCATION, "new " + name, line));
        }
        if (lambda.boxes()) {
            find(
                    frame,
                    new Sight(
                            Category.BOXING,
                            "the result or an argument of " + lambda.body() + " is boxed",
                            line));
        }
        call(frame, new Call(lambda.dispatch(), lambda.body(), line));
    }

    private void method(final Frame frame, final MethodKey method, final int line) {
        if (ruled(frame, method, line)) {
            return;
        }
        if (!Frontier.platform(method.owner())) {
            enter(frame, line, method);
            return;
        }
        PlatformWalk inside = platform.get(method);
        if (inside == null) {
            inside = new PlatformWalk(classes, frontier, graph);
            platform.put(method, inside);
            inside.from(method);
        }
        inside.showAt(frame, line, findings);
        inside.callbacks()
                .forEach((called, way) -> enter(join(frame, line, way), way.line(), called));
    }

    private static Frame join(final Frame frame, final int line, final PlatformWalk.Way way) {
        return join(frame, line, way.frame());
    }

    private static Frame join(final Frame outer, final int line, final Frame inner) {
        return inner.caller() == null
                ? new Frame(outer, line, inner.method())
                : new Frame(join(outer, line, inner.caller()), inner.callLine(), inner.method());
    }

    /** Whether the list of what is known says all about a method. */
    private boolean ruled(final Frame frame, final MethodKey method, final int line) {
        final Frontier.Rule rule = frontier.rule(method.owner(), method.name());
        if (rule != null && rule.refused() != null) {
            find(frame, new Sight(rule.refused(), "calls " + method + ": " + rule.why(), line));
        }
        return rule != null;
    }
}

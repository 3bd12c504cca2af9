// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import dev.patchbay.rt.verify.MethodFacts.Call;
import dev.patchbay.rt.verify.MethodFacts.Dispatch;
import dev.patchbay.rt.verify.MethodFacts.Lambda;
import dev.patchbay.rt.verify.MethodFacts.Use;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which methods a call can run: by class hierarchy, and of those by the classes of which objects are made at all (rapid type analysis; D.
 * F. Bacon and P. F. Sweeney, "Fast static analysis of C++ virtual function calls", OOPSLA 1996). A lambda expression counts as
 * a class with one method.
 */
final class CallGraph {
    private final ClassTable classes;
    private final Frontier frontier;

    /** Classes whose objects the engine makes. */
    private final Set<String> given;

    private final Set<String> made = new LinkedHashSet<>();
    private final Set<Lambda> lambdas = new LinkedHashSet<>();
    private final Set<String> initialised = new HashSet<>();

    /** Whether the platform is taken to call what overrides its methods. */
    private boolean withCallbacks;

    private final Set<MethodKey> reached = new HashSet<>();
    private final Set<MethodKey> dispatched = new LinkedHashSet<>();
    private final ArrayDeque<MethodKey> queue = new ArrayDeque<>();

    CallGraph(final ClassTable classes, final Frontier frontier, final Collection<String> given) {
        this.classes = classes;
        this.frontier = frontier;
        this.given = new LinkedHashSet<>(given);
    }

    /** One target of a call: a method, or a lambda. */
    record Target(MethodKey method, Lambda lambda) {}

    /** Says that there are objects of the classes whose constructors these are. */
    void makes(final Collection<MethodKey> constructors) {
        for (final MethodKey key : constructors) {
            if (key.name().equals("<init>")) {
                make(key.owner());
            }
        }
    }

    /** Adds what is made, and which classes are initialised, by all that these methods reach. */
    void spread(final Collection<MethodKey> roots) {
        roots.forEach(this::reach);
        while (!queue.isEmpty()) {
            final MethodKey key = queue.poll();
            final MethodFacts facts = classes.facts(key);
            facts.made().forEach(this::make);
            for (final Use use : facts.uses()) {
                initialise(use.owner());
            }
            for (final Lambda lambda : facts.lambdas()) {
                if (lambdas.add(lambda)) {
                    if (lambda.makes() != null) {
                        make(lambda.makes());
                    }
                    reachAll(new Call(lambda.dispatch(), lambda.body(), -1));
                }
            }
            facts.calls().forEach(this::reachAll);
        }
    }

    /**
     * From now on, the platform may call what overrides a method of its own, on whatever thread and at whatever time, close and run among
     * them: objects that are made there count, but nothing is known of when.
     */
    void withCallbacks() {
        withCallbacks = true;
        List.copyOf(made).forEach(this::calledBack);
    }

    /** The classes that have been initialised by what was spread so far. */
    Set<String> initialised() {
        return Set.copyOf(initialised);
    }

    private void reachAll(final Call call) {
        if (frontier.rule(call.target().owner(), call.target().name()) != null) {
            return;
        }
        if (call.dispatch() == Dispatch.BY_RECEIVER && !dispatched.add(call.target())) {
            return;
        }
        for (final Target target : targets(call)) {
            if (target.method() != null) {
                reach(target.method());
            }
        }
    }

    private void reach(final MethodKey key) {
        if (Frontier.spreadsInto(key.owner())
                && frontier.rule(key.owner(), key.name()) == null
                && reached.add(key)) {
            queue.add(key);
            initialise(key.owner());
        }
    }

    private void make(final String name) {
        if (made.add(name)) {
            initialise(name);
            if (withCallbacks) {
                calledBack(name);
            }
            for (final MethodKey call : dispatched) {
                if (classes.isA(name, call.owner())) {
                    final MethodKey method = classes.resolve(name, call.signature());
                    if (method != null) {
                        reach(method);
                    }
                }
            }
        }
    }

    /** What a class has overridden of the platform's. */
    private void calledBack(final String name) {
        if (Frontier.platform(name) || classes.type(name) == null) {
            return;
        }
        for (final String ancestor : classes.ancestors(name)) {
            if (Frontier.platform(ancestor) && classes.type(ancestor) != null) {
                for (final String signature : classes.type(ancestor).methods.keySet()) {
                    final MethodKey method = classes.resolve(name, signature);
                    if (method != null && !signature.startsWith("<")) {
                        reach(method);
                    }
                }
            }
        }
    }

    private void initialise(final String name) {
        final ClassTable.Type type = classes.type(name);
        if (type != null && initialised.add(name)) {
            if (type.hasInitializer()) {
                reach(new MethodKey(name, "<clinit>", "()V"));
            }
            if (type.superName != null) {
                initialise(type.superName);
            }
        }
    }

    /** What a call can run, each once, in a stable order; nothing where no object is known that could take it. */
    List<Target> targets(final Call call) {
        final MethodKey named = call.target();
        final MethodKey declared = classes.resolve(named.owner(), named.signature());
        if (call.dispatch() != Dispatch.BY_RECEIVER || declared != null && exact(declared)) {
            return declared == null ? List.of() : List.of(new Target(declared, null));
        }
        final Set<Target> result = new LinkedHashSet<>();
        if (declared != null && !isAbstract(declared)) {
            final ClassTable.Type owner = classes.type(named.owner());
            if (owner.concrete()) {
                result.add(new Target(declared, null));
            }
        }
        add(result, made, named);
        if (Frontier.library(named.owner())) {
            add(result, given, named);
        }
        for (final Lambda lambda : lambdas) {
            if (classes.isA(lambda.type(), named.owner())) {
                if (lambda.method().equals(named.name())
                        && parameters(named) == lambda.parameters()) {
                    result.add(new Target(null, lambda));
                } else {
                    final MethodKey method = classes.resolve(lambda.type(), named.signature());
                    if (method != null && !isAbstract(method)) {
                        result.add(new Target(method, null));
                    }
                }
            }
        }
        return new ArrayList<>(result);
    }

    private void add(final Set<Target> result, final Set<String> types, final MethodKey named) {
        for (final String type : types) {
            if (classes.isA(type, named.owner())) {
                final MethodKey method = classes.resolve(type, named.signature());
                if (method != null && !isAbstract(method)) {
                    result.add(new Target(method, null));
                }
            }
        }
    }

    private boolean exact(final MethodKey key) {
        final var flags = classes.model(key).flags();
        return flags.has(AccessFlag.PRIVATE) || flags.has(AccessFlag.FINAL);
    }

    private boolean isAbstract(final MethodKey key) {
        return classes.model(key).flags().has(AccessFlag.ABSTRACT);
    }

    private static int parameters(final MethodKey key) {
        return java.lang.constant.MethodTypeDesc.ofDescriptor(key.descriptor()).parameterCount();
    }
}

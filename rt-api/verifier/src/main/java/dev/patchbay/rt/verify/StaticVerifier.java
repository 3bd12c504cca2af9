// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import dev.patchbay.rt.RtModule;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The static half of the verifier: reads all code that real-time methods can reach, through the JDK too, and reports what must not
 * happen there, however rarely it would. It runs no code of what it checks. For one thread.
 *
 * <p>What it sees is an upper bound of what can happen, with these limits: a class counts as initialised where anything that
 * prepares the module may initialise it; exceptions that the VM and the JDK throw for wrong indices and null are not reported;
 * objects that come from code that it refuses to read have no known class, and calls on them are {@link Category#UNRESOLVED}.
 */
public final class StaticVerifier {
    /** What the engine calls while no sound depends on it; every other method of a module is real-time. */
    private static final Set<String> NOT_REAL_TIME =
            Set.of("init", "activate", "deactivate", "close");

    private static final Set<String> PREPARING = Set.of("init", "activate");

    private final ClassTable classes;
    private final Frontier frontier = new Frontier();
    private final String subject;
    private final boolean ofPatchbay;
    private final List<MethodKey> entries = new ArrayList<>();
    private final List<MethodKey> preparing = new ArrayList<>();

    private StaticVerifier(final Class<?> subject, final boolean ofPatchbay) {
        this.classes = new ClassTable(subject.getClassLoader());
        this.subject = subject.getName();
        this.ofPatchbay = ofPatchbay;
    }

    /**
     * Checks a module class: from all methods of {@link RtModule} but {@code init}, {@code activate}, {@code deactivate} and
     * {@code close}.
     *
     * @param module the class that the engine would create
     * @throws IllegalArgumentException if it is abstract, or its bytes cannot be found
     */
    public static StaticReport verify(final Class<? extends RtModule> module) {
        final StaticVerifier verifier = new StaticVerifier(module, false);
        final String name = module.getName().replace('.', '/');
        final ClassTable.Type type = verifier.classes.type(name);
        if (type == null || !type.concrete()) {
            throw new IllegalArgumentException(
                    module.getName()
                            + (type == null
                                    ? " has no class file that its class loader finds"
                                    : " is abstract")
                            + "; expected the class that the engine creates.");
        }
        final Comparator<Method> order =
                Comparator.comparing(Method::getName).thenComparing(Method::toString);
        Arrays.stream(RtModule.class.getMethods())
                .sorted(order)
                .forEach(method -> verifier.moduleMethod(name, method));
        return verifier.verify();
    }

    /**
     * Checks methods of a class that is no module, as Patchbay does with its own engine.
     *
     * @param type the class
     * @param methods the names of its methods that run under real-time conditions
     * @param makers the classes whose constructors prepare them: objects of no others, and of what these make, are met there
     * @throws IllegalArgumentException if the class has no such method
     */
    public static StaticReport verify(
            final Class<?> type, final Set<String> methods, final Set<Class<?>> makers) {
        final StaticVerifier verifier = new StaticVerifier(type, true);
        for (final String method : new TreeSet<>(methods)) {
            if (!verifier.addAll(type, method, verifier.entries)) {
                throw new IllegalArgumentException(
                        type.getName() + " has no method " + method + ".");
            }
        }
        makers.stream()
                .sorted(Comparator.comparing(Class::getName))
                .forEach(maker -> verifier.maker(maker));
        return verifier.verify();
    }

    private void moduleMethod(final String name, final Method method) {
        final MethodKey key =
                classes.resolve(
                        name,
                        method.getName()
                                + java.lang.invoke.MethodType.methodType(
                                                method.getReturnType(), method.getParameterTypes())
                                        .toMethodDescriptorString());
        if (!NOT_REAL_TIME.contains(method.getName())) {
            entries.add(key);
        } else if (PREPARING.contains(method.getName())) {
            if (preparing.isEmpty()) {
                addAll(name, "<init>", preparing);
                addAll(name, "<clinit>", preparing);
            }
            preparing.add(key);
        }
    }

    private void maker(final Class<?> maker) {
        addAll(maker, "<init>", preparing);
        addAll(maker, "<clinit>", preparing);
        addAll(maker, "init", preparing);
    }

    private boolean addAll(final Class<?> type, final String method, final List<MethodKey> target) {
        return addAll(type.getName().replace('.', '/'), method, target);
    }

    private boolean addAll(final String type, final String method, final List<MethodKey> target) {
        final int before = target.size();
        for (final String signature : classes.type(type).methods.keySet()) {
            if (signature.startsWith(method + "(")) {
                target.add(new MethodKey(type, method, signature.substring(method.length())));
            }
        }
        return target.size() > before;
    }

    private StaticReport verify() {
        final Set<String> given = EngineClasses.concrete(classes);
        final CallGraph graph = new CallGraph(classes, frontier, given);
        graph.makes(preparing);
        graph.spread(preparing);
        final Set<String> initialised = graph.initialised();
        graph.withCallbacks();
        graph.spread(entries);
        final Map<MethodKey, PlatformWalk> platform = new HashMap<>();
        final Walk walk =
                new Walk(classes, frontier, graph, initialised, platform, true, ofPatchbay);
        final List<Finding> found = sorted(walk.from(entries));
        final List<Exemption> exemptions = new ArrayList<>();
        walk.exempt()
                .forEach(
                        (method, frame) -> {
                            final Walk below =
                                    new Walk(
                                            classes,
                                            frontier,
                                            graph,
                                            initialised,
                                            platform,
                                            false,
                                            ofPatchbay);
                            exemptions.add(
                                    new Exemption(
                                            method.toString(),
                                            classes.exemption(method),
                                            frame.path(frame.method().line()),
                                            sorted(below.from(List.of(method)))));
                        });
        exemptions.sort(Comparator.comparing(exemption -> exemption.path().toString()));
        return new StaticReport(
                subject,
                entries.stream().map(MethodKey::name).toList(),
                walk.methods(),
                found.stream().filter(finding -> !finding.category().warning()).toList(),
                found.stream().filter(finding -> finding.category().warning()).toList(),
                exemptions,
                new ExemptionCheck(classes, ofPatchbay).faults(walk.exempt().keySet(), exemptions));
    }

    /** By place, so that a report changes only where the code does; the same thing at the same place once. */
    private static List<Finding> sorted(final List<Finding> findings) {
        final List<Finding> result = new ArrayList<>(new LinkedHashSet<>(findings));
        result.sort(
                Comparator.comparing((Finding finding) -> finding.category())
                        .thenComparing(finding -> finding.place().className())
                        .thenComparing(finding -> finding.place().line())
                        .thenComparing(finding -> finding.what())
                        .thenComparing(finding -> finding.path().toString()));
        return result;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.mutants;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What survives, or is not reached, and why that is right: the file {@code survivors.txt}, in which a line at the margin is a
 * reason and the indented lines below it are what it is the reason of.
 */
public final class Survivors {
    private static final String FILE = "survivors.txt";

    private final Map<String, String> reasons;

    private Survivors(final Map<String, String> reasons) {
        this.reasons = reasons;
    }

    /** The explained ones. */
    public static Survivors explained() {
        try (InputStream in = Survivors.class.getResourceAsStream(FILE)) {
            return parse(new String(in.readAllBytes(), UTF_8));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Survivors parse(final String text) {
        final Map<String, String> reasons = new TreeMap<>();
        String reason = null;
        for (final String line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (!line.startsWith(" ")) {
                reason = line.strip();
            } else if (reason == null) {
                throw new IllegalArgumentException(
                        FILE + " gives no reason for \"" + line.strip() + "\".");
            } else if (reasons.put(line.strip(), reason) != null) {
                throw new IllegalArgumentException(FILE + " has \"" + line.strip() + "\" twice.");
            }
        }
        return new Survivors(reasons);
    }

    /** The reason of a survivor; empty where there is none. */
    public String reason(final Result result) {
        return reasons.getOrDefault(result.name(), "");
    }

    boolean isExplained(final String mutant) {
        return reasons.containsKey(mutant);
    }

    /** Whether there is a reason why no scenario comes by the point, or by its method. */
    boolean isUnreached(final Point point) {
        return isExplained(point.name() + Result.UNREACHED)
                || isExplained(point.place() + Result.UNREACHED);
    }

    /** How many reasons there are of that kind for a class. */
    long unreached(final String subject) {
        return ofClass(subject).stream().filter(n -> n.endsWith(Result.UNREACHED)).count();
    }

    private List<String> ofClass(final String subject) {
        final String name = Primitives.simple(subject);
        return reasons.keySet().stream()
                .filter(n -> n.startsWith(name + ".") || n.startsWith(name + "$"))
                .toList();
    }

    /** The reason why a class has no scenario; empty where there is none. */
    String reason(final String classWithoutScenario) {
        return reasons.getOrDefault(classWithoutScenario, "");
    }

    /** What is wrong with these classes that have no scenario: no reason, or a reason for a class that has one. */
    List<String> problemsOfClasses(final Set<String> classes) {
        final List<String> problems = new ArrayList<>();
        for (final String name : classes) {
            if (reason(name).isEmpty()) {
                problems.add("hole: no scenario has the subject " + name);
            }
        }
        reasons.keySet().stream()
                .filter(n -> !n.contains("."))
                .filter(n -> !classes.contains(n))
                .forEach(n -> problems.add("explained in " + FILE + " but proved or gone: " + n));
        return problems;
    }

    /** What is wrong with the results of a class: survivors without a reason, and reasons that nothing needs any more. */
    public List<String> problems(final String subject, final List<Result> results) {
        final List<String> problems = new ArrayList<>();
        final Set<String> left = new TreeSet<>(ofClass(subject));
        for (final Result result : results) {
            if (result.fate() != Result.Fate.KILLED && !left.remove(result.name())) {
                problems.add(
                        (result.fate() == Result.Fate.SURVIVED ? "survives: " : "hole: ")
                                + result.name()
                                + " (line "
                                + result.line()
                                + ")"
                                + (result.how().isEmpty() ? "" : ", " + result.how()));
            }
        }
        left.forEach(n -> problems.add("explained in " + FILE + " but killed or gone: " + n));
        return problems;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What is known of methods of the platform without a look at their code: those that the VM replaces or that were read by us, and
 * those that are refused for what they are. All others are analysed like the author's own. The list is frontier.txt.
 */
final class Frontier {
    private static final String FILE = "frontier.txt";
    private static final String[] PLATFORM = {
        "java/", "javax/", "jdk/", "sun/", "com/sun/", "org/agrona/"
    };

    /** Patchbay's own packages that work in the engine, which Patchbay's own tests check. */
    private static final Set<String> LIBRARY =
            Set.of(
                    "dev/patchbay/layout",
                    "dev/patchbay/atomics",
                    "dev/patchbay/eventqueue",
                    "dev/patchbay/rt");

    /** Where the platform makes objects that real-time code may have been given: collections, numbers, buffers. */
    private static final Set<String> MAKES_OBJECTS =
            Set.of(
                    "java/lang",
                    "java/util",
                    "java/util/function",
                    "java/util/concurrent",
                    "java/util/concurrent/atomic",
                    "java/nio",
                    "org/agrona",
                    "org/agrona/concurrent",
                    "org/agrona/collections");

    private final Map<String, Rule> rules = new LinkedHashMap<>();

    /**
     * One line of the list.
     *
     * @param pattern a method, a class with all its methods (.*), or a package with all below it (.**)
     * @param refused what it is refused for; null where it is allowed
     * @param why the reason
     */
    record Rule(String pattern, Category refused, String why) {}

    Frontier() {
        try (BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(
                                Objects.requireNonNull(Frontier.class.getResourceAsStream(FILE)),
                                StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    add(line);
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("Cannot read " + FILE, e);
        }
    }

    private void add(final String line) {
        final String[] words = line.split("\\s+", 3);
        final Category refused = words[0].equals("allow") ? null : Category.valueOf(words[0]);
        final Rule rule = new Rule(words[1], refused, words[2]);
        if (rules.put(rule.pattern(), rule) != null) {
            throw new IllegalStateException(FILE + " has " + rule.pattern() + " twice.");
        }
    }

    /** All rules, in the list's order. */
    Iterable<Rule> rules() {
        return rules.values();
    }

    /** Whether a class belongs to the JDK or to Agrona, whose code no author can change. */
    static boolean platform(final String owner) {
        for (final String prefix : PLATFORM) {
            if (owner.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether it is looked at which objects a class's methods make. Of objects that other parts of the platform make, such as
     * its security or its locales, the class is unknown.
     */
    static boolean spreadsInto(final String owner) {
        return !platform(owner)
                || MAKES_OBJECTS.contains(owner.substring(0, owner.lastIndexOf('/')));
    }

    /** Whether a class is part of Patchbay, whose exemptions and initialisation are not an author's concern. */
    static boolean library(final String owner) {
        final int end = owner.lastIndexOf('/');
        return end > 0 && LIBRARY.contains(owner.substring(0, end));
    }

    /** The nearest rule for a method, or null. */
    Rule rule(final String owner, final String method) {
        final String type = owner.replace('/', '.');
        Rule rule = rules.get(type + "." + method);
        if (rule == null) {
            rule = rules.get(type + ".*");
        }
        for (int dot = type.lastIndexOf('.'); rule == null && dot > 0; ) {
            rule = rules.get(type.substring(0, dot) + ".**");
            dot = type.lastIndexOf('.', dot - 1);
        }
        return rule;
    }
}

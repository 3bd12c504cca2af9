// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import dev.patchbay.layout.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which jars a module's process needs: those with a class that its code can come to. A class is come to by its name, wherever it
 * stands in the file of a class that was come to: as a type, in a signature, or as a text, which is how reflection names it;
 * and by the service that it offers. A jar to which neither module comes goes to those that have a jar which names it; one
 * that nothing names may still be found by other means, so both get it.
 */
final class ModuleReach {
    private final List<ClassPathEntry> entries;

    ModuleReach(final List<ClassPathEntry> entries) {
        this.entries = entries;
    }

    /**
     * The entries that each module needs.
     *
     * @param roots the classes by which each module's process begins, with full stops
     */
    Map<Role, Set<ClassPathEntry>> needed(final Map<Role, List<String>> roots) {
        final Map<Role, Set<String>> from = new HashMap<>();
        roots.forEach(
                (role, names) -> {
                    from.put(role, new HashSet<>());
                    names.forEach(name -> from.get(role).add(name.replace('.', '/')));
                });
        while (true) {
            final Map<Role, Set<ClassPathEntry>> needed = new HashMap<>();
            from.forEach((role, names) -> needed.put(role, met(role, reach(role, names))));
            final List<ClassPathEntry> left = new ArrayList<>(entries);
            needed.values().forEach(left::removeAll);
            // Without a class there is nothing to come to: these hold resources.
            left.stream()
                    .filter(entry -> entry.classes().isEmpty())
                    .forEach(entry -> entry.roles().forEach(role -> needed.get(role).add(entry)));
            left.removeIf(entry -> entry.classes().isEmpty());
            if (left.isEmpty()) {
                return needed;
            }
            if (!giveToThoseThatName(left, needed, from)) {
                for (final ClassPathEntry entry : left) {
                    entry.roles().forEach(role -> from.get(role).addAll(entry.classes().keySet()));
                }
            }
        }
    }

    private static boolean giveToThoseThatName(
            final List<ClassPathEntry> left,
            final Map<Role, Set<ClassPathEntry>> needed,
            final Map<Role, Set<String>> from) {
        boolean given = false;
        for (final ClassPathEntry entry : left) {
            for (final Role role : entry.roles()) {
                if (needed.get(role).stream().anyMatch(other -> other.mentions(entry))) {
                    from.get(role).addAll(entry.classes().keySet());
                    given = true;
                }
            }
        }
        return given;
    }

    private Set<ClassPathEntry> met(final Role role, final Set<String> classes) {
        final Set<ClassPathEntry> met = new LinkedHashSet<>();
        for (final ClassPathEntry entry : entries) {
            if (entry.roles().contains(role)
                    && entry.classes().keySet().stream().anyMatch(classes::contains)) {
                met.add(entry);
            }
        }
        return met;
    }

    private Set<String> reach(final Role role, final Collection<String> roots) {
        final Set<String> mentioned = new HashSet<>(roots);
        final Deque<String> open = new ArrayDeque<>(mentioned);
        while (!open.isEmpty()) {
            final String name = open.remove();
            for (final ClassPathEntry entry : entries) {
                if (entry.roles().contains(role)) {
                    final List<String> further = new ArrayList<>();
                    further.addAll(entry.classes().getOrDefault(name, Set.of()));
                    further.addAll(entry.services().getOrDefault(name, List.of()));
                    further.stream().filter(mentioned::add).forEach(open::add);
                }
            }
        }
        return mentioned;
    }
}

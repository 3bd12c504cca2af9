// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrontierTest {
    private final Frontier frontier = new Frontier();
    private final ClassTable classes = new ClassTable(getClass().getClassLoader());

    @Test
    void eachLineNamesSomethingThatExists() {
        final List<String> dead = new ArrayList<>();
        for (final Frontier.Rule rule : frontier.rules()) {
            if (!exists(rule.pattern())) {
                dead.add(rule.pattern());
            }
        }
        assertEquals(List.of(), dead);
    }

    private boolean exists(final String pattern) {
        if (pattern.endsWith(".**")) {
            final String below = pattern.substring(0, pattern.length() - 3);
            return ModuleLayer.boot().modules().stream()
                    .flatMap(module -> module.getPackages().stream())
                    .anyMatch(name -> name.equals(below) || name.startsWith(below + "."));
        }
        final int dot = pattern.lastIndexOf('.');
        final ClassTable.Type type = classes.type(pattern.substring(0, dot).replace('.', '/'));
        final String method = pattern.substring(dot + 1);
        return type != null
                && (method.equals("*")
                        || type.methods.keySet().stream()
                                .anyMatch(signature -> signature.startsWith(method + "(")));
    }

    @Test
    void theNearestLineCounts() {
        assertEquals(Category.WAIT, frontier.rule("java/lang/Thread", "sleep").refused());
        assertEquals(Category.NATIVE, frontier.rule("java/lang/Thread", "start").refused());
        assertEquals(null, frontier.rule("java/lang/Thread", "onSpinWait").refused());
        assertEquals(
                Category.LOCK,
                frontier.rule("java/util/concurrent/locks/ReentrantLock", "lock").refused());
        assertEquals(null, frontier.rule("java/util/ArrayList", "get"));
    }
}

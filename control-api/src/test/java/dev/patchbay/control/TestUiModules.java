// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import dev.patchbay.control.uistate.UiStateContext;
import dev.patchbay.control.uistate.UiStateModule;
import java.util.Locale;
import java.util.Map;

/** UI-state modules for processes of their own. */
public final class TestUiModules {
    private TestUiModules() {}

    /** Shows a word that an event sets and what the engine plays, and does harm when asked to. */
    public static class Words implements UiStateModule {
        private UiStateContext context;
        private String word = "none";

        @Override
        public void init(final UiStateContext its) {
            context = its;
            System.out.println("this is not for control");
        }

        @Override
        public Map<String, String> getUiState() {
            return Map.of(
                    "word", word, "level", String.format(Locale.ROOT, "%.3f", context.value(0)));
        }

        @Override
        public void handleUiEvent(final String name, final String value) {
            switch (name) {
                case "word" -> word = value;
                case "loud" -> context.change(0, 0.875);
                case "wrong" -> context.change(99, 0.5);
                case "fail" -> throw new IllegalStateException("as the test wants");
                case "hang" -> {
                    while (true) {
                        Thread.onSpinWait();
                    }
                }
                case "end" -> Runtime.getRuntime().halt(7);
                default -> throw new IllegalArgumentException("There is no \"" + name + "\".");
            }
        }

        @Override
        public void close() {
            System.err.println("the words end");
        }
    }

    /** Cannot begin. */
    public static final class Unwilling extends Words {
        @Override
        public void init(final UiStateContext its) {
            throw new IllegalStateException("It does not want to.");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.TreeMap;

/** The modules that the control process's tests run. */
public final class TestControlModules {
    private TestControlModules() {}

    /** Keeps a word as its state and remembers the last value of each parameter in it. */
    public static class Word implements ControlModule {
        private final Map<Integer, Float> values = new TreeMap<>();
        private String word = "fresh";

        @Override
        public void init(final ControlContext context) {}

        @Override
        public void setParameter(final int index, final float normalized) {
            values.put(index, normalized);
        }

        @Override
        public byte[] saveState() {
            return (word + values).getBytes(UTF_8);
        }

        @Override
        public void loadState(final byte[] state) {
            if (state.length > 100) {
                throw new IllegalArgumentException(
                        "a word of " + state.length + " bytes is too long");
            }
            word = state.length == 0 ? "fresh" : new String(state, UTF_8);
        }
    }

    /** Does not start. */
    public static final class ThrowsInInit extends Word {
        @Override
        public void init(final ControlContext context) {
            throw new IllegalStateException("no presets were found");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.control.automation.AutomationMode;
import dev.patchbay.control.parameter.ParameterListener;
import dev.patchbay.control.parameter.ParameterRegistry;
import dev.patchbay.control.parameter.ParameterWriter;
import dev.patchbay.eventqueue.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    /** Holds a parameter for ever, types a value for each that the host moves, and has as its state what it was told. */
    public static final class Typist extends Word implements ParameterListener {
        private final List<String> told = new ArrayList<>();
        private ControlContext context;
        private ParameterWriter panel;

        @Override
        public void init(final ControlContext controlContext) {
            super.init(controlContext);
            context = controlContext;
            context.registry().listen(this);
            panel = context.registry().writer("panel", Duration.ofMillis(20));
            panel.begin(0);
        }

        @Override
        public void changed(final int index, final double normalized, final String writer) {
            told.add(writer + " " + index + "=" + normalized);
            if (writer.equals(ParameterRegistry.ENGINE)) {
                panel.setText(0, "7.5");
            }
            context.stateChanged();
        }

        @Override
        public void gestureEnded(final int index) {
            told.add("ended " + index);
            context.stateChanged();
        }

        @Override
        public byte[] saveState() {
            return (told + context.registry().text(0)).getBytes(UTF_8);
        }
    }

    /** Holds its first parameter until the host moves another. */
    public static final class Holder extends Word implements ParameterListener {
        private ParameterWriter panel;

        @Override
        public void init(final ControlContext context) {
            super.init(context);
            context.registry().listen(this);
            panel = context.registry().writer("panel", Duration.ofMinutes(1));
            panel.begin(0);
        }

        @Override
        public void changed(final int index, final double normalized, final String writer) {
            if (writer.equals(ParameterRegistry.ENGINE)) {
                panel.end(0);
            }
        }
    }

    /** Learns a controller for its first parameter. */
    public static final class Learner extends Word {
        @Override
        public void init(final ControlContext context) {
            super.init(context);
            context.midi().learn(0);
        }

        @Override
        public byte[] saveState() {
            return "learner".getBytes(UTF_8);
        }
    }

    /** Records what a hand does with its first parameter. */
    public static final class Recorder extends Word {
        @Override
        public void init(final ControlContext context) {
            super.init(context);
            context.automation().mode(0, AutomationMode.TOUCH);
        }

        @Override
        public byte[] saveState() {
            return "recorder".getBytes(UTF_8);
        }
    }

    /** Has as its state who has changed its parameters, and what it heard; changes the second one when the first is 1. */
    public static final class Witness implements ControlModule {
        private final List<String> heard = new ArrayList<>();
        private ControlContext context;

        @Override
        public void init(final ControlContext controlContext) {
            context = controlContext;
        }

        @Override
        public void parameterChanged(final int index, final float normalized, final ChangedBy by) {
            heard.add(by + " " + index + "=" + normalized);
            if (index == 0 && normalized == 1) {
                context.change(Map.of(1, 0.75));
            }
            if (index == 0 && normalized == 0) {
                throw new IllegalStateException("nothing at all");
            }
        }

        @Override
        public void midi(final Event event) {
            heard.add("midi " + event.controllerNumber());
            // From a thread of its own, as whoever waits for a file or a person does it.
            new Thread(
                            () ->
                                    context.execute(
                                            () -> {
                                                heard.add("executed");
                                                context.stateChanged();
                                            }))
                    .start();
        }

        @Override
        public byte[] saveState() {
            return String.join(", ", heard).getBytes(UTF_8);
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

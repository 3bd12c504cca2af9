// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import dev.patchbay.atomics.Participant;
import dev.patchbay.control.parameter.EngineParameters;
import dev.patchbay.control.preset.PresetLibrary;
import dev.patchbay.control.preset.PresetSession;
import dev.patchbay.control.state.PluginIdentity;
import dev.patchbay.layout.Parameter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The presets of an instance, with those that come with the module that serves. */
final class ModulePresets {
    /** How many files that are no presets are named in the log. */
    private static final int TOLD_PROBLEMS = 10;

    private final Participant participant;
    private final List<Parameter> parameters;
    private final PresetSession session;

    ModulePresets(
            final Participant participant,
            final List<Parameter> parameters,
            final Class<?> moduleClass,
            final EngineParameters engine,
            final Consumer<Map<Integer, Double>> change,
            final Runnable stateChanged) {
        this.participant = participant;
        this.parameters = parameters;
        final float[] initial = new float[parameters.size()];
        for (int i = 0; i < initial.length; i++) {
            initial[i] = engine.playing(i);
        }
        session = new PresetSession(library(moduleClass), initial, change, stateChanged);
    }

    private PresetLibrary library(final Class<?> moduleClass) {
        return PresetLibrary.ofUser(
                PluginIdentity.of(participant.region()), parameters, moduleClass);
    }

    PresetSession session() {
        return session;
    }

    /** Other code serves, which may come with others. */
    void comeWith(final Class<?> moduleClass) {
        session.library(library(moduleClass));
    }

    /** Once: whoever shows presets shows all that is wrong with them. */
    void tellBadOnes() {
        final List<String> problems = session.library().list().problems();
        problems.stream()
                .limit(TOLD_PROBLEMS)
                .forEach(problem -> System.err.println("patchbay control: " + problem));
        if (problems.size() > TOLD_PROBLEMS) {
            System.err.println(
                    "patchbay control: "
                            + (problems.size() - TOLD_PROBLEMS)
                            + " further files are no presets.");
        }
    }
}

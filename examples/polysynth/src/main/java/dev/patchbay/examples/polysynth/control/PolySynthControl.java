// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.control;

import dev.patchbay.control.ControlContext;
import dev.patchbay.control.ControlModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Presets and state. A parameter that no longer has its preset's value makes the preset "edited"; moved back, it is the
 * preset again.
 */
public final class PolySynthControl implements ControlModule {
    private ControlContext context;
    private String preset;

    /** What the preset's parameters should be, by index; empty where this version does not know the preset. */
    private Map<Integer, Double> expected = Map.of();

    private boolean edited;

    /** Creates the module; {@code build.yaml} names this class. */
    public PolySynthControl() {}

    @Override
    public void init(final ControlContext controlContext) {
        context = controlContext;
    }

    @Override
    public void setParameter(final int index, final float normalized) {
        // The value is the registry's already.
        context.registry().get(index);
        compare();
    }

    @Override
    public byte[] saveState() {
        return new StoredState(preset, edited).toBytes();
    }

    @Override
    public void loadState(final byte[] state) {
        final StoredState stored = StoredState.of(state);
        // The parameters' values are not ours to restore: the host has them, and they arrive by
        // setParameter.
        preset = stored.preset();
        expected = preset == null ? Map.of() : expected(presets().indexOf(preset));
        edited = stored.edited();
    }

    @Override
    public List<String> presets() {
        final List<String> names = new ArrayList<>();
        for (final Preset factory : FactoryPresets.ALL) {
            names.add(factory.name());
        }
        return List.copyOf(names);
    }

    @Override
    public void selectPreset(final int index) {
        if (index < 0 || index >= FactoryPresets.ALL.size()) {
            throw new IllegalArgumentException(
                    "PolySynth has presets 0 to "
                            + (FactoryPresets.ALL.size() - 1)
                            + ", but was asked for "
                            + index
                            + ".");
        }
        final Map<Integer, Double> changes = expected(index);
        context.change(changes);
        preset = FactoryPresets.ALL.get(index).name();
        expected = changes;
        edited = false;
        context.stateChanged();
    }

    private Map<Integer, Double> expected(final int index) {
        return index < 0
                ? Map.of()
                : FactoryPresets.ALL.get(index).normalized(context.parameters());
    }

    private void compare() {
        boolean differs = false;
        for (final Map.Entry<Integer, Double> entry : expected.entrySet()) {
            differs |= !context.registry().has(entry.getKey(), entry.getValue());
        }
        if (!expected.isEmpty() && differs != edited) {
            edited = differs;
            context.stateChanged();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import dev.patchbay.atomics.Participant;
import dev.patchbay.atomics.SnapshotReader;
import dev.patchbay.control.automation.AutomationControl;
import dev.patchbay.control.midi.MidiControl;
import dev.patchbay.control.parameter.ParameterRegistry;
import dev.patchbay.control.parameter.ParameterWriter;
import dev.patchbay.control.preset.PresetSession;
import dev.patchbay.control.ui.Ui;
import dev.patchbay.control.ui.UiModule;
import dev.patchbay.control.ui.UiSources;
import dev.patchbay.eventqueue.automation.AutomationWriter;
import dev.patchbay.eventqueue.automation.HandsWriter;
import dev.patchbay.eventqueue.midi.MidiMapWriter;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.ParameterReader;
import dev.patchbay.layout.StandardRegion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** What a control process has of an instance and lends to the module that serves. It stays when other code takes that one's place. */
final class ModuleContext implements ControlContext {
    /** What listeners are told of who has changed a parameter. */
    private static final String MODULE = "module";

    private final List<Parameter> parameters;
    private final RegionParameters engine;
    private final ParameterRegistry registry;
    private final ParameterWriter writer;
    private final MidiControl midi;
    private final AutomationControl automation;
    private final Ui ui;
    private final ConcurrentLinkedQueue<Runnable> work = new ConcurrentLinkedQueue<>();
    private final Runnable stateChanged;
    private final Runnable wake;
    private PresetSession presets;

    /**
     * Opens the sections of the region that control writes.
     *
     * @param shown what is shown of the plug-in's own
     * @param stateChanged is told that the state is another; on the module's thread
     * @param wake makes the module's thread look for work; any thread
     */
    ModuleContext(
            final Participant participant,
            final Supplier<Optional<UiModule>> shown,
            final Runnable stateChanged,
            final Runnable wake) {
        this.stateChanged = stateChanged;
        this.wake = wake;
        this.parameters = ParameterReader.read(participant.region());
        this.engine = new RegionParameters(participant);
        this.registry = new ParameterRegistry(parameters, engine);
        this.writer = registry.pluginWriter(MODULE);
        this.midi =
                new MidiControl(
                        new MidiMapWriter(
                                participant.buffer(), participant.section(StandardRegion.MIDI_MAP)),
                        parameters,
                        stateChanged);
        this.automation =
                new AutomationControl(
                        new AutomationWriter(
                                participant.buffer(),
                                participant.section(StandardRegion.AUTOMATION)),
                        new HandsWriter(
                                participant.buffer(),
                                participant.section(StandardRegion.AUTOMATION_HANDS)),
                        registry,
                        engine,
                        SnapshotReader.over(
                                participant.region().loads(),
                                participant.section(StandardRegion.TRANSPORT)),
                        MODULE,
                        stateChanged);
        this.ui =
                new Ui(
                        new UiSources(
                                participant, registry, midi, automation, this::presets, shown),
                        wake);
    }

    /** What plays the parameters. */
    RegionParameters engine() {
        return engine;
    }

    /** Work that modules have handed over, in its order. */
    ConcurrentLinkedQueue<Runnable> work() {
        return work;
    }

    /** Before the first module begins. */
    void presets(final PresetSession session) {
        presets = session;
    }

    /** Nothing here refers to this code any more. */
    void leave(final ClassLoader code) {
        registry.leave(code);
        ui.leave(code);
        work.removeIf(task -> task.getClass().getClassLoader() == code);
    }

    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public float value(final int index) {
        return engine.playing(index);
    }

    @Override
    public ParameterRegistry registry() {
        return registry;
    }

    @Override
    public MidiControl midi() {
        return midi;
    }

    @Override
    public AutomationControl automation() {
        return automation;
    }

    @Override
    public void change(final Map<Integer, Double> normalizedByIndex) {
        writer.setAll(normalizedByIndex);
    }

    @Override
    public PresetSession presets() {
        return presets;
    }

    @Override
    public Ui ui() {
        return ui;
    }

    @Override
    public void stateChanged() {
        stateChanged.run();
    }

    @Override
    public void execute(final Runnable task) {
        work.add(task);
        wake.run();
    }
}

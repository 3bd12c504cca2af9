// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import dev.patchbay.atomics.Blob;
import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.Participant;
import dev.patchbay.atomics.RoleCell;
import dev.patchbay.atomics.SnapshotReader;
import dev.patchbay.control.automation.Automation;
import dev.patchbay.control.automation.AutomationControl;
import dev.patchbay.control.automation.AutomationState;
import dev.patchbay.control.midi.MidiControl;
import dev.patchbay.control.midi.MidiMap;
import dev.patchbay.control.midi.MidiMapState;
import dev.patchbay.control.parameter.ParameterRegistry;
import dev.patchbay.control.parameter.ParameterWriter;
import dev.patchbay.control.preset.PresetLibrary;
import dev.patchbay.control.preset.PresetSession;
import dev.patchbay.control.state.ControlState;
import dev.patchbay.control.state.PluginIdentity;
import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventHandler;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.eventqueue.automation.AutomationWriter;
import dev.patchbay.eventqueue.automation.HandsWriter;
import dev.patchbay.eventqueue.midi.MidiMapWriter;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.ParameterReader;
import dev.patchbay.layout.RegionException;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardRegion.RoleState;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Runs a control module: looks at the region a hundred times a second and calls the module on this one thread. */
final class ControlRunner implements ControlContext {
    private static final long PERIOD_NANOS = 10_000_000L;

    /** How many files that are no presets are named in the log. */
    private static final int TOLD_PROBLEMS = 10;

    /** What listeners are told of who has changed a parameter. */
    private static final String MODULE = "module";

    private static final List<String> COUNTERS =
            StandardRegion.prebuilt().section(StandardRegion.CONTROL_COUNTERS).names();

    private final Participant participant;
    private final Loads loads;
    private final SectionEntry roles;
    private final List<Parameter> parameters;
    private final RegionParameters engine;
    private final ParameterRegistry registry;
    private final ParameterWriter moduleWriter;
    private final EventQueue notifications;
    private final MidiControl midi;
    private final AutomationControl automation;
    private final Blob stateToControl;
    private final Blob stateFromControl;
    private final Counters counters;
    private final ControlOptions options;
    private final AllocationLoad load = new AllocationLoad();
    private final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final EventHandler notification = this::hear;
    private final float[] seen;
    private ControlModule module;
    private PresetSession presets;
    private byte[] published;
    private long epoch;
    private long loaded;
    private boolean stateChanged = true;
    private long presetDue;

    ControlRunner(final Participant participant, final ControlOptions options) {
        this.participant = participant;
        this.options = options;
        this.loads = participant.region().loads();
        this.roles = participant.section(StandardRegion.ROLES);
        this.parameters = ParameterReader.read(participant.region());
        this.engine = new RegionParameters(participant);
        this.registry = new ParameterRegistry(parameters, engine);
        this.moduleWriter = registry.pluginWriter(MODULE);
        this.notifications =
                EventQueue.over(
                        participant.buffer(), participant.section(StandardRegion.NOTIFICATIONS));
        this.midi =
                new MidiControl(
                        new MidiMapWriter(
                                participant.buffer(), participant.section(StandardRegion.MIDI_MAP)),
                        parameters,
                        this::stateChanged);
        this.stateToControl =
                new Blob(
                        participant.buffer(), participant.section(StandardRegion.STATE_TO_CONTROL));
        this.stateFromControl =
                new Blob(
                        participant.buffer(),
                        participant.section(StandardRegion.STATE_FROM_CONTROL));
        this.automation = openAutomation();
        this.counters =
                Counters.over(
                        participant.buffer(), participant.section(StandardRegion.CONTROL_COUNTERS));
        this.seen = new float[parameters.size()];
        Arrays.fill(seen, Float.NaN);
    }

    /** Serves until the bridge leaves. */
    void run(final ControlModule controlModule) {
        module = controlModule;
        presets = openPresets();
        if (stateToControl.published() == 0) {
            // No state is to come, so what a process before this one had is in none.
            midi.load(MidiMap.EMPTY);
            automation.load(Automation.EMPTY);
        }
        module.init(this);
        takeState();
        publishState();
        participant.role().state(RoleState.READY);
        tellBadPresets();
        presetDue = System.nanoTime() + (long) (options.presetSeconds() * 1e9);
        if (options.allocateMegabytes() > 0) {
            load.start(options.allocateMegabytes());
        }
        while (RoleCell.stateOf(loads, roles, Role.BRIDGE) != RoleState.LEAVING) {
            takeState();
            registry.poll();
            tellChanges();
            automation.poll();
            hearEngine();
            selectDuePreset();
            publishState();
            measure();
            LockSupport.parkNanos(PERIOD_NANOS);
        }
        publishState();
        measure();
        participant.role().state(RoleState.LEAVING);
        module.close();
    }

    private AutomationControl openAutomation() {
        return new AutomationControl(
                new AutomationWriter(
                        participant.buffer(), participant.section(StandardRegion.AUTOMATION)),
                new HandsWriter(
                        participant.buffer(), participant.section(StandardRegion.AUTOMATION_HANDS)),
                registry,
                engine,
                SnapshotReader.over(loads, participant.section(StandardRegion.TRANSPORT)),
                stateFromControl.capacity(),
                MODULE,
                this::stateChanged);
    }

    private PresetSession openPresets() {
        final PresetLibrary library =
                PresetLibrary.ofUser(
                        PluginIdentity.of(participant.region()), parameters, module.getClass());
        final float[] initial = new float[parameters.size()];
        for (int i = 0; i < initial.length; i++) {
            initial[i] = engine.playing(i);
        }
        return new PresetSession(library, initial, this::change, this::stateChanged);
    }

    /** Once: whoever shows presets shows all that is wrong with them. */
    private void tellBadPresets() {
        final List<String> problems = presets.library().list().problems();
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

    private void takeState() {
        if (stateToControl.published() == loaded) {
            return;
        }
        final Blob.Content content = stateToControl.read();
        if (content == null) {
            return;
        }
        loaded = content.sequence();
        try {
            loadState(AutomationState.decode(content.bytes(), automation.capacity()));
        } catch (final IllegalArgumentException e) {
            // The epoch stays behind: the bridge keeps what the host restored and does not replace
            // it by this module's.
            System.err.println(
                    "patchbay control: the state was not loaded, and is kept as it is: "
                            + e.getMessage());
            return;
        }
        epoch = content.epoch();
        published = null;
        stateChanged = true;
    }

    /** All parts or none. */
    private void loadState(final AutomationState automated) {
        final MidiMapState state = MidiMapState.decode(automated.rest());
        final Automation playing = automation.automation();
        automation.load(automated.automation());
        try {
            loadRest(state);
        } catch (final IllegalArgumentException e) {
            automation.load(playing);
            throw e;
        }
    }

    private void loadRest(final MidiMapState state) {
        final ControlState parts = ControlState.decode(state.rest());
        final byte[] before = presets.saveState();
        presets.loadState(parts.presets());
        try {
            module.loadState(parts.module());
        } catch (final IllegalArgumentException e) {
            presets.loadState(before);
            throw e;
        }
        midi.load(state.map());
    }

    private void hearEngine() {
        notifications.poll(notification, notifications.capacity());
    }

    private void hear(final Event event) {
        final boolean isHand = event.type() == EventType.PARAMETER;
        try {
            if (isHand) {
                automation.event(event);
            } else {
                midi.event(event);
            }
        } catch (final IllegalArgumentException e) {
            System.err.println(
                    "patchbay control: nothing was "
                            + (isHand ? "recorded: " : "learned: ")
                            + e.getMessage());
        }
    }

    private void tellChanges() {
        for (int i = 0; i < seen.length; i++) {
            final float value = engine.playing(i);
            if (value != seen[i]) {
                seen[i] = value;
                presets.parameterChanged(i, value);
                module.setParameter(i, value);
                stateChanged = true;
            }
        }
    }

    private void selectDuePreset() {
        if (options.presetSeconds() == 0 || System.nanoTime() - presetDue < 0) {
            return;
        }
        presetDue += (long) (options.presetSeconds() * 1e9);
        if (presets.step(1).isPresent()) {
            count("presets_selected");
        }
    }

    private void publishState() {
        if (!stateChanged) {
            return;
        }
        stateChanged = false;
        final ControlState parts = new ControlState(presets.saveState(), module.saveState());
        final byte[] state = automation.save(new MidiMapState(midi.map(), parts.encode()).encode());
        if (!Arrays.equals(state, published)) {
            try {
                stateFromControl.write(state, epoch);
                count("states_published");
            } catch (final RegionException e) {
                System.err.println("patchbay control: " + e.getMessage());
            }
            published = state;
        }
    }

    private void measure() {
        participant.role().heartbeat(System.nanoTime());
        long collections = 0;
        long millis = 0;
        for (final GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
            // ZGC has a bean for its cycles and one for the pauses in them; a cycle is a
            // collection.
            if (!bean.getName().endsWith("Pauses")) {
                collections += Math.max(0, bean.getCollectionCount());
                millis += Math.max(0, bean.getCollectionTime());
            }
        }
        counters.setRelease(COUNTERS.indexOf("collections"), collections);
        counters.setRelease(COUNTERS.indexOf("collection_millis"), millis);
        long allocated = 0;
        for (final long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            allocated += Math.max(0, bytes);
        }
        counters.setRelease(COUNTERS.indexOf("allocated_bytes"), allocated);
        counters.setRelease(COUNTERS.indexOf("load_bytes"), load.bytes());
        counters.setRelease(COUNTERS.indexOf("load_nanos"), load.nanos());
    }

    private void count(final String counter) {
        counters.add(COUNTERS.indexOf(counter), 1);
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
        moduleWriter.setAll(normalizedByIndex);
    }

    @Override
    public PresetSession presets() {
        return presets;
    }

    @Override
    public void stateChanged() {
        stateChanged = true;
    }
}

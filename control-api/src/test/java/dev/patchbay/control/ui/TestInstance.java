// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.FloatCells;
import dev.patchbay.atomics.Participant;
import dev.patchbay.atomics.SnapshotReader;
import dev.patchbay.control.ControlContext;
import dev.patchbay.control.ControlModule;
import dev.patchbay.control.automation.AutomationControl;
import dev.patchbay.control.midi.MidiControl;
import dev.patchbay.control.parameter.EngineParameters;
import dev.patchbay.control.parameter.ParameterRegistry;
import dev.patchbay.control.preset.PresetLibrary;
import dev.patchbay.control.preset.PresetSession;
import dev.patchbay.control.state.PluginIdentity;
import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.eventqueue.automation.AutomationWriter;
import dev.patchbay.eventqueue.automation.HandsWriter;
import dev.patchbay.eventqueue.midi.MidiMapWriter;
import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.PluginImage;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A real region, an engine that takes changes at once, and a thread that goes round as the control process does. */
public final class TestInstance implements AutoCloseable {
    public static final List<Parameter> PARAMETERS =
            List.of(
                    Parameter.of(1, "level", "Level")
                            .range(0, 10, 5)
                            .unit("dB")
                            .group("Out")
                            .build(),
                    Parameter.of(2, "wave", "Wave").values("Sine", "Saw", "Pulse").build(),
                    Parameter.of(3, "shown", "Shown").flag(Parameter.Flag.READ_ONLY).build(),
                    Parameter.of(4, "secret", "Secret").flag(Parameter.Flag.HIDDEN).build());

    public final Participant participant;
    public final Ui ui;
    public final PluginIdentity plugin;
    public final Module module = new Module();
    public final ParameterRegistry registry;
    public final MidiControl midi;

    /** What is shown of the plug-in's own. */
    public volatile Optional<UiModule> shown = Optional.of(module);

    private final Region region;
    private final AutomationControl automation;
    private final FloatCells cells;
    private final Thread thread;
    private volatile boolean ended;

    /** Counts how often it is looked at. */
    public static final class Module implements ControlModule, UiModule {
        public final AtomicInteger looks = new AtomicInteger();
        private String word = "none";

        @Override
        public void init(final ControlContext context) {}

        @Override
        public Map<String, String> getUiState() {
            looks.incrementAndGet();
            final Map<String, String> state = new LinkedHashMap<>();
            state.put("word", word);
            return state;
        }

        @Override
        public void handleUiEvent(final String name, final String value) {
            if (!name.equals("word")) {
                throw new IllegalArgumentException("The module knows no \"" + name + "\".");
            }
            word = value;
        }
    }

    /** The engine's side of the region, which plays what it was told at once. */
    private final class Engine implements EngineParameters {
        private final Map<Integer, Float> open = new LinkedHashMap<>();

        @Override
        public float playing(final int index) {
            return cells.getAcquire(index);
        }

        @Override
        public void set(final int index, final float normalized) {
            open.put(index, normalized);
        }

        @Override
        public void publish() {
            open.forEach(cells::setRelease);
            open.clear();
        }

        @Override
        public long blocks() {
            return 0;
        }
    }

    public TestInstance(final Path folder) throws IOException {
        final PluginImage image =
                new PluginImage(new StandardRegion.Counts(8, 4, 0, 2, 64, 64, 64, 4096));
        image.identity(
                new PluginImage.Identity(
                        "Two",
                        "Tests",
                        "1.0.0",
                        "",
                        "",
                        "Fx",
                        "two parameters 1".getBytes(StandardCharsets.UTF_8),
                        false));
        image.parameters(PARAMETERS);
        region = Region.create(folder.resolve("region"), image.image());
        participant =
                Participant.attach(
                        Role.CONTROL,
                        new String[] {
                            "--region",
                            folder.resolve("region").toString(),
                            "--id",
                            region.instanceId(),
                            "--host",
                            Long.toString(ProcessHandle.current().pid()),
                            "--generation",
                            "1",
                            "--module",
                            Module.class.getName()
                        });
        participant.identify("Test");
        plugin = PluginIdentity.of(participant.region());
        cells =
                FloatCells.over(
                        participant.buffer(), participant.section(StandardRegion.PARAMETERS));
        final EngineParameters engine = new Engine();
        registry = new ParameterRegistry(PARAMETERS, engine);
        midi =
                new MidiControl(
                        new MidiMapWriter(
                                participant.buffer(), participant.section(StandardRegion.MIDI_MAP)),
                        PARAMETERS,
                        () -> {});
        automation =
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
                        "module",
                        () -> {});
        final float[] initial = new float[PARAMETERS.size()];
        for (int i = 0; i < initial.length; i++) {
            initial[i] = cells.getAcquire(i);
        }
        final PresetSession presets =
                new PresetSession(
                        new PresetLibrary(plugin, PARAMETERS, Module.class, folder.resolve("user")),
                        initial,
                        registry.pluginWriter("module")::setAll,
                        () -> {});
        thread = new Thread(() -> goRound(presets), "control of the test");
        ui =
                new Ui(
                        new UiSources(
                                participant,
                                registry,
                                midi,
                                automation,
                                () -> presets,
                                () -> shown),
                        () -> LockSupport.unpark(thread));
        thread.start();
    }

    private void goRound(final PresetSession presets) {
        final float[] seen = new float[PARAMETERS.size()];
        while (!ended) {
            registry.poll();
            for (int i = 0; i < seen.length; i++) {
                if (seen[i] != cells.getAcquire(i)) {
                    seen[i] = cells.getAcquire(i);
                    presets.parameterChanged(i, seen[i]);
                }
            }
            ui.round();
            LockSupport.parkNanos(ui.pause(10_000_000));
        }
    }

    /** Does something on the control module's thread, and waits for it. */
    public void onItsThread(final Runnable work) throws Exception {
        ui.post(work::run).get(Listener.SECONDS, TimeUnit.SECONDS);
    }

    /** What the engine plays. */
    public float playing(final int index) {
        return cells.getAcquire(index);
    }

    /** What the host does. */
    public void play(final int index, final float normalized) {
        cells.setRelease(index, normalized);
    }

    /** What the engine tells of a hand. */
    public Future<Void> hand(
            final int phase, final int index, final double time, final double normalized) {
        return ui.post(
                () -> {
                    final AtomicBuffer slot = new UnsafeBuffer(new byte[EventDescriptor.SIZE]);
                    Event.store(
                            slot, 0, EventType.PARAMETER, 0, phase, -1, index, normalized, time);
                    automation.event(new Event(slot).moveTo(0));
                });
    }

    /** Counts for the bridge. */
    public void count(final String counter, final long amount) {
        final SectionEntry section = participant.section(StandardRegion.BRIDGE_COUNTERS);
        Counters.over(participant.buffer(), section)
                .add(
                        StandardRegion.prebuilt()
                                .section(StandardRegion.BRIDGE_COUNTERS)
                                .indexOf(counter),
                        amount);
    }

    @Override
    public void close() {
        ended = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
        ui.close();
        participant.region().close();
        region.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import dev.patchbay.atomics.Participant;
import dev.patchbay.atomics.RoleCell;
import dev.patchbay.atomics.SnapshotReader;
import dev.patchbay.control.automation.Automation;
import dev.patchbay.control.automation.AutomationControl;
import dev.patchbay.control.midi.MidiControl;
import dev.patchbay.control.midi.MidiMap;
import dev.patchbay.control.panel.PanelDoor;
import dev.patchbay.control.parameter.ParameterRegistry;
import dev.patchbay.control.parameter.ParameterWriter;
import dev.patchbay.control.preset.PresetSession;
import dev.patchbay.control.ui.Ui;
import dev.patchbay.control.ui.UiModule;
import dev.patchbay.control.ui.UiSources;
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
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardRegion.HandPhase;
import dev.patchbay.layout.StandardRegion.RoleState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Runs a control module: looks at the region a hundred times a second, and calls the module. All of it is done on the thread of the module that
 * serves; where other code takes its place, that one's thread goes on.
 */
final class ControlRunner implements ControlContext {
    private static final long PERIOD_NANOS = 10_000_000L;

    /** How long a module that was replaced may take to close before the next one goes on. */
    private static final long CLOSE_NANOS = 2_000_000_000L;

    /** How often it is looked whether replaced code has gone, and what the JVM has counted. */
    private static final int ROUNDS_TO_LOOK = 10;

    /** So many failures of a module are told, the rest is counted. */
    private static final int TOLD_FAILURES = 100;

    /** What listeners are told of who has changed a parameter. */
    private static final String MODULE = "module";

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
    private final ParameterOrigins origins;
    private final HeldParameters held;
    private final ControlCounts counts;
    private final ControlOptions options;
    private final AllocationLoad load = new AllocationLoad();
    private final EventHandler notification = this::hear;
    private final ConcurrentLinkedQueue<Runnable> work = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Reload> reloads = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final FormerCode former = new FormerCode(System.err);
    private final Ui ui;
    private volatile ModuleThread serving;
    private volatile Handover handover;
    private LoadedModule module;
    private ModulePresets modulePresets;
    private Optional<NativeUi> library = Optional.empty();
    private PanelDoor panel;
    private PresetSession presets;
    private SavedState state;
    private long presetDue;
    private long rounds;
    private long failures;

    /** From which module the next one takes over, on whose account, and whether that one has closed. */
    private record Handover(LoadedModule old, Reload reload, AtomicBoolean closed) {}

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
        this.automation = openAutomation();
        this.counts = new ControlCounts(participant);
        this.origins = new ParameterOrigins(engine, automation::playsLane, parameters.size());
        registry.listen(origins);
        this.held = new HeldParameters(participant, parameters.size());
        this.ui =
                new Ui(
                        new UiSources(
                                participant,
                                registry,
                                midi,
                                automation,
                                () -> presets,
                                this::shown),
                        this::wake);
    }

    /**
     * Starts to serve; {@link #awaitEnd} comes next.
     *
     * @param code to begin with; not to be held by the caller, so that it can go when other code has taken its place
     * @throws RuntimeException if the module cannot be started
     */
    void start(final ModuleCode code) {
        modulePresets =
                new ModulePresets(
                        participant,
                        parameters,
                        code.moduleClass(),
                        engine,
                        this::change,
                        this::stateChanged);
        presets = modulePresets.session();
        state = new SavedState(participant, presets, midi, automation, counts);
        if (!state.anyRestored()) {
            // No state is to come, so what a process before this one had is in none.
            midi.load(MidiMap.EMPTY);
            automation.load(Automation.EMPTY);
        }
        final ModuleThread first = thread(code, its -> its.module().init(this), 0);
        first.start();
        first.awaitReady(Long.MAX_VALUE);
        first.choose();
        first.release();
    }

    /**
     * Waits until the bridge leaves.
     *
     * @throws RuntimeException if something else has ended it
     */
    void awaitEnd() {
        try {
            ended.join();
        } catch (final CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
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
                MODULE,
                this::stateChanged);
    }

    private ModuleThread thread(
            final ModuleCode code, final Consumer<ModuleThread> begin, final long patience) {
        return new ModuleThread(
                code,
                its -> {
                    its.module(new LoadedModule(code, this::failed));
                    begin.accept(its);
                },
                this::serve,
                patience);
    }

    /** Any thread. */
    void reload(final Reload reload) {
        reloads.add(reload);
        wake();
        if (ended.isDone()) {
            refuseAll();
        }
    }

    private void refuseAll() {
        for (Reload late = reloads.poll(); late != null; late = reloads.poll()) {
            late.refuse("the plug-in leaves at the moment.");
        }
    }

    private void wake() {
        final ModuleThread thread = serving;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /** It is this module's turn, until the bridge leaves or another's comes. */
    private void serve(final ModuleThread its) {
        final boolean first = serving == null;
        serving = its;
        module = its.module();
        try {
            if (first) {
                beginFirst();
            } else {
                beginNext();
            }
            while (RoleCell.stateOf(loads, roles, Role.BRIDGE) != RoleState.LEAVING) {
                round();
                final Reload reload = reloads.poll();
                if (reload != null && reload.begin() && replaced(reload)) {
                    return;
                }
                LockSupport.parkNanos(ui.pause(PERIOD_NANOS));
            }
            panel.close();
            ui.close();
            library.ifPresent(NativeUi::close);
            state.publishAtOnce(module);
            counts.measure(load, former);
            participant.role().state(RoleState.LEAVING);
            module.close();
            ended.complete(null);
        } catch (final RuntimeException | Error e) {
            ended.completeExceptionally(e);
        } finally {
            if (ended.isDone()) {
                refuseAll();
            }
        }
    }

    private void beginFirst() {
        state.take(module);
        state.publish(module);
        participant.role().state(RoleState.READY);
        modulePresets.tellBadOnes();
        presetDue = System.nanoTime() + (long) (options.presetSeconds() * 1e9);
        startThreads();
    }

    /** Those stay when the code that serves first is replaced, and must not hold it. */
    private void startThreads() {
        final Thread thread = Thread.currentThread();
        final ClassLoader code = thread.getContextClassLoader();
        thread.setContextClassLoader(ControlRunner.class.getClassLoader());
        try {
            if (options.allocateMegabytes() > 0) {
                load.start(options.allocateMegabytes());
            }
            library = NativeUi.ofThisProcess(participant, registry);
            panel = PanelDoor.open(ui, participant);
        } finally {
            thread.setContextClassLoader(code);
        }
    }

    /** What is shown of the plug-in's own: a library's where there is one, else the module's. */
    private Optional<UiModule> shown() {
        return library.isPresent()
                ? library.map(UiModule.class::cast)
                : Optional.of(module.module())
                        .filter(UiModule.class::isInstance)
                        .map(UiModule.class::cast);
    }

    /** The module before has let go, or its time to do so is over. */
    private void beginNext() {
        final Handover from = handover;
        handover = null;
        if (!from.closed().get()) {
            failed("close of the former code has not returned within " + CLOSE_NANOS / 1e9 + " s");
        }
        from.old().revoke();
        letGo(from.old().code().loader());
        counts.count("reloads");
        modulePresets.comeWith(module.code().moduleClass());
        modulePresets.tellBadOnes();
        origins.tellAll();
        state.offerTo();
        from.reload().done();
    }

    /** Nothing of the framework's refers to this code any more. */
    private void letGo(final ClassLoader code) {
        registry.leave(code);
        ui.leave(code);
        work.removeIf(task -> task.getClass().getClassLoader() == code);
        former.add(code);
    }

    private void round() {
        // What the module has left behind would make the waits end at once.
        Thread.interrupted();
        state.take(module);
        guarded(registry::poll);
        tellChanges();
        for (int left = work.size(); left > 0; left--) {
            state.publish(module);
            module.run(work.remove());
        }
        state.publish(module);
        guarded(this::selectDuePreset);
        state.publish(module);
        guarded(ui::round);
        held.show(registry);
        state.publish(module);
        participant.role().heartbeat(System.nanoTime());
        if (rounds++ % ROUNDS_TO_LOOK == 0) {
            former.look();
        }
        counts.measure(load, former);
    }

    /** Where other code cannot take the module's place, it goes on. */
    private boolean replaced(final Reload reload) {
        final LoadedModule old = module;
        // What the next one's thread holds must not hold the code of this one.
        final byte[] own = old.saveState().orElse(null);
        final int version = old.stateVersion();
        final byte[] session = presets.saveState();
        final MidiMap map = midi.map();
        final Runnable undoAutomation = automation.undo();
        final ModuleThread next =
                thread(
                        reload.code(),
                        its -> {
                            its.module().init(this);
                            its.module().loadState(own, version);
                        },
                        CLOSE_NANOS);
        String problem = own == null ? "the state of the former code cannot be saved" : "";
        if (problem.isEmpty()) {
            next.start();
            problem = problemOf(next);
        }
        if (!problem.isEmpty()) {
            dismiss(reload, next);
            presets.loadState(session);
            if (!midi.map().equals(map)) {
                midi.load(map);
            }
            undoAutomation.run();
            state.changed();
            refuse(reload, problem);
            return false;
        }
        final AtomicBoolean closed = new AtomicBoolean();
        handover = new Handover(old, reload, closed);
        next.choose();
        old.close();
        closed.set(true);
        next.release();
        return true;
    }

    private void dismiss(final Reload reload, final ModuleThread next) {
        next.dismiss();
        if (next.module() != null) {
            next.module().revoke();
        }
        letGo(reload.code().loader());
    }

    private void refuse(final Reload reload, final String problem) {
        counts.count("reloads_refused");
        final String sentence =
                "the new code of the control module was refused, and the former goes on: "
                        + problem;
        participant.role().message(sentence);
        System.err.println("patchbay control: " + sentence);
        reload.refuse(sentence);
    }

    private String problemOf(final ModuleThread next) {
        final long deadline = System.nanoTime() + (long) (options.reloadSeconds() * 1e9);
        try {
            while (!next.awaitReady(PERIOD_NANOS)) {
                participant.role().heartbeat(System.nanoTime());
                if (System.nanoTime() - deadline > 0) {
                    return "it was not ready within " + options.reloadSeconds() + " s";
                }
            }
            return "";
        } catch (final RuntimeException e) {
            return e instanceof IllegalArgumentException || e instanceof IllegalStateException
                    ? e.getMessage()
                    : e.toString();
        }
    }

    /** What listeners of the module's throw is as what it throws itself. */
    private void guarded(final Runnable call) {
        try {
            call.run();
        } catch (final RuntimeException | LinkageError | StackOverflowError e) {
            failed("A listener failed: " + e);
        }
    }

    private void failed(final String sentence) {
        counts.count("module_errors");
        if (++failures <= TOLD_FAILURES) {
            System.err.println(
                    "patchbay control: "
                            + sentence
                            + (failures == TOLD_FAILURES
                                    ? "\n"
                                            + "Further failures are counted as module_errors and no"
                                            + " longer told."
                                    : ""));
        }
    }

    /** What hands do is recorded; of what the engine has changed itself only that it has; controllers are learned and the module's. */
    private void hear(final Event event) {
        final boolean isParameter = event.type() == EventType.PARAMETER;
        if (isParameter && event.channel() == HandPhase.NONE) {
            origins.byEngine(event.parameterIndex(), (float) event.normalized());
            return;
        }
        try {
            if (isParameter) {
                automation.event(event);
            } else {
                midi.event(event);
            }
        } catch (final IllegalArgumentException e) {
            System.err.println(
                    "patchbay control: nothing was "
                            + (isParameter ? "recorded: " : "learned: ")
                            + e.getMessage());
        }
        if (!isParameter) {
            module.midi(event);
        }
    }

    /** First the values, then who has changed them: the engine says it before it plays them, and the host says that it plays. */
    private void tellChanges() {
        origins.look();
        automation.poll();
        notifications.poll(notification, notifications.capacity());
        origins.tell(
                (index, value, by) -> {
                    presets.parameterChanged(index, value);
                    module.parameterChanged(index, value, by);
                    state.changed();
                });
    }

    private void selectDuePreset() {
        if (options.presetSeconds() == 0 || System.nanoTime() - presetDue < 0) {
            return;
        }
        presetDue += (long) (options.presetSeconds() * 1e9);
        if (presets.step(1).isPresent()) {
            counts.count("presets_selected");
        }
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
    public Ui ui() {
        return ui;
    }

    @Override
    public void stateChanged() {
        state.changed();
    }

    @Override
    public void execute(final Runnable task) {
        work.add(task);
        wake();
    }
}

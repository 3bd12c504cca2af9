// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.Participant;
import dev.patchbay.atomics.RoleCell;
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
import dev.patchbay.eventqueue.midi.MidiMapWriter;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.ParameterReader;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardRegion.RoleState;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
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

    /** A state that takes longer to save than this is saved less often: half of the time is left for other things. */
    private static final long SLOW_SAVE_NANOS = 5_000_000L;

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
    private final ParameterOrigins origins;
    private final StateExchange exchange;
    private final Counters counters;
    private final ControlOptions options;
    private final AllocationLoad load = new AllocationLoad();
    private final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final EventHandler midiEvent = this::hear;
    private final ConcurrentLinkedQueue<Runnable> work = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Reload> reloads = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final FormerCode former = new FormerCode(System.err);
    private volatile ModuleThread serving;
    private volatile Handover handover;
    private LoadedModule module;
    private PresetSession presets;
    private boolean stateChanged = true;
    private long saveDue = System.nanoTime();
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
        this.exchange = new StateExchange(participant);
        this.counters =
                Counters.over(
                        participant.buffer(), participant.section(StandardRegion.CONTROL_COUNTERS));
        this.origins = new ParameterOrigins(engine, parameters.size());
        registry.listen(origins);
    }

    /**
     * Starts to serve; {@link #awaitEnd} comes next.
     *
     * @param code to begin with; not to be held by the caller, so that it can go when other code has taken its place
     * @throws RuntimeException if the module cannot be started
     */
    void start(final ModuleCode code) {
        presets = openPresets(code.moduleClass());
        if (!exchange.anyRestored()) {
            // No state is to come, so a map of a process before this one is in none.
            midi.load(MidiMap.EMPTY);
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
            late.result()
                    .completeExceptionally(new Reload.Refused("The plug-in leaves at the moment."));
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
                if (reload != null && replaced(reload)) {
                    return;
                }
                LockSupport.parkNanos(PERIOD_NANOS);
            }
            saveDue = System.nanoTime();
            publishState();
            measure();
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
        takeState();
        publishState();
        participant.role().state(RoleState.READY);
        tellBadPresets();
        presetDue = System.nanoTime() + (long) (options.presetSeconds() * 1e9);
        if (options.allocateMegabytes() > 0) {
            load.start(options.allocateMegabytes());
        }
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
        count("reloads");
        presets.library(library(module.code().moduleClass()));
        tellBadPresets();
        origins.tellAll();
        if (exchange.isBehind()) {
            // The code before could not read it.
            exchange.again();
        }
        stateChanged = true;
        from.reload().result().complete(null);
    }

    /** Nothing of the framework's refers to this code any more. */
    private void letGo(final ClassLoader code) {
        registry.leave(code);
        work.removeIf(task -> task.getClass().getClassLoader() == code);
        former.add(code);
    }

    private void round() {
        // What the module has left behind would make the waits end at once.
        Thread.interrupted();
        takeState();
        guarded(registry::poll);
        tellChanges();
        for (int left = work.size(); left > 0; left--) {
            publishState();
            module.run(work.remove());
        }
        publishState();
        selectDuePreset();
        publishState();
        participant.role().heartbeat(System.nanoTime());
        if (rounds++ % ROUNDS_TO_LOOK == 0) {
            former.look();
        }
        measure();
    }

    /** Where other code cannot take the module's place, it goes on. */
    private boolean replaced(final Reload reload) {
        final LoadedModule old = module;
        // What the next one's thread holds must not hold the code of this one.
        final byte[] own = old.saveState().orElse(null);
        final int version = old.stateVersion();
        final byte[] session = presets.saveState();
        final MidiMap map = midi.map();
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
            refuse(reload, next, problem);
            presets.loadState(session);
            if (!midi.map().equals(map)) {
                midi.load(map);
            }
            stateChanged = true;
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

    private void refuse(final Reload reload, final ModuleThread next, final String problem) {
        next.dismiss();
        if (next.module() != null) {
            next.module().revoke();
        }
        letGo(reload.code().loader());
        count("reloads_refused");
        final String sentence =
                "the new code of the control module was refused, and the former goes on: "
                        + problem;
        participant.role().message(sentence);
        System.err.println("patchbay control: " + sentence);
        reload.result().completeExceptionally(new Reload.Refused(sentence));
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
        count("module_errors");
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

    private PresetLibrary library(final Class<?> moduleClass) {
        return PresetLibrary.ofUser(
                PluginIdentity.of(participant.region()), parameters, moduleClass);
    }

    private PresetSession openPresets(final Class<?> moduleClass) {
        final float[] initial = new float[parameters.size()];
        for (int i = 0; i < initial.length; i++) {
            initial[i] = engine.playing(i);
        }
        return new PresetSession(library(moduleClass), initial, this::change, this::stateChanged);
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
        try {
            final Optional<byte[]> restored = exchange.take();
            if (restored.isPresent()) {
                loadState(MidiMapState.decode(restored.get()));
                exchange.accept();
                participant.role().message("");
                stateChanged = true;
            }
        } catch (final IOException | IllegalArgumentException e) {
            // The epoch stays behind: the bridge keeps what the host restored and does not replace
            // it by this module's.
            final String sentence =
                    "the state was not loaded, and is kept as it is: " + e.getMessage();
            participant.role().message(sentence);
            System.err.println("patchbay control: " + sentence);
        }
    }

    /** All parts or none. */
    private void loadState(final MidiMapState state) {
        final ControlState parts = ControlState.decode(state.rest());
        final byte[] before = presets.saveState();
        presets.loadState(parts.presets());
        try {
            module.loadState(parts.module(), parts.moduleVersion());
        } catch (final IllegalArgumentException e) {
            presets.loadState(before);
            throw e;
        }
        midi.load(state.map());
    }

    private void hear(final Event event) {
        if (event.type() == EventType.PARAMETER) {
            origins.byEngine(event.parameterIndex(), (float) event.normalized());
            return;
        }
        try {
            midi.event(event);
        } catch (final IllegalArgumentException e) {
            System.err.println("patchbay control: nothing was learned: " + e.getMessage());
        }
        module.midi(event);
    }

    /** First the values, then who has changed them: the engine says it before it plays them. */
    private void tellChanges() {
        origins.look();
        notifications.poll(midiEvent, notifications.capacity());
        origins.tell(
                (index, value, by) -> {
                    presets.parameterChanged(index, value);
                    module.parameterChanged(index, value, by);
                    stateChanged = true;
                });
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
        if (!stateChanged || System.nanoTime() - saveDue < 0) {
            return;
        }
        stateChanged = false;
        final long began = System.nanoTime();
        final Optional<byte[]> own = module.saveState();
        if (own.isEmpty()) {
            return;
        }
        final ControlState parts =
                new ControlState(presets.saveState(), own.get(), module.stateVersion());
        final byte[] state = new MidiMapState(midi.map(), parts.encode()).encode();
        try {
            if (exchange.publish(state)) {
                count("states_published");
            }
        } catch (final IOException e) {
            System.err.println("patchbay control: the state was not published: " + e.getMessage());
        }
        final long took = System.nanoTime() - began;
        saveDue = took > SLOW_SAVE_NANOS ? System.nanoTime() + took : System.nanoTime();
    }

    private void measure() {
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
        counters.setRelease(COUNTERS.indexOf("former_modules"), former.count());
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

    @Override
    public void execute(final Runnable task) {
        work.add(task);
        wake();
    }
}

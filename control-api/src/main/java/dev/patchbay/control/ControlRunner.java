// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import dev.patchbay.atomics.Participant;
import dev.patchbay.atomics.RoleCell;
import dev.patchbay.control.automation.Automation;
import dev.patchbay.control.midi.MidiMap;
import dev.patchbay.control.panel.PanelDoor;
import dev.patchbay.control.ui.UiModule;
import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventHandler;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardRegion.HandPhase;
import dev.patchbay.layout.StandardRegion.RoleState;
import java.util.Optional;
import java.util.Queue;
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
final class ControlRunner {
    private static final long PERIOD_NANOS = 10_000_000L;

    /** How long a module that was replaced may take to close before the next one goes on. */
    private static final long CLOSE_NANOS = 2_000_000_000L;

    /** How often it is looked whether replaced code has gone, and what the JVM has counted. */
    private static final int ROUNDS_TO_LOOK = 10;

    private final Participant participant;
    private final Loads loads;
    private final SectionEntry roles;
    private final ModuleContext context;
    private final EventQueue notifications;
    private final ParameterOrigins origins;
    private final HeldParameters held;
    private final ControlCounts counts;
    private final ModuleFailures failures;
    private final ControlOptions options;
    private final VmCounts vm;
    private final EventHandler notification = this::hear;
    private final ConcurrentLinkedQueue<Reload> reloads = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final FormerCode former = new FormerCode(System.err);
    private volatile ModuleThread serving;
    private volatile Handover handover;
    private LoadedModule module;
    private ModulePresets modulePresets;
    private final Complaints complaints;
    private UiPart ui;
    private PanelDoor panel;
    private SavedState state;
    private long presetDue;
    private long rounds;

    /** From which module the next one takes over, on whose account, and whether that one has closed. */
    private record Handover(LoadedModule old, Reload reload, AtomicBoolean closed) {}

    ControlRunner(final Participant participant, final ControlOptions options, final VmCounts vm) {
        this.participant = participant;
        this.options = options;
        this.complaints = new Complaints(participant);
        this.vm = vm;
        this.loads = participant.region().loads();
        this.roles = participant.section(StandardRegion.ROLES);
        this.context = new ModuleContext(participant, this::shown, this::stateChanged, this::wake);
        this.notifications =
                EventQueue.over(
                        participant.buffer(), participant.section(StandardRegion.NOTIFICATIONS));
        this.counts = new ControlCounts(participant);
        this.failures = new ModuleFailures(counts);
        final int parameters = context.parameters().size();
        this.origins =
                new ParameterOrigins(context.engine(), context.automation()::playsLane, parameters);
        context.registry().listen(origins);
        this.held = new HeldParameters(participant, parameters);
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
                        context.parameters(),
                        code.moduleClass(),
                        context.engine(),
                        context::change,
                        this::stateChanged);
        context.presets(modulePresets.session());
        state =
                new SavedState(
                        participant,
                        complaints,
                        context.presets(),
                        context.midi(),
                        context.automation(),
                        counts);
        if (!state.anyRestored()) {
            // No state is to come, so what a process before this one had is in none.
            context.midi().load(MidiMap.EMPTY);
            context.automation().load(Automation.EMPTY);
        }
        final ModuleThread first = thread(code, its -> its.module().init(context), 0);
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
                    its.module(new LoadedModule(code, failures));
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
                LockSupport.parkNanos(context.ui().pause(PERIOD_NANOS));
            }
            panel.close();
            context.ui().close();
            state.publishAtOnce(module);
            counts.publish(vm.look(), former);
            participant.role().state(RoleState.LEAVING);
            ui.close();
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
            vm.startLoad();
            ui = UiPart.ofThisProcess(participant, context, module.code(), complaints);
            panel = PanelDoor.open(context.ui(), participant);
        } finally {
            thread.setContextClassLoader(code);
        }
    }

    /** What is shown of the plug-in's own: by a UI module where there is one, else by the control module. */
    private Optional<UiModule> shown() {
        return ui.module()
                .or(
                        () ->
                                Optional.of(module.module())
                                        .filter(UiModule.class::isInstance)
                                        .map(UiModule.class::cast));
    }

    /** The module before has let go, or its time to do so is over. */
    private void beginNext() {
        final Handover from = handover;
        handover = null;
        if (!from.closed().get()) {
            failures.accept(
                    "close of the former code has not returned within " + CLOSE_NANOS / 1e9 + " s");
        }
        from.old().revoke();
        letGo(from.old().code().loader());
        counts.count("reloads");
        modulePresets.comeWith(module.code().moduleClass());
        modulePresets.tellBadOnes();
        ui.replace(module.code());
        origins.tellAll();
        state.offerTo();
        from.reload().done();
    }

    /** Nothing of the framework's refers to this code any more. */
    private void letGo(final ClassLoader code) {
        context.leave(code);
        former.add(code);
    }

    private void round() {
        // What the module has left behind would make the waits end at once.
        Thread.interrupted();
        state.take(module);
        failures.guard(context.registry()::poll);
        tellChanges();
        final Queue<Runnable> work = context.work();
        for (int left = work.size(); left > 0; left--) {
            state.publish(module);
            module.run(work.remove());
        }
        state.publish(module);
        failures.guard(this::selectDuePreset);
        state.publish(module);
        failures.guard(context.ui()::round);
        held.show(context.registry());
        state.publish(module);
        participant.role().heartbeat(System.nanoTime());
        if (rounds++ % ROUNDS_TO_LOOK == 0) {
            former.look();
        }
        counts.publish(vm.look(), former);
    }

    /** Where other code cannot take the module's place, it goes on. */
    private boolean replaced(final Reload reload) {
        final LoadedModule old = module;
        // What the next one's thread holds must not hold the code of this one.
        final FormerState before = new FormerState(context, old);
        final ModuleThread next =
                thread(
                        reload.code(),
                        its -> {
                            its.module().init(context);
                            before.giveTo(its.module());
                        },
                        CLOSE_NANOS);
        final Optional<String> problem = before.problem().or(() -> problemOf(next));
        if (problem.isPresent()) {
            dismiss(reload, next);
            before.restore();
            refuse(reload, problem.get());
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
        complaints.tell(sentence);
        reload.refuse(sentence);
    }

    /** Starts it, and tells why it does not become ready. */
    private Optional<String> problemOf(final ModuleThread next) {
        final long deadline = System.nanoTime() + (long) (options.reloadSeconds() * 1e9);
        next.start();
        try {
            while (!next.awaitReady(PERIOD_NANOS)) {
                participant.role().heartbeat(System.nanoTime());
                if (System.nanoTime() - deadline > 0) {
                    return Optional.of("it was not ready within " + options.reloadSeconds() + " s");
                }
            }
            return Optional.empty();
        } catch (final RuntimeException e) {
            return Optional.of(
                    e instanceof IllegalArgumentException || e instanceof IllegalStateException
                            ? e.getMessage()
                            : e.toString());
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
                context.automation().event(event);
            } else {
                context.midi().event(event);
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
        context.automation().poll();
        notifications.poll(notification, notifications.capacity());
        origins.tell(
                (index, value, by) -> {
                    context.presets().parameterChanged(index, value);
                    module.parameterChanged(index, value, by);
                    state.changed();
                });
    }

    private void selectDuePreset() {
        if (options.presetSeconds() == 0 || System.nanoTime() - presetDue < 0) {
            return;
        }
        presetDue += (long) (options.presetSeconds() * 1e9);
        if (context.presets().step(1).isPresent()) {
            counts.count("presets_selected");
        }
    }

    private void stateChanged() {
        state.changed();
    }
}

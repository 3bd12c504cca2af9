// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.Doorbell;
import dev.patchbay.atomics.Participant;
import dev.patchbay.atomics.RoleCell;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardRegion.Phase;
import dev.patchbay.layout.StandardRegion.Request;
import dev.patchbay.layout.StandardRegion.RoleState;
import dev.patchbay.layout.StandardRegion.SlotFlag;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Serves the bridge's requests on one thread: waits at the doorbell, renders, answers. Requests are numbered and served one
 * after the other, so a late answer is known by its number.
 */
final class Engine {
    /** A rehearsal naps as often as this, so that napping is compiled as well. */
    private static final long REHEARSAL_AWAKE_NANOS = 1_000_000;

    private static final int WARM_UP_NANOS = BlockRenderer.counter("warm_up_nanos");
    private static final int WARM_UP_BLOCKS = BlockRenderer.counter("warm_up_blocks");
    private static final int WARM_AT_NANOS = BlockRenderer.counter("warm_at_nanos");

    private final Participant participant;
    private final WarmUp warmUp;
    private final RoleCell role;
    private final AtomicBuffer buffer;
    private final Sections sections;
    private final AudioSlots slots;
    private final Counters counters;
    private EventQueue hostEvents;
    private final Doorbell requests;
    private final Doorbell answers;
    private final WaitStrategy waiting;
    private final long doneAddress;
    private final CostMeter costs;
    private final BlockTrace trace;
    private final BlockProfile profile;
    private final Loads loads;
    private final boolean rehearsing;
    private DspThread thread;
    private String failure;
    private RunningModule playing;
    private WarmUp.Setup warm;
    private int activations;
    private int done;
    private int answered;
    private volatile Relocation relocation;

    /**
     * The engine of a participant.
     *
     * @param participant whose requests to serve
     * @param warmUp that of the process
     * @param trace notes what each block costs, where that is asked for
     */
    Engine(final Participant participant, final WarmUp warmUp, final BlockTrace trace) {
        this(
                participant,
                participant.buffer(),
                participant.region().loads(),
                new Sections(participant),
                warmUp,
                trace,
                false);
    }

    /** An engine over the participant's region, or over a copy of it: for the rehearsal. */
    private Engine(
            final Participant participant,
            final AtomicBuffer buffer,
            final Loads loads,
            final Sections sections,
            final WarmUp warmUp,
            final BlockTrace trace,
            final boolean rehearsing) {
        this.participant = participant;
        this.trace = trace;
        this.warmUp = warmUp;
        this.buffer = buffer;
        this.loads = loads;
        this.sections = sections;
        this.rehearsing = rehearsing;
        this.role = new RoleCell(buffer, sections.get(StandardRegion.ROLES), Role.RT);
        this.slots = new AudioSlots(buffer, sections.get(StandardRegion.AUDIO));
        this.counters = Counters.over(buffer, sections.get(StandardRegion.RT_COUNTERS));
        this.hostEvents = EventQueue.over(buffer, sections.get(StandardRegion.HOST_EVENTS));
        this.costs = new CostMeter(counters, warmUp.begun());
        this.profile = BlockProfile.ON ? new BlockProfile(buffer, sections) : null;
        this.requests = slots.requests();
        this.answers = slots.answers();
        this.waiting =
                new WaitStrategy(
                        requests,
                        slots.addressOf(requests),
                        counters,
                        rehearsing ? REHEARSAL_AWAKE_NANOS : WaitStrategy.AWAKE_NANOS);
        this.doneAddress = slots.addressOf(answers);
        // What an earlier engine left undone is lost; numbers go on from the last request.
        this.done = requests.value();
        answers.ring(done);
        // Wakes nobody, but links the call before the first block.
        Kernel.futexWake(doneAddress);
    }

    /**
     * Serves until the bridge asks to quit.
     *
     * @param thread what the system grants the calling one; null in a rehearsal
     */
    void run(final DspThread thread) {
        this.thread = thread;
        role.state(RoleState.ATTACHED);
        serveAll();
    }

    /**
     * Answers until the bridge asks to quit, and refuses to be activated: for an engine that has thrown by itself, so that nobody
     * waits for it.
     *
     * @param why a sentence
     */
    void refuse(final String why) {
        failure = why;
        role.message(why);
        role.state(RoleState.FAILED);
        closeModule();
        serveAll();
    }

    private void serveAll() {
        boolean running = true;
        while (running) {
            waiting.await(done);
            if (BlockProfile.ON) {
                profile.spent(Phase.WAITING);
            }
            running = serve(done + 1);
        }
    }

    /** Serves a request; false where it was the last. */
    private boolean serve(final int request) {
        boolean running = true;
        answered = request;
        final int kind = slots.kind(request);
        if (kind == Request.PROCESS) {
            process(request);
        } else {
            running = command(request, kind);
        }
        done = answered;
        // Whoever sees this number sees the slot's samples: the store is sequentially consistent.
        if (answers.ring(answered)) {
            Kernel.futexWake(doneAddress);
        }
        trace.store();
        if (BlockProfile.ON) {
            if (kind == Request.PROCESS) {
                profile.blockEnded();
            } else {
                profile.restart();
            }
        }
        return running;
    }

    /**
     * Serves all that is no block; false for the last request. A method of its own: the compiler leaves out what it has not yet
     * seen taken, and the first QUIT would otherwise undo the compiled code of all that a block needs.
     */
    @RealTimeExempt(
            reason = "No block is rendered meanwhile: the host activates, deactivates or ends.")
    private boolean command(final int request, final int kind) {
        if (kind == Request.MOVE) {
            move();
            return true;
        }
        if (thread != null) {
            thread.leaveBlocks();
        }
        switch (kind) {
            case Request.ACTIVATE -> activate(request);
            case Request.DEACTIVATE -> {
                if (playing != null) {
                    playing.deactivate();
                }
                slots.answer(request, 0);
            }
            case Request.QUIT -> {
                costs.close();
                closeModule();
                slots.answer(request, 0);
                role.state(RoleState.LEAVING);
                return false;
            }
            default -> slots.answer(request, 1);
        }
        return true;
    }

    private void process(final int request) {
        if (playing == null || !playing.active()) {
            discardEvents(request);
            slots.answer(request, 1);
            return;
        }
        try {
            trace.blockStarts();
            final long nanos = playing.render(request);
            trace.blockEnds(slots.frames(request));
            slots.answer(request, 0, playing.tailFrames(), playing.latencyFrames(), nanos);
            costs.blockEnded();
        } catch (final Throwable e) {
            moduleThrew(request, e);
        }
    }

    /** The contract forbids it, and memory is not freed here: the module is not asked again. */
    @RealTimeExempt(reason = "The module has thrown: there is no sound to be kept.")
    private void moduleThrew(final int request, final Throwable e) {
        playing.giveUp();
        refuse(request, "The module threw while it rendered: " + e, e);
    }

    private void activate(final int request) {
        if (failure != null) {
            slots.answer(request, 1);
            return;
        }
        if (playing != null) {
            playing.deactivate();
        }
        discardEvents(request);
        try {
            final double sampleRate = slots.sampleRate(request);
            final int maxFrames = slots.frames(request);
            checkSetup(sampleRate, maxFrames);
            final long start = System.nanoTime();
            int warmUpBlocks = 0;
            if (playing != null && !mayKeep(sampleRate, maxFrames)) {
                closeModule();
            }
            final WarmUp.Setup setup = new WarmUp.Setup(sampleRate, maxFrames);
            if ((slots.flags(request) & SlotFlag.OFFLINE) == 0 && !setup.equals(warm)) {
                // The region had another engine before this one: that has died, and the sound with
                // it.
                final boolean missed = participant.generation() > 1;
                warmUpBlocks = warmUp.hold(setup, missed, further -> rehearse(setup, further));
                warm = setup;
            }
            if (playing == null) {
                playing =
                        new RunningModule(
                                participant.newModule(RtModule.class),
                                buffer,
                                loads,
                                sections,
                                slots,
                                sampleRate,
                                maxFrames,
                                profile);
            }
            playing.activate();
            if (rehearsing) {
                Kernel.rehearse();
                playing.rehearse();
            }
            if (thread != null) {
                thread.enterBlocks();
            }
            slots.answer(request, 0, playing.tailFrames(), playing.latencyFrames(), 0);
            role.message("");
            role.state(RoleState.READY);
            if (warmUpBlocks > 0) {
                warmUp.settle();
            }
            startMeasuring(start, warmUpBlocks);
        } catch (final Throwable e) {
            closeModule();
            final String why = e.getMessage() == null ? e.toString() : e.getMessage();
            refuse(
                    request,
                    e instanceof IllegalArgumentException
                            ? why
                            : participant.moduleClass() + " could not be activated: it threw " + e,
                    e);
        }
    }

    /**
     * Where to go when the bridge asks for it. By the process's main thread.
     *
     * @param to where, or null to stay
     */
    void prepareMove(final Relocation to) {
        relocation = to;
    }

    /**
     * Goes on in another region, whose former engine has let go of it. The bridge may have asked for the next block there already:
     * it is the one after the last that was answered there.
     */
    private void move() {
        final Relocation to = relocation;
        if (to == null || playing == null || !playing.active()) {
            throw new IllegalStateException(
                    "The bridge asked the instance to move, but "
                            + (to == null ? "has not said where." : "its module does not play."));
        }
        final long ready = counters.getAcquire(CostMeter.READY);
        final long warmNanos = counters.getAcquire(WARM_UP_NANOS);
        final long warmBlocks = counters.getAcquire(WARM_UP_BLOCKS);
        final long warmAt = counters.getAcquire(WARM_AT_NANOS);
        playing.move(to, buffer);
        hostEvents = EventQueue.over(buffer, sections.get(StandardRegion.HOST_EVENTS));
        answered = answers.value();
        counters.setRelease(CostMeter.READY, ready);
        counters.setRelease(WARM_UP_NANOS, warmNanos);
        counters.setRelease(WARM_UP_BLOCKS, warmBlocks);
        counters.setRelease(WARM_AT_NANOS, warmAt);
        to.identify(role);
        role.state(RoleState.READY);
        if (thread != null) {
            thread.moved();
        }
        costs.moved();
    }

    /** A rehearsal needs both: what a module does first, and what it does after a reset. */
    private boolean mayKeep(final double sampleRate, final int maxFrames) {
        return playing.fits(sampleRate, maxFrames) && !(rehearsing && activations++ % 2 == 0);
    }

    /** Events that were sent before this request were meant for a module that does not play any more. */
    private void discardEvents(final int request) {
        final long end = slots.eventsEnd(request);
        if (end - hostEvents.head() > 0) {
            hostEvents.advance(end);
        }
    }

    private void checkSetup(final double sampleRate, final int maxFrames) {
        if (!(sampleRate > 0 && Double.isFinite(sampleRate))
                || maxFrames < 1
                || maxFrames > slots.maxFrames()) {
            throw new IllegalArgumentException(
                    "The bridge asked for "
                            + sampleRate
                            + " Hz and blocks of "
                            + maxFrames
                            + " frames, expected a rate above 0 and 1 to "
                            + slots.maxFrames()
                            + " frames.");
        }
    }

    private void refuse(final int request, final String message, final Throwable cause) {
        System.err.println("patchbay rt: " + message);
        cause.printStackTrace();
        role.message(message);
        role.state(RoleState.FAILED);
        slots.answer(request, 1);
    }

    private void closeModule() {
        if (playing != null) {
            playing.close();
            playing = null;
        }
    }

    /**
     * Serves a rehearsal on this thread, over a copy of the region, with modules that will not be heard.
     *
     * @return the number of blocks rendered
     */
    private int rehearse(final WarmUp.Setup setup, final boolean further)
            throws InterruptedException {
        final AtomicBuffer copy = Region.copy(buffer);
        final Rehearsal rehearsal =
                new Rehearsal(copy, sections, setup.sampleRate(), setup.maxFrames(), further);
        final Engine stand =
                new Engine(participant, copy, Loads.over(copy), sections, warmUp, trace, true);
        warmUp.watch(stand::beat);
        rehearsal.start();
        stand.run(null);
        return rehearsal.finish();
    }

    private void startMeasuring(final long start, final int warmUpBlocks) {
        costs.start();
        trace.restart();
        counters.setRelease(WARM_UP_NANOS, System.nanoTime() - start);
        counters.setRelease(WARM_UP_BLOCKS, warmUpBlocks);
        counters.setRelease(WARM_AT_NANOS, System.nanoTime());
    }

    /** Makes the calling thread the one that renders. Before {@link #run}. */
    DspThread enter(final EngineLog log) {
        return DspThread.enter(buffer, sections, log);
    }

    /** How long it is since its thread last woke up, if it does not sleep. Any thread. */
    long awakeNanos() {
        return System.nanoTime() - waiting.sleptAt();
    }

    /** Shows that this process lives, and what its engine costs. By the monitor, now and then. */
    void beat(final long nanos) {
        role.heartbeat(nanos);
        costs.publish();
    }
}

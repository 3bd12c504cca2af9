// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.Doorbell;
import dev.patchbay.atomics.MeterWriter;
import dev.patchbay.atomics.Participant;
import dev.patchbay.atomics.RoleCell;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardRegion.Request;
import dev.patchbay.layout.StandardRegion.RoleState;
import dev.patchbay.layout.StandardRegion.SlotFlag;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Serves the bridge's requests on one thread: waits at the doorbell, renders, answers. Requests are numbered and served one
 * after the other, so a late answer is known by its number.
 */
final class Engine {
    /** How long to look for the next request before sleeping: the bridge of an offline render asks at once. */
    private static final long SPIN_NANOS = 30_000;

    /** How often to look between two looks at the clock. */
    private static final int SPINS = 64;

    private static final int WARM_UP_NANOS = BlockRenderer.counter("warm_up_nanos");
    private static final int WARM_UP_BLOCKS = BlockRenderer.counter("warm_up_blocks");
    private static final int WARM_AT_NANOS = BlockRenderer.counter("warm_at_nanos");

    private final Participant participant;
    private final RoleCell role;
    private final AtomicBuffer buffer;
    private final Sections sections;
    private final AudioSlots slots;
    private final Counters counters;
    private final EventQueue hostEvents;
    private final Doorbell requests;
    private final Doorbell answers;
    private final long requestAddress;
    private final long doneAddress;
    private final CostMeter costs;
    private final BlockTrace trace;
    private BlockRenderer renderer;
    private RtModule module;
    private int done;

    /** The engine of a participant, for the calling thread. */
    Engine(final Participant participant, final BlockTrace trace) {
        this(participant, participant.buffer(), new Sections(participant), trace);
    }

    /** An engine over a copy of the participant's region: for the rehearsal. */
    private Engine(
            final Participant participant,
            final AtomicBuffer buffer,
            final Sections sections,
            final BlockTrace trace) {
        this.participant = participant;
        this.trace = trace;
        this.buffer = buffer;
        this.sections = sections;
        this.role = new RoleCell(buffer, sections.get(StandardRegion.ROLES), Role.RT);
        this.slots = new AudioSlots(buffer, sections.get(StandardRegion.AUDIO));
        this.counters = Counters.over(buffer, sections.get(StandardRegion.RT_COUNTERS));
        this.hostEvents = EventQueue.over(buffer, sections.get(StandardRegion.HOST_EVENTS));
        this.costs = new CostMeter(counters);
        this.requests = slots.requests();
        this.answers = slots.answers();
        this.requestAddress = slots.addressOf(requests);
        this.doneAddress = slots.addressOf(answers);
        // What an earlier engine left undone is lost; numbers go on from the last request.
        this.done = requests.value();
        answers.ring(done);
    }

    /** Serves until the bridge asks to quit. */
    void run() {
        role.state(RoleState.ATTACHED);
        boolean running = true;
        while (running) {
            awaitRequest();
            running = serve(done + 1);
        }
    }

    /** Returns when there is a request that has not been answered. */
    private void awaitRequest() {
        final long start = System.nanoTime();
        do {
            for (int i = 0; i < SPINS; i++) {
                if (requests.value() != done) {
                    return;
                }
                Thread.onSpinWait();
            }
        } while (System.nanoTime() - start < SPIN_NANOS);
        while (requests.value() == done) {
            if (requests.mayWait(done)) {
                Kernel.futexWait(requestAddress, done);
            }
            requests.awake();
        }
    }

    /** Serves a request; false where it was the last. */
    private boolean serve(final int request) {
        boolean running = true;
        final int kind = slots.kind(request);
        if (kind == Request.PROCESS) {
            process(request);
        } else {
            running = command(request, kind);
        }
        done = request;
        // Whoever sees this number sees the slot's samples: the store is sequentially consistent.
        if (answers.ring(request)) {
            Kernel.futexWake(doneAddress);
        }
        trace.store();
        return running;
    }

    /**
     * Serves all that is no block; false for the last request. A method of its own: the compiler leaves out what it has not yet
     * seen taken, and the first QUIT would otherwise undo the compiled code of all that a block needs.
     */
    private boolean command(final int request, final int kind) {
        switch (kind) {
            case Request.ACTIVATE -> activate(request);
            case Request.DEACTIVATE -> {
                closeModule();
                slots.answer(request, 0, 0, 0);
            }
            case Request.QUIT -> {
                costs.publish();
                closeModule();
                slots.answer(request, 0, 0, 0);
                role.state(RoleState.LEAVING);
                return false;
            }
            default -> slots.answer(request, 1, 0, 0);
        }
        return true;
    }

    private void process(final int request) {
        if (renderer == null) {
            discardEvents(request);
            slots.answer(request, 1, 0, 0);
            return;
        }
        try {
            trace.blockStarts();
            final long nanos = renderer.render(request);
            trace.blockEnds(slots.frames(request));
            slots.answer(request, 0, module.tailFrames(), nanos);
            costs.blockEnded();
        } catch (final Throwable e) {
            // The contract forbids it, and memory is not freed here: the module is not asked again.
            renderer = null;
            refuse(request, "The module threw while it rendered: " + e, e);
        }
    }

    private void activate(final int request) {
        closeModule();
        discardEvents(request);
        try {
            final double sampleRate = slots.sampleRate(request);
            final int maxFrames = slots.frames(request);
            checkSetup(sampleRate, maxFrames);
            final long start = System.nanoTime();
            int warmUpBlocks = 0;
            if ((slots.flags(request) & SlotFlag.OFFLINE) == 0) {
                warmUpBlocks = rehearse(sampleRate, maxFrames);
            }
            module = participant.newModule(RtModule.class);
            final MeterWriter voiceLevels =
                    MeterWriter.over(buffer, sections.get(StandardRegion.VOICE_LEVELS), sampleRate);
            module.init(
                    new ModuleContext(buffer, sections, slots, voiceLevels, sampleRate, maxFrames));
            renderer =
                    new BlockRenderer(
                            buffer, sections, slots, module, voiceLevels, sampleRate, maxFrames);
            slots.answer(request, 0, module.tailFrames(), 0);
            role.message("");
            role.state(RoleState.READY);
            startMeasuring(start, warmUpBlocks);
        } catch (final Throwable e) {
            renderer = null;
            final String why = e.getMessage() == null ? e.toString() : e.getMessage();
            refuse(
                    request,
                    e instanceof IllegalArgumentException
                            ? why
                            : "init of " + participant.moduleClass() + " threw " + e,
                    e);
        }
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
        slots.answer(request, 1, 0, 0);
    }

    private void closeModule() {
        renderer = null;
        if (module != null) {
            final RtModule closing = module;
            module = null;
            try {
                closing.close();
            } catch (final RuntimeException e) {
                System.err.println(
                        "patchbay rt: close of " + participant.moduleClass() + " threw " + e);
            }
        }
    }

    /**
     * Serves a rehearsal on this thread, over a copy of the region, with modules that will not be heard.
     *
     * @return the number of blocks rendered
     */
    private int rehearse(final double sampleRate, final int maxFrames) throws InterruptedException {
        final AtomicBuffer copy = Region.copy(buffer);
        final Rehearsal rehearsal = new Rehearsal(copy, sections, sampleRate, maxFrames);
        final Engine stand = new Engine(participant, copy, sections, trace);
        rehearsal.start(stand::beat);
        stand.run();
        return rehearsal.finish();
    }

    private void startMeasuring(final long start, final int warmUpBlocks) {
        costs.start();
        trace.restart();
        counters.setRelease(WARM_UP_NANOS, System.nanoTime() - start);
        counters.setRelease(WARM_UP_BLOCKS, warmUpBlocks);
        counters.setRelease(WARM_AT_NANOS, System.nanoTime());
    }

    /** Shows that this process lives, and what its engine costs. By the monitor, now and then. */
    void beat() {
        role.heartbeat(System.nanoTime());
        costs.publish();
    }
}

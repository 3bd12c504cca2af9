// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.Doorbell;
import dev.patchbay.atomics.ParameterChangesWriter;
import dev.patchbay.eventqueue.EventEncoder;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.eventqueue.SysexWriter;
import dev.patchbay.layout.NoteExpression;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardRegion.Request;
import dev.patchbay.layout.StandardRegion.SlotFlag;
import dev.patchbay.layout.TransportChange;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Plays the bridge to an engine over a copy of the region, so that the compiler does its work before sound depends on it: fresh
 * modules, every kind of event, bulk changes, odd block sizes, extreme parameters, full and empty queues, what must be refused,
 * requests that come at once and requests that find the engine asleep, until acts of every kind have led to no compilation. Between
 * two acts it waits until the compilers have done what they were given. Neither the region nor the module that will be heard
 * is touched.
 */
final class Rehearsal {
    /** So many acts in a row that led to no compilation count as done: one of them is of tiny blocks. */
    private static final int CALM_ACTS = 4;

    /** However long the compiler goes on, once there were enough acts. */
    static final long LIMIT_NANOS = 5_000_000_000L;

    /** However few acts there were: a host waits for the engine, and on a loaded machine an act takes long. */
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    /** Modules start afresh this often at least: what they do first must be compiled as well, and what they do once a block. */
    private static final int LEAST_ACTS = 12;

    /**
     * As often where this process has held a rehearsal before: what it plays is compiled, and each act costs the memory of a module,
     * which Epsilon does not give back. If something is compiled all the same, the acts go on.
     */
    private static final int LEAST_FURTHER_ACTS = 2;

    private static final int BLOCKS_PER_ACT = 400;

    /**
     * One act in four is of this many tiny blocks. What runs once a block must run often enough for the last tier of the
     * compiler (5000 calls): the request of such a compilation resolves the string constants of the method's class on the
     * calling thread, which allocates them.
     */
    private static final int TINY_BLOCKS = 6_000;

    private static final int TINY_EVERY = 4;

    private static final int TINY_FRAMES = 8;

    private static final int TINY_EVENTS = 4;

    /** One tiny block in so many finds its queues full. */
    private static final int FULL_EVERY = 3_000;

    /** The longest message, in bytes. */
    private static final int MESSAGE = 256;

    /** Long enough for a sleep that counts for nothing. */
    private static final long LONG_PAUSE_NANOS = 2 * SpinPolicy.SHORT_NANOS;

    private static final int[] SIZES = {1, 3, 16, 32, 64, 100, 128, 256, 441, 512, 1024};
    private static final int USUAL_SIZE = 256;
    private static final long SEED = 20_26;

    private final AtomicBuffer copy;
    private final Sections sections;
    private final AudioSlots slots;
    private final EventQueue events;
    private final EventEncoder encoder;
    private final SysexWriter messages;
    private final DirectBuffer message = new UnsafeBuffer(new byte[MESSAGE]);
    private final EventQueue controlEvents;
    private final EventQueue rtEvents;
    private final ParameterChangesWriter fromHost;
    private final ParameterChangesWriter fromControl;
    private final Doorbell requests;
    private final Doorbell answers;
    private final long requestAddress;
    private final long doneAddress;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final double sampleRate;
    private final int maxFrames;
    private final int parameterCount;
    private Thread thread;
    private final boolean further;
    private final RehearsalExtremes extremes;
    private final RehearsalMidi midi;
    private final RehearsalNotes notes = new RehearsalNotes(random);
    private final RehearsalAutomation automation;
    private int request;
    private int blocks;

    Rehearsal(
            final AtomicBuffer copy,
            final Sections sections,
            final double sampleRate,
            final int maxFrames,
            final boolean further) {
        this.copy = copy;
        this.sections = sections;
        this.further = further;
        this.sampleRate = sampleRate;
        this.maxFrames = maxFrames;
        this.parameterCount = sections.parameters().size();
        this.slots = new AudioSlots(copy, sections.get(StandardRegion.AUDIO));
        this.events = EventQueue.over(copy, sections.get(StandardRegion.HOST_EVENTS));
        this.encoder = new EventEncoder(events.buffer());
        this.messages =
                SysexWriter.over(copy, events, sections.get(StandardRegion.HOST_EVENT_DATA));
        this.controlEvents = EventQueue.over(copy, sections.get(StandardRegion.CONTROL_EVENTS));
        this.rtEvents = EventQueue.over(copy, sections.get(StandardRegion.RT_EVENTS));
        this.fromHost =
                new ParameterChangesWriter(copy, sections.get(StandardRegion.PARAMETERS_FROM_HOST));
        this.fromControl =
                new ParameterChangesWriter(
                        copy, sections.get(StandardRegion.PARAMETERS_FROM_CONTROL));
        this.extremes = new RehearsalExtremes(events, controlEvents, slots, parameterCount, random);
        this.midi = new RehearsalMidi(copy, sections, parameterCount, random);
        this.automation = new RehearsalAutomation(copy, sections, sampleRate, random);
        this.requests = slots.requests();
        this.answers = slots.answers();
        this.requestAddress = slots.addressOf(requests);
        this.doneAddress = slots.addressOf(answers);
        this.request = requests.value();
        answers.awake();
        // Events that the host has already sent are in the copy too; here they are nobody's.
        events.advance(events.tail());
        controlEvents.advance(controlEvents.tail());
    }

    /** Starts to ask. */
    void start() {
        thread = new Thread(this::play, "patchbay rehearsal");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for the end; the answer is the number of blocks asked for. */
    int finish() throws InterruptedException {
        thread.join();
        return blocks;
    }

    private void play() {
        try (Compilers compilers = new Compilers()) {
            acts(compilers);
        } catch (final RuntimeException e) {
            // The engine plays all the same, and its counters tell how warm it is.
            System.err.println("patchbay rt: the rehearsal ended early: " + e);
        } finally {
            ask(Request.QUIT, 0, 0);
        }
    }

    private void acts(final Compilers compilers) {
        final ConditionsRehearsal conditions = new ConditionsRehearsal(copy, sections);
        final long start = System.nanoTime();
        final long end = start + PATIENCE_NANOS;
        boolean willing = true;
        int calm = 0;
        for (int act = 0; willing && goesOn(act, calm, System.nanoTime() - start); act++) {
            final long before = compilers.compiled();
            willing = act(act, end);
            conditions.act();
            // The engine sleeps meanwhile, so the compilers have a processor on a loaded machine.
            final boolean idle = compilers.awaitIdle(end);
            calm = idle && compilers.compiled() == before ? calm + 1 : 0;
        }
    }

    /** Plays a module from its making to its end, or from its activation on; false where it refuses. */
    private boolean act(final int act, final long end) {
        // Offline: an engine that rehearses does not hold a rehearsal of its own.
        ask(Request.ACTIVATE, maxFrames, SlotFlag.OFFLINE);
        // A module that refuses here will refuse again where it is heard; once is enough.
        final boolean willing = slots.status(request) == 0;
        notes.move();
        final boolean tiny = act % TINY_EVERY == TINY_EVERY - 1;
        final int count = tiny ? TINY_BLOCKS : BLOCKS_PER_ACT;
        for (int i = 0; willing && i < count && System.nanoTime() - end < 0; i++) {
            if (tiny) {
                tinyBlock();
            } else {
                block(act);
            }
        }
        ask(Request.DEACTIVATE, 0, 0);
        return willing;
    }

    private boolean goesOn(final int act, final int calm, final long played) {
        return act < (further ? LEAST_FURTHER_ACTS : LEAST_ACTS)
                ? played < PATIENCE_NANOS
                : played < LIMIT_NANOS && calm < (further ? LEAST_FURTHER_ACTS : CALM_ACTS);
    }

    /** An act is played as hosts play: some gently, some with changes in every block. */
    private void block(final int act) {
        final boolean storm = act % 2 == 1;
        final int size =
                storm && random.nextBoolean() ? SIZES[random.nextInt(SIZES.length)] : USUAL_SIZE;
        final int frames =
                switch (random.nextInt(128)) {
                    case 0 -> maxFrames;
                    case 1 -> random.nextInt(maxFrames + 1);
                    default -> Math.min(maxFrames, size);
                };
        final int count = random.nextInt(storm ? 2 : 8) == 0 ? random.nextInt(12) : 0;
        int at = 0;
        for (int i = 0; i < count; i++) {
            at = Math.min(Math.max(0, frames - 1), at + random.nextInt(1 + frames / 4));
            event(events, storm, at);
        }
        if (storm) {
            switch (random.nextInt(64)) {
                case 0 -> extremes.fillQueues(frames);
                case 1, 2 -> extremes.nonsense(frames);
                case 3, 4, 5, 6, 7, 8 -> extremes.sweep(frames);
                default -> {
                    // Most blocks of most hosts have none of these.
                }
            }
        }
        extremes.inputs(request + 1, frames);
        if (random.nextInt(16) == 0) {
            bulk(random.nextBoolean() ? fromHost : fromControl);
        }
        if (random.nextInt(32) == 0) {
            event(controlEvents, storm, 0);
        }
        int flags = storm && random.nextInt(32) == 0 ? SlotFlag.ALL_NOTES_OFF : 0;
        flags |= random.nextInt(64) == 0 ? SlotFlag.OFFLINE : 0;
        if (random.nextInt(4) == 0) {
            LockSupport.parkNanos(random.nextInt(8) == 0 ? LONG_PAUSE_NANOS : 60_000);
        }
        ask(Request.PROCESS, frames, flags);
    }

    /** A block that costs little but what each block and each event costs. */
    private void tinyBlock() {
        final int frames = Math.min(maxFrames, random.nextInt(TINY_FRAMES + 1));
        final boolean full = random.nextInt(FULL_EVERY) == 0;
        final int count = full ? events.capacity() + 1 : random.nextInt(TINY_EVENTS);
        for (int i = 0; i < count; i++) {
            event(events, true, Math.min(i, Math.max(0, frames - 1)));
        }
        for (int i = random.nextInt(2) * (full ? controlEvents.capacity() + 1 : 1); i > 0; i--) {
            event(controlEvents, true, 0);
        }
        if (random.nextInt(8) == 0) {
            bulk(random.nextBoolean() ? fromHost : fromControl);
        }
        // As often as the compiler wants it: a dump of a synth's sounds is thousands of messages.
        if (random.nextInt(2) == 0) {
            message(0);
        }
        extremes.inputs(request + 1, frames);
        ask(Request.PROCESS, frames, random.nextInt(16) == 0 ? SlotFlag.ALL_NOTES_OFF : 0);
    }

    private void ask(final int kind, final int frames, final int flags) {
        final int before = request++;
        if (kind == Request.PROCESS) {
            blocks++;
            midi.between();
            // A lane's functions are called a few times a block, and must reach the last tier, too.
            automation.between(frames, frames <= TINY_FRAMES);
        }
        slots.ask(request, kind, frames, flags, sampleRate, events.tail());
        if (requests.ring(request)) {
            Kernel.futexWake(requestAddress);
        }
        while (answers.value() != request) {
            // Asleep or not, the engine must have seen both.
            if ((request & 1) == 0 && answers.mayWait(before)) {
                Kernel.futexWait(doneAddress, before);
            }
            answers.awake();
            Thread.onSpinWait();
        }
        // As the bridge does, that the module does not always find the queue full.
        rtEvents.advance(rtEvents.tail());
    }

    private void bulk(final ParameterChangesWriter writer) {
        for (int i = 0; i < parameterCount; i++) {
            if (random.nextInt(4) != 0) {
                writer.set(i, (float) extreme());
            }
        }
        writer.publish();
    }

    private void event(final EventQueue queue, final boolean storm, final int at) {
        final int channel = notes.channel();
        final int key = notes.key();
        final int id = notes.id();
        switch (random.nextInt(storm ? 20 : 9)) {
            case 0, 1, 2, 3 ->
                    queue.offer(
                            EventType.NOTE_ON,
                            at,
                            channel,
                            id,
                            key,
                            // A velocity of 0 is a release in MIDI.
                            Math.max(0, random.nextDouble(-0.1, 1)),
                            0);
            case 4, 5, 6 ->
                    queue.offer(EventType.NOTE_OFF, at, channel, id, key, random.nextDouble(), 0);
            case 7 ->
                    queue.offer(
                            EventType.PITCH_BEND, at, channel, -1, 0, random.nextDouble(-1, 1), 0);
            case 8 ->
                    queue.offer(
                            EventType.CONTROLLER,
                            at,
                            channel,
                            -1,
                            controller(),
                            random.nextInt(2) * random.nextDouble(),
                            0);
            case 9 ->
                    queue.offer(
                            1 + random.nextInt(EventType.TRANSPORT + 1),
                            at,
                            channel,
                            id,
                            key,
                            0.5,
                            0);
            case 10 -> message(at);
            case 11, 12 -> {
                final int slot = events.tryClaim();
                if (slot != EventQueue.FULL) {
                    encoder.moveTo(slot);
                    expressionOrTransport(at, channel, id);
                    events.commit(slot);
                }
            }
            case 16 ->
                    // What is no event, or is out of its range.
                    queue.offer(
                            random.nextInt(40),
                            at,
                            random.nextInt(20),
                            -1,
                            random.nextInt(-1, 300),
                            random.nextBoolean() ? Double.NaN : 1e9,
                            0);
            case 17 -> queue.offer(EventType.NOTE_CHOKE, at, channel, id, key, 0, 0);
            case 18 ->
                    queue.offer(
                            EventType.POLY_PRESSURE, at, channel, id, key, random.nextDouble(), 0);
            default -> {
                if (parameterCount > 0) {
                    queue.offer(
                            EventType.PARAMETER,
                            at,
                            0,
                            -1,
                            random.nextInt(parameterCount),
                            extreme(),
                            0);
                }
            }
        }
    }

    private void message(final int at) {
        messages.offer(at, message, 0, 1 + random.nextInt(MESSAGE));
    }

    private void expressionOrTransport(final int at, final int channel, final int id) {
        if (random.nextBoolean()) {
            final int expression = random.nextInt(NoteExpression.CUSTOM + 1);
            encoder.noteExpression(at, channel, id, expression, random.nextDouble(), 0);
        } else {
            final int change = random.nextInt(TransportChange.TEMPO + 1);
            encoder.transport(at, change, random.nextDouble(30, 300), random.nextDouble(1000));
        }
    }

    private int controller() {
        return switch (random.nextInt(8)) {
            case 0 -> 64;
            case 1 -> 1;
            case 2 -> 7;
            case 5, 6 -> midi.controller();
            // The channel mode messages: all sound off, reset of all controllers, all notes off …
            case 3, 4 -> 120 + random.nextInt(8);
            default -> random.nextInt(128);
        };
    }

    private double extreme() {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> 1;
            default -> random.nextDouble();
        };
    }
}

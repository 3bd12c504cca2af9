// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.Doorbell;
import dev.patchbay.atomics.ParameterChangesWriter;
import dev.patchbay.atomics.RoleCell;
import dev.patchbay.atomics.Snapshot;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.SysexWriter;
import dev.patchbay.eventqueue.midi.MidiMapWriter;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardRegion.Request;
import dev.patchbay.layout.StandardRegion.RoleState;
import dev.patchbay.layout.StandardRegion.SlotFlag;
import dev.patchbay.layout.StandardStructs;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.AtomicBuffer;

/**
 * The bridge's side of a region, in Java: asks an engine for blocks as a host's plug-in does, at the same doorbells. For tests and
 * tools that need an engine and no host. One request at a time; all methods on one thread.
 */
public final class BridgeSide {
    /** How often to look for an answer before sleeping. */
    private static final int SPINS = 2_000;

    /** How long to sleep before looking whether the engine lives. */
    private static final int WAIT_NANOS = 100_000_000;

    private static final long POLL_NANOS = 1_000_000;

    private final Region region;
    private final AudioSlots slots;
    private final EventQueue hostEvents;
    private final EventQueue controlEvents;
    private final EventQueue rtEvents;
    private final SysexWriter messages;
    private final ParameterChangesWriter fromHost;
    private final ParameterChangesWriter fromControl;
    private final MidiMapWriter midiMap;
    private final EventQueue notifications;
    private final Snapshot transport;
    private final Doorbell requests;
    private final Doorbell answers;
    private final BooleanSupplier engineLives;
    private double sampleRate;
    private int request;

    /**
     * The bridge's side of a region whose engine has not been asked for anything yet.
     *
     * @param region stays open as long as this is used
     * @param engineLives tells whether there is still somebody who can answer
     */
    public BridgeSide(final Region region, final BooleanSupplier engineLives) {
        this.region = region;
        this.engineLives = engineLives;
        final AtomicBuffer buffer = region.buffer();
        this.slots = new AudioSlots(buffer, section(StandardRegion.AUDIO));
        this.hostEvents = EventQueue.over(buffer, section(StandardRegion.HOST_EVENTS));
        this.messages =
                SysexWriter.over(buffer, hostEvents, section(StandardRegion.HOST_EVENT_DATA));
        this.controlEvents = EventQueue.over(buffer, section(StandardRegion.CONTROL_EVENTS));
        this.rtEvents = EventQueue.over(buffer, section(StandardRegion.RT_EVENTS));
        this.fromHost =
                new ParameterChangesWriter(buffer, section(StandardRegion.PARAMETERS_FROM_HOST));
        this.fromControl =
                new ParameterChangesWriter(buffer, section(StandardRegion.PARAMETERS_FROM_CONTROL));
        this.midiMap = new MidiMapWriter(buffer, section(StandardRegion.MIDI_MAP));
        this.notifications = EventQueue.over(buffer, section(StandardRegion.NOTIFICATIONS));
        this.transport = Snapshot.over(buffer, section(StandardRegion.TRANSPORT));
        this.requests = slots.requests();
        this.answers = slots.answers();
        this.request = requests.value();
    }

    /**
     * Waits until an engine has come: what was asked before that is lost.
     *
     * @throws IllegalStateException if its process ends instead
     */
    public void awaitEngine() {
        final int state =
                section(StandardRegion.ROLES).elementOffset(Role.RT.code())
                        + StandardStructs.ROLE.offset("state");
        while (region.loads().int32(state) < RoleState.ATTACHED) {
            if (!engineLives.getAsBoolean()) {
                throw new IllegalStateException("The engine's process has ended.");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /**
     * Starts a module with a rehearsal, as for playing in real time, and waits until it is ready.
     *
     * @param rate in Hz
     * @param maxFrames the most frames of a block
     * @return whether the rehearsal went on until nothing was compiled any more; on a loaded machine a limit may end it before, and
     *     another activation goes on with it
     * @throws IllegalStateException with the module's words, if it refuses
     */
    public boolean activate(final double rate, final int maxFrames) {
        sampleRate(rate);
        if (ask(Request.ACTIVATE, maxFrames, 0) != 0) {
            throw new IllegalStateException("The module cannot be started: " + message());
        }
        return Counters.over(region.buffer(), section(StandardRegion.RT_COUNTERS))
                        .getAcquire(BlockRenderer.counter("warm_up_nanos"))
                < Rehearsal.LIMIT_NANOS;
    }

    /**
     * Asks for a block and waits for it. Events that were offered before belong to it.
     *
     * @param frames 0 to the most of a block
     * @param offline whether the module is told that the host renders offline
     * @param allNotesOff whether all notes are ended first, as after lost events
     * @throws IllegalStateException with the engine's words, if the module threw
     */
    public void process(final int frames, final boolean offline, final boolean allNotesOff) {
        final int flags =
                (offline ? SlotFlag.OFFLINE : 0) | (allNotesOff ? SlotFlag.ALL_NOTES_OFF : 0);
        if (ask(Request.PROCESS, frames, flags) != 0) {
            throw new IllegalStateException("The engine refused a block: " + message());
        }
    }

    /**
     * Lets the module rest; an activation of the same rate finds it again.
     *
     * @throws IllegalStateException with the engine's words, if it refuses
     */
    public void deactivate() {
        if (ask(Request.DEACTIVATE, 0, 0) != 0) {
            throw new IllegalStateException("The engine refused to deactivate: " + message());
        }
    }

    /** Tells the engine to end, and waits for its answer. */
    public void quit() {
        ask(Request.QUIT, 0, 0);
    }

    /** Asks with numbers of {@link Request} and {@link SlotFlag} and waits; the answer is the status. */
    int ask(final int kind, final int frames, final int flags) {
        final int before = request;
        send(kind, frames, flags);
        await(before);
        return slots.status(request);
    }

    /** Asks, and does not wait: at most two requests may be unanswered. */
    void send(final int kind, final int frames, final int flags) {
        request++;
        slots.ask(request, kind, frames, flags, sampleRate, hostEvents.tail());
        if (requests.ring(request)) {
            Kernel.futexWake(slots.addressOf(requests));
        }
    }

    /** How many requests are not answered yet. */
    int unanswered() {
        return request - answers.value();
    }

    /** The number of the last request, which is that of its slot modulo 2. */
    int request() {
        return request;
    }

    /** The rate that is asked for from now on, in Hz. */
    void sampleRate(final double hz) {
        sampleRate = hz;
    }

    private void await(final int before) {
        for (int i = 0; answers.value() != request; i++) {
            if (i < SPINS) {
                Thread.onSpinWait();
                continue;
            }
            if (!engineLives.getAsBoolean() && answers.value() != request) {
                throw new IllegalStateException("The engine's process has ended.");
            }
            if (answers.mayWait(before)) {
                Kernel.futexWait(slots.addressOf(answers), before, WAIT_NANOS);
            }
            answers.awake();
        }
    }

    /** The most frames of a block that the region has room for. */
    public int maxFrames() {
        return slots.maxFrames();
    }

    /** The number of input channels. */
    public int inputChannels() {
        return slots.inputChannels();
    }

    /** The number of output channels. */
    public int outputChannels() {
        return slots.outputChannels();
    }

    /** Writes samples of the next block's input. */
    public void input(final int channel, final float[] samples, final int frames) {
        slots.writeInput(request + 1, channel, samples, frames);
    }

    /** Reads samples of the last block's output. */
    public void output(final int channel, final float[] samples, final int frames) {
        slots.readOutput(request, channel, samples, frames);
    }

    /** The host's events; the caller is the producer. */
    public EventQueue hostEvents() {
        return hostEvents;
    }

    /** The host's messages. */
    public SysexWriter messages() {
        return messages;
    }

    /** The module's events to the host; the caller is the consumer, and advances it after each block. */
    public EventQueue rtEvents() {
        return rtEvents;
    }

    /** Control's events; the caller is the producer. */
    public EventQueue controlEvents() {
        return controlEvents;
    }

    /** The host's bulk changes. */
    public ParameterChangesWriter fromHost() {
        return fromHost;
    }

    /** Control's bulk changes. */
    public ParameterChangesWriter fromControl() {
        return fromControl;
    }

    /** Control's MIDI map. */
    public MidiMapWriter midiMap() {
        return midiMap;
    }

    /** What the engine tells control; the caller is the consumer. */
    public EventQueue notifications() {
        return notifications;
    }

    /** Where the host is in its song. */
    public Snapshot transport() {
        return transport;
    }

    /** A section of the region. */
    public SectionEntry section(final String name) {
        return region.section(StandardRegion.prebuilt().section(name));
    }

    /** What the engine says of itself; empty unless something is wrong. */
    public String message() {
        return RoleCell.messageOf(region.loads(), section(StandardRegion.ROLES), Role.RT);
    }
}

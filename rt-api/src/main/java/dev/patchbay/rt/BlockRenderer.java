// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.DirtyBits;
import dev.patchbay.atomics.FloatCells;
import dev.patchbay.atomics.Histogram;
import dev.patchbay.atomics.MeterWriter;
import dev.patchbay.atomics.ParameterChangesReader;
import dev.patchbay.atomics.Snapshot;
import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventEncoder;
import dev.patchbay.eventqueue.EventHandler;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.eventqueue.SysexReader;
import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardRegion.Phase;
import java.util.Arrays;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Renders blocks with one module over one region: merges parameters, splits the block at its events or lists them, and meters what
 * comes out. All but the constructor is real-time safe.
 */
final class BlockRenderer implements Block {
    private static final int BLOCKS = counter("blocks");
    private static final int EVENTS = counter("events");
    private static final int INVALID_EVENTS = counter("invalid_events");
    private static final int RENDER_MAX = counter("render_max_nanos");

    /** Made early: to link a lambda takes longer than a block. */
    private static final ParameterChangesReader.Target KNOWN = (index, value) -> {};

    private final AtomicBuffer buffer;
    private final Sections sections;
    private final AudioSlots slots;
    private final ParameterState parameters;
    private ParameterChangesReader fromHost;
    private ParameterChangesReader fromControl;
    private final ParameterChangesReader.Target hostTarget;
    private final ParameterChangesReader.Target controlTarget;
    private final DirtyBits dirty;
    private final MeterWriter outputLevels;
    private final MeterWriter voiceLevels;
    private final TransportReader transport;
    private EventQueue hostEvents;
    private SysexReader messages;
    private EventQueue controlEvents;
    private final EventHandler hostEvent = this::hostEvent;
    private final EventHandler controlEvent = this::take;
    private final Event allNotesOff = allNotesOff();
    private final Counters counters;
    private final Histogram renderTimes;
    private final int maxFrames;
    private final float[][] inputs;
    private final float[][] outputs;
    private final RtModule module;
    private final boolean whole;
    private final EventList events;
    private final MidiMoves midi;
    private final BlockProfile profile;
    private int blockFrames;
    private int rendered;
    private int eventFrame;
    private int offset;
    private int frames;
    private boolean offline;

    BlockRenderer(
            final AtomicBuffer buffer,
            final Sections sections,
            final AudioSlots slots,
            final RtModule module,
            final MeterWriter voiceLevels,
            final double sampleRate,
            final int maxFrames,
            final BlockProfile profile) {
        this.profile = profile;
        this.slots = slots;
        this.module = module;
        this.maxFrames = maxFrames;
        this.parameters =
                new ParameterState(
                        sections.parameters(),
                        FloatCells.over(buffer, sections.get(StandardRegion.PARAMETERS)));
        this.buffer = buffer;
        this.sections = sections;
        connect();
        this.dirty = DirtyBits.over(buffer, sections.get(StandardRegion.DIRTY_FROM_RT));
        this.outputLevels =
                MeterWriter.over(buffer, sections.get(StandardRegion.OUTPUT_LEVELS), sampleRate);
        this.voiceLevels = voiceLevels;
        this.transport =
                new TransportReader(Snapshot.over(buffer, sections.get(StandardRegion.TRANSPORT)));
        this.counters = Counters.over(buffer, sections.get(StandardRegion.RT_COUNTERS));
        this.renderTimes = new Histogram(buffer, sections.get(StandardRegion.RENDER_HISTOGRAM));
        this.inputs = new float[slots.inputChannels()][maxFrames];
        this.outputs = new float[slots.outputChannels()][maxFrames];
        this.whole = module.wholeBlocks();
        // Where the block is split, the list stays empty.
        this.events =
                new EventList(
                        whole ? 2 * hostEvents.capacity() + controlEvents.capacity() + 1 : 0,
                        messages);
        this.midi =
                new MidiMoves(
                        buffer,
                        sections,
                        parameters,
                        dirty,
                        whole ? events : null,
                        hostEvents.capacity());
        this.hostTarget = parameters::set;
        this.controlTarget = this::changeFromControl;
    }

    /** Makes what has a position of its own in the memory: readers that go on where their predecessors ended. */
    private void connect() {
        fromHost =
                new ParameterChangesReader(
                        buffer, sections.get(StandardRegion.PARAMETERS_FROM_HOST));
        fromControl =
                new ParameterChangesReader(
                        buffer, sections.get(StandardRegion.PARAMETERS_FROM_CONTROL));
        hostEvents = EventQueue.over(buffer, sections.get(StandardRegion.HOST_EVENTS));
        messages = SysexReader.over(buffer, sections.get(StandardRegion.HOST_EVENT_DATA));
        controlEvents = EventQueue.over(buffer, sections.get(StandardRegion.CONTROL_EVENTS));
    }

    /** The memory has become another region's: goes on in it, with the values that are played. Between two blocks. */
    void moved() {
        connect();
        events.messagesIn(messages);
        // What the host has said there was told here by events.
        fromHost.poll(KNOWN);
        midi.moved();
        parameters.tellAll();
        outputLevels.resume();
        voiceLevels.resume();
    }

    private static Event allNotesOff() {
        final AtomicBuffer slot = new UnsafeBuffer(new byte[EventDescriptor.SIZE]);
        new EventEncoder(slot).allNotesOff(0);
        return new Event(slot).moveTo(0);
    }

    static int counter(final String name) {
        return StandardRegion.prebuilt().section(StandardRegion.RT_COUNTERS).indexOf(name);
    }

    /**
     * Renders the block of a request into its slot.
     *
     * @return the time it took in nanoseconds
     */
    long render(final int request) {
        final long start = System.nanoTime();
        final int total = Math.max(0, Math.min(slots.frames(request), maxFrames));
        final int flags = slots.flags(request);
        offline = (flags & StandardRegion.SlotFlag.OFFLINE) != 0;
        transport.refresh();
        // The order is a promise: the host's bulk changes, then control's, then events by time.
        fromHost.poll(hostTarget);
        fromControl.poll(controlTarget);
        midi.begin();
        blockFrames = total;
        rendered = 0;
        eventFrame = 0;
        events.clear();
        spent(Phase.PARAMETERS);
        if ((flags & StandardRegion.SlotFlag.ALL_NOTES_OFF) != 0) {
            hand(allNotesOff);
        }
        spent(Phase.EVENTS);
        for (int channel = 0; channel < inputs.length; channel++) {
            slots.readInput(request, channel, inputs[channel], total);
        }
        for (final float[] output : outputs) {
            Arrays.fill(output, 0, total, 0f);
        }
        spent(Phase.INPUTS);
        controlEvents.poll(controlEvent, controlEvents.capacity());
        renderStretches(total, slots.eventsEnd(request));
        spent(Phase.EVENTS);
        for (int channel = 0; channel < outputs.length; channel++) {
            slots.writeOutput(request, channel, outputs[channel], total);
        }
        outputLevels.addBlock(outputs, 0, total);
        voiceLevels.advance(total);
        spent(Phase.OUTPUTS);
        final long nanos = System.nanoTime() - start;
        counters.add(BLOCKS, 1);
        counters.max(RENDER_MAX, nanos);
        renderTimes.record(nanos);
        return nanos;
    }

    private void renderStretches(final int total, final long eventsEnd) {
        // Events of this block alone: more may already be there for the next.
        final long inBlock = Math.min(eventsEnd - hostEvents.head(), hostEvents.capacity());
        hostEvents.poll(hostEvent, (int) Math.max(0, inBlock));
        if (whole) {
            renderWhole(total);
        } else {
            renderUpTo(total);
        }
        // After the events: whoever takes this engine's place does not look for a message in vain.
        messages.release();
    }

    private void renderWhole(final int total) {
        if (total > 0 || events.count() > 0) {
            offset = 0;
            frames = total;
            spent(Phase.EVENTS);
            module.process(this);
            spent(Phase.PROCESS);
        }
        // Only now: in the block, the parameters are those of its first frame.
        for (int i = 0; i < events.count(); i++) {
            final Event event = events.get(i);
            if (event.type() == EventType.PARAMETER) {
                parameters.set(event.parameterIndex(), (float) event.normalized());
            }
        }
        midi.end();
    }

    private void hostEvent(final Event event) {
        eventFrame = Math.max(0, Math.min(event.sampleOffset(), blockFrames - 1));
        if (!whole) {
            renderUpTo(eventFrame);
        }
        if (event.type() == EventType.SYSEX) {
            takeMessage(event);
        } else {
            take(event);
        }
        counters.add(EVENTS, 1);
    }

    private void renderUpTo(final int frame) {
        if (frame > rendered) {
            offset = rendered;
            frames = frame - rendered;
            rendered = frame;
            spent(Phase.EVENTS);
            module.process(this);
            spent(Phase.PROCESS);
        }
    }

    private void spent(final Phase phase) {
        if (BlockProfile.ON) {
            profile.spent(phase);
        }
    }

    private void take(final Event event) {
        if (!event.isValid() || event.type() == EventType.SYSEX) {
            counters.add(INVALID_EVENTS, 1);
        } else if (event.type() != EventType.PARAMETER) {
            midi.hear(event, eventFrame);
            hand(event);
        } else if (!whole) {
            parameters.set(event.parameterIndex(), (float) event.normalized());
        } else if (parameters.accepts(event.parameterIndex(), (float) event.normalized())) {
            midi.hear(event, eventFrame);
            hand(event);
        }
    }

    /** Gives the module an event, now or with the block. */
    private void hand(final Event event) {
        if (whole) {
            events.add(event, eventFrame);
        } else {
            module.handleEvent(event);
        }
    }

    /** Only the host's messages have a ring. */
    private void takeMessage(final Event event) {
        if (messages.take(event)) {
            hand(event);
        } else if (event.sysexLength() > 0) {
            counters.add(INVALID_EVENTS, 1);
        }
    }

    /** The host does not know what control changes: the bit goes up after the value. */
    private void changeFromControl(final int index, final float value) {
        if (parameters.set(index, value)) {
            dirty.set(index);
        }
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public int frames() {
        return frames;
    }

    @Override
    public float[] input(final int channel) {
        return inputs[channel];
    }

    @Override
    public float[] output(final int channel) {
        return outputs[channel];
    }

    @Override
    public ParameterValues parameters() {
        return parameters;
    }

    @Override
    public BlockEvents events() {
        return events;
    }

    @Override
    public Transport transport() {
        return transport;
    }

    @Override
    public boolean offline() {
        return offline;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.patchbay.atomics.Doorbell;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.RegionException;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StructType;
import java.lang.foreign.MemorySegment;
import org.agrona.concurrent.AtomicBuffer;

/** The two audio slots: the request's fields, and the samples, copied in bulk. Real-time safe. */
final class AudioSlots {
    private static final StructType HEAD = Heads.AUDIO_BLOCKS;
    private static final StructType SLOT = Heads.AUDIO_SLOT;
    private static final int KIND = SLOT.offset("kind");
    private static final int FRAMES = SLOT.offset("frames");
    private static final int FLAGS = SLOT.offset("flags");
    private static final int SAMPLE_RATE = SLOT.offset("sample_rate");
    private static final int EVENTS_END = SLOT.offset("events_end");
    private static final int STATUS = SLOT.offset("status");
    private static final int TAIL_FRAMES = SLOT.offset("tail_frames");
    private static final int LATENCY_FRAMES = SLOT.offset("latency_frames");
    private static final int RT_EVENTS_BEGIN = SLOT.offset("rt_events_begin");
    private static final int RENDER_NANOS = SLOT.offset("render_nanos");

    private final AtomicBuffer buffer;
    private final MemorySegment memory;
    private final SectionEntry section;
    private final int maxFrames;
    private final int inputChannels;
    private final int outputChannels;
    private final int samplesOffset;
    private final int channelStride;

    @SuppressWarnings("restricted")
    AudioSlots(final AtomicBuffer buffer, final SectionEntry section) {
        this.buffer = buffer;
        this.memory =
                MemorySegment.ofAddress(buffer.addressOffset()).reinterpret(buffer.capacity());
        this.section = section;
        final int head = (int) section.offset();
        this.maxFrames = buffer.getInt(head + HEAD.offset("max_frames"));
        this.inputChannels = buffer.getInt(head + HEAD.offset("input_channels"));
        this.outputChannels = buffer.getInt(head + HEAD.offset("output_channels"));
        this.samplesOffset = buffer.getInt(head + HEAD.offset("samples_offset"));
        this.channelStride = buffer.getInt(head + HEAD.offset("channel_stride"));
        final long needed = samplesOffset + (long) (inputChannels + outputChannels) * channelStride;
        if (maxFrames < 1
                || inputChannels < 0
                || outputChannels < 0
                || samplesOffset < SLOT.size()
                || (long) maxFrames * Float.BYTES > channelStride
                || needed > section.stride()) {
            throw new RegionException(
                    "The audio slots of the region need "
                            + needed
                            + " bytes for "
                            + inputChannels
                            + " + "
                            + outputChannels
                            + " channels of "
                            + maxFrames
                            + " frames, but have "
                            + section.stride()
                            + ".");
        }
    }

    /** The bridge's requests: it rings, RT sleeps. */
    Doorbell requests() {
        return doorbell("request", "rt_asleep");
    }

    /** RT's answers: it rings, the bridge sleeps. */
    Doorbell answers() {
        return doorbell("done", "bridge_asleep");
    }

    private Doorbell doorbell(final String word, final String asleep) {
        final int head = (int) section.offset();
        return new Doorbell(buffer, head + HEAD.offset(word), head + HEAD.offset(asleep));
    }

    /** The address of a doorbell's word in this process, for the system call. */
    long addressOf(final Doorbell doorbell) {
        return buffer.addressOffset() + doorbell.wordOffset();
    }

    int maxFrames() {
        return maxFrames;
    }

    int inputChannels() {
        return inputChannels;
    }

    int outputChannels() {
        return outputChannels;
    }

    int kind(final int request) {
        return buffer.getInt(slot(request) + KIND);
    }

    int frames(final int request) {
        return buffer.getInt(slot(request) + FRAMES);
    }

    int flags(final int request) {
        return buffer.getInt(slot(request) + FLAGS);
    }

    double sampleRate(final int request) {
        return buffer.getDouble(slot(request) + SAMPLE_RATE);
    }

    long eventsEnd(final int request) {
        return buffer.getLong(slot(request) + EVENTS_END);
    }

    /** Where the events to the host begin that belong to a request. */
    void rtEventsBegin(final int request, final long position) {
        buffer.putLong(slot(request) + RT_EVENTS_BEGIN, position);
    }

    /** Answers a request that renders nothing. */
    void answer(final int request, final int status) {
        answer(request, status, 0, 0, 0);
    }

    void answer(
            final int request,
            final int status,
            final int tailFrames,
            final int latencyFrames,
            final long nanos) {
        buffer.putInt(slot(request) + STATUS, status);
        buffer.putInt(slot(request) + TAIL_FRAMES, tailFrames);
        buffer.putInt(slot(request) + LATENCY_FRAMES, latencyFrames);
        buffer.putLong(slot(request) + RENDER_NANOS, nanos);
    }

    int status(final int request) {
        return buffer.getInt(slot(request) + STATUS);
    }

    /** Writes a request as the bridge does: for a rehearsal on a copy of the region. */
    void ask(
            final int request,
            final int kind,
            final int frames,
            final int flags,
            final double rate,
            final long eventsEnd) {
        buffer.putInt(slot(request) + KIND, kind);
        buffer.putInt(slot(request) + FRAMES, frames);
        buffer.putInt(slot(request) + FLAGS, flags);
        buffer.putDouble(slot(request) + SAMPLE_RATE, rate);
        buffer.putLong(slot(request) + EVENTS_END, eventsEnd);
    }

    void readInput(final int request, final int channel, final float[] target, final int frames) {
        MemorySegment.copy(memory, JAVA_FLOAT, samples(request, channel), target, 0, frames);
    }

    /** Writes an input as the bridge does: for a rehearsal on a copy of the region. */
    void writeInput(final int request, final int channel, final float[] source, final int frames) {
        MemorySegment.copy(source, 0, memory, JAVA_FLOAT, samples(request, channel), frames);
    }

    void writeOutput(final int request, final int channel, final float[] source, final int frames) {
        MemorySegment.copy(
                source, 0, memory, JAVA_FLOAT, samples(request, inputChannels + channel), frames);
    }

    /** Reads an output as the bridge does. */
    void readOutput(final int request, final int channel, final float[] target, final int frames) {
        MemorySegment.copy(
                memory, JAVA_FLOAT, samples(request, inputChannels + channel), target, 0, frames);
    }

    private long samples(final int request, final int channel) {
        return slot(request) + samplesOffset + (long) channel * channelStride;
    }

    private int slot(final int request) {
        return section.elementOffset(request & 1);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.rt.BridgeSide;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Sends a storm's blocks to an engine, and looks at what comes back. */
final class StormPlayer {
    private static final int TEMPO = StandardStructs.TRANSPORT.offset("tempo") / Long.BYTES;

    private final BridgeSide bridge;
    private final StormKnobs knobs;
    private final DirectBuffer message;
    private final float[] samples;
    private final long[] transport = new long[StandardStructs.TRANSPORT.size() / Long.BYTES];
    private int badBlocks;
    private int firstBad = -1;

    StormPlayer(final BridgeSide bridge, final int parameters) {
        this.bridge = bridge;
        this.knobs = new StormKnobs(bridge, parameters);
        this.message = new UnsafeBuffer(new byte[bridge.messages().maxLength()]);
        this.samples = new float[bridge.maxFrames()];
    }

    /** Plays a block. */
    void play(final Storm.Block block) {
        if (block.pauseMicros() > 0) {
            LockSupport.parkNanos(block.pauseMicros() * 1_000L);
        }
        knobs.before(block.number());
        offer(bridge.hostEvents(), block.events());
        offer(bridge.controlEvents(), block.controlEvents());
        if (block.fromHost() != null) {
            publish(bridge.fromHost(), block.fromHost());
        }
        if (block.fromControl() != null) {
            publish(bridge.fromControl(), block.fromControl());
        }
        if (!Double.isNaN(block.tempo())) {
            transport[TEMPO] = Double.doubleToRawLongBits(block.tempo());
            bridge.transport().write(transport);
        }
        final SplittableRandom random = new SplittableRandom(block.inputSeed());
        for (int channel = 0; channel < bridge.inputChannels(); channel++) {
            Storm.fill(block.input(), samples, block.frames(), random);
            bridge.input(channel, samples, block.frames());
        }
        bridge.process(block.frames(), block.offline(), block.allNotesOff());
        bridge.rtEvents().advance(bridge.rtEvents().tail());
        listen(block);
    }

    private void offer(final EventQueue queue, final List<Storm.Happening> events) {
        for (final Storm.Happening e : events) {
            if (e.type() == EventType.SYSEX && queue == bridge.hostEvents()) {
                bridge.messages().offer(e.offset(), message, 0, e.index());
            } else {
                // A queue that is full refuses: that is part of the storm.
                queue.offer(
                        e.type(),
                        e.offset(),
                        e.channel(),
                        e.noteId(),
                        e.index(),
                        e.value(),
                        e.detail());
            }
        }
    }

    private static void publish(
            final dev.patchbay.atomics.ParameterChangesWriter writer, final Storm.Bulk bulk) {
        for (int i = 0; i < bulk.values().length; i++) {
            if (!Float.isNaN(bulk.values()[i])) {
                writer.set(i, bulk.values()[i]);
            }
        }
        writer.publish();
    }

    private void listen(final Storm.Block block) {
        for (int channel = 0; channel < bridge.outputChannels(); channel++) {
            bridge.output(channel, samples, block.frames());
            for (int i = 0; i < block.frames(); i++) {
                if (!Float.isFinite(samples[i])) {
                    badBlocks++;
                    firstBad = firstBad < 0 ? block.number() : firstBad;
                    return;
                }
            }
        }
    }

    /** How many blocks held samples that are no finite numbers. */
    int badBlocks() {
        return badBlocks;
    }

    /** The first of them, or -1. */
    int firstBadBlock() {
        return firstBad;
    }
}

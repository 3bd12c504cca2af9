// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.layout.StandardRegion;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes the compiler do its work before sound depends on it: drives a module of the same class, over a copy of the region, with
 * every kind of event, odd block sizes and extreme parameters, until nothing has been compiled for a while. The module
 * that will be heard stays untouched.
 */
final class WarmUp {
    /** Nothing compiled for so long counts as done. */
    private static final long QUIET_NANOS = 400_000_000L;

    /** However long the compiler goes on. */
    private static final long LIMIT_NANOS = 8_000_000_000L;

    private static final int[] SIZES = {1, 3, 16, 32, 64, 100, 128, 256, 441, 512, 1024};
    private static final long SEED = 20_26;

    private final Sections sections;
    private final AudioSlots slots;
    private final EventQueue events;
    private final BlockRenderer renderer;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final double sampleRate;
    private final int maxFrames;
    private final int parameterCount;
    private int request;

    WarmUp(
            final AtomicBuffer region,
            final Sections sections,
            final RtModule module,
            final double sampleRate,
            final int maxFrames) {
        final AtomicBuffer copy = copyOf(region);
        this.sections = sections;
        this.sampleRate = sampleRate;
        this.maxFrames = maxFrames;
        this.parameterCount = sections.parameters().size();
        this.slots = new AudioSlots(copy, sections.get(StandardRegion.AUDIO));
        this.events = EventQueue.over(copy, sections.get(StandardRegion.HOST_EVENTS));
        // Events that the host has already sent are in the copy too; here they are nobody's.
        events.advance(events.tail());
        module.init(new ModuleContext(copy, sections, slots, sampleRate, maxFrames));
        this.renderer = new BlockRenderer(copy, sections, slots, module, sampleRate, maxFrames);
    }

    private static AtomicBuffer copyOf(final AtomicBuffer region) {
        final ByteBuffer memory =
                ByteBuffer.allocateDirect(region.capacity()).order(ByteOrder.nativeOrder());
        region.getBytes(0, memory, region.capacity());
        return new UnsafeBuffer(memory.clear());
    }

    /**
     * Runs until the compiler rests or the limit is reached.
     *
     * @return the number of blocks rendered
     */
    int run() {
        final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        final long start = System.nanoTime();
        long compiled = compiler.getTotalCompilationTime();
        long changed = start;
        long now = start;
        int blocks = 0;
        while (now - changed < QUIET_NANOS && now - start < LIMIT_NANOS) {
            for (int i = 0; i < 32; i++) {
                block();
                blocks++;
            }
            now = System.nanoTime();
            final long total = compiler.getTotalCompilationTime();
            if (total != compiled) {
                compiled = total;
                changed = now;
            }
        }
        return blocks;
    }

    private void block() {
        final int frames = Math.min(maxFrames, SIZES[random.nextInt(SIZES.length)]);
        final int count = random.nextInt(4) == 0 ? random.nextInt(12) : 0;
        int at = 0;
        for (int i = 0; i < count; i++) {
            at = Math.min(frames - 1, at + random.nextInt(1 + frames / 4));
            event(at);
        }
        int flags = random.nextInt(64) == 0 ? StandardRegion.SlotFlag.ALL_NOTES_OFF : 0;
        flags |= random.nextInt(64) == 0 ? StandardRegion.SlotFlag.OFFLINE : 0;
        request++;
        slots.ask(
                request, StandardRegion.Request.PROCESS, frames, flags, sampleRate, events.tail());
        slots.answer(request, 0, 0, renderer.render(request));
    }

    private void event(final int at) {
        final int channel = random.nextInt(4);
        final int key = 36 + random.nextInt(60);
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 ->
                    events.offer(EventType.NOTE_ON, at, channel, -1, key, random.nextDouble(), 0);
            case 4, 5, 6 ->
                    events.offer(EventType.NOTE_OFF, at, channel, -1, key, random.nextDouble(), 0);
            case 7 ->
                    events.offer(
                            EventType.PITCH_BEND, at, channel, -1, 0, random.nextDouble(-1, 1), 0);
            case 8 ->
                    events.offer(
                            EventType.CONTROLLER,
                            at,
                            channel,
                            -1,
                            controller(),
                            random.nextInt(2) * random.nextDouble(),
                            0);
            case 9 ->
                    events.offer(
                            1 + random.nextInt(EventType.ALL_NOTES_OFF),
                            at,
                            channel,
                            -1,
                            0,
                            0.5,
                            0);
            default -> {
                if (parameterCount > 0) {
                    events.offer(
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

    private int controller() {
        return switch (random.nextInt(4)) {
            case 0 -> 64;
            case 1 -> 1;
            case 2 -> 7;
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

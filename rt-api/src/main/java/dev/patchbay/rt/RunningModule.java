// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.MeterWriter;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.StandardRegion;
import org.agrona.concurrent.AtomicBuffer;

/**
 * A module, what it renders with, and where it is in its life: {@link RtModule} has the order of the calls, and here it is kept. For
 * one thread at a time.
 */
final class RunningModule {
    /** With those of a rehearsal's least acts, more than the calls after which a module's method is compiled for good. */
    private static final int REHEARSED_RESETS = 12;

    private final RtModule module;
    private final double sampleRate;
    private final int maxFrames;
    private final AudioSlots slots;
    private final ModuleContext context;
    private final BlockRenderer renderer;
    private final HelperThreads helpers = new HelperThreads();
    private boolean used;
    private boolean active;
    private boolean broken;

    /**
     * Gives a new module what it needs. Where its init throws, so does this, and the module is closed.
     *
     * @param loads from the same memory as the buffer
     * @param profile takes where a block's time goes; null where nobody asks
     */
    RunningModule(
            final RtModule module,
            final AtomicBuffer buffer,
            final Loads loads,
            final Sections sections,
            final AudioSlots slots,
            final double sampleRate,
            final int maxFrames,
            final BlockProfile profile) {
        this.module = module;
        this.sampleRate = sampleRate;
        this.maxFrames = maxFrames;
        this.slots = slots;
        final MeterWriter voiceLevels =
                MeterWriter.over(buffer, sections.get(StandardRegion.VOICE_LEVELS), sampleRate);
        this.context =
                new ModuleContext(
                        buffer,
                        sections,
                        slots,
                        loads,
                        voiceLevels,
                        helpers,
                        sampleRate,
                        maxFrames);
        context.freeVoices();
        try {
            module.init(context);
            this.renderer =
                    new BlockRenderer(
                            buffer,
                            sections,
                            slots,
                            module,
                            voiceLevels,
                            sampleRate,
                            maxFrames,
                            profile);
        } catch (final Throwable e) {
            close();
            throw e;
        } finally {
            helpers.open(false);
        }
    }

    /** Whether this module can play at a rate, in blocks of up to so many frames, with the buses as they are arranged now. */
    boolean fits(final double rate, final int frames) {
        return !broken && rate == sampleRate && frames == maxFrames && context.arranged();
    }

    /** Whether blocks may be asked for. */
    boolean active() {
        return active && !broken;
    }

    /** Lets it begin to play, as a new one would. */
    void activate() {
        if (used) {
            context.freeVoices();
            module.reset();
        }
        used = true;
        helpers.open(true);
        try {
            module.activate();
            active = true;
        } catch (final Throwable e) {
            broken = true;
            throw e;
        } finally {
            helpers.open(false);
        }
    }

    /** Ends and begins to play some times, so that resets are compiled before a host, or silence, asks for them. */
    void rehearse() {
        for (int i = 0; i < REHEARSED_RESETS; i++) {
            deactivate();
            activate();
        }
    }

    /**
     * Renders a block. Real-time safe, unless the module throws.
     *
     * @return the time it took in nanoseconds
     */
    long render(final int request) {
        slots.rtEventsBegin(request, context.hostEventsTail());
        return renderer.render(request);
    }

    /**
     * Goes on in another region. The memory is the same to the module: what lies there is exchanged, and what only this module
     * writes is written there.
     *
     * @param to lets the buffer show the other region
     */
    void move(final Relocation to, final AtomicBuffer buffer) {
        final int[] voices = context.voices();
        to.show(buffer);
        context.moved(voices);
        renderer.moved();
    }

    /** It has broken its contract: it is asked for nothing any more but to close. */
    void giveUp() {
        broken = true;
    }

    /** Real-time safe. */
    int tailFrames() {
        return Math.max(0, module.tailFrames());
    }

    /** Real-time safe. */
    int latencyFrames() {
        return Math.max(0, module.latencyFrames());
    }

    /** Lets it rest, where it plays. What it throws is logged, and it does not play again. */
    void deactivate() {
        if (active()) {
            try {
                module.deactivate();
            } catch (final Throwable e) {
                broken = true;
                report("deactivate", e);
            }
        }
        active = false;
    }

    /** Ends it, with its helper threads. */
    void close() {
        deactivate();
        try {
            module.close();
        } catch (final Throwable e) {
            report("close", e);
        }
        helpers.close();
    }

    private void report(final String method, final Throwable thrown) {
        System.err.println(
                "patchbay rt: "
                        + method
                        + " of "
                        + module.getClass().getName()
                        + " threw "
                        + thrown);
        thrown.printStackTrace();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventType;

/**
 * A parameter's plain value, frame by frame, smoothed: follows the changes in a block to the sample, whether blocks are split at them
 * or come {@linkplain RtModule#wholeBlocks() whole}. A change begins its way at its own frame, so the sound does not depend
 * on how the host cuts time. For one thread; all but the constructor is real-time safe.
 *
 * <pre>
 * init:     gain = new SmoothedParameter(context.parameterIndex("gain"), Smoother.multiplicative(context.sampleRate(), 20));
 * process:  gain.fill(block, gains);    // gains[i] belongs to frame i of the channel arrays
 * reset:    gain.reset();
 * </pre>
 */
public final class SmoothedParameter {
    private final int index;
    private final Smoother smoother;

    /**
     * Smooths a parameter.
     *
     * @param index the parameter's place in the declaration; {@link RtContext#parameterIndex(String)} finds it
     * @param smoother how; for this parameter alone
     */
    public SmoothedParameter(final int index, final Smoother smoother) {
        this.index = index;
        this.smoother = smoother;
    }

    /**
     * Writes the values of a block's frames, at the indices that the frames have in the channel arrays. To be called once for each
     * block.
     *
     * @param block the one that is rendered
     * @param into takes them: at least as many elements as {@link RtContext#maxFrames()}
     */
    public void fill(final Block block, final float[] into) {
        final ParameterValues values = block.parameters();
        final BlockEvents events = block.events();
        final int end = block.offset() + block.frames();
        int frame = block.offset();
        if (frame == end) {
            return; // as where blocks are split: a target counts from a frame on
        }
        double goal = values.plain(index);
        for (int i = 0; i < events.count(); i++) {
            final Event event = events.get(i);
            if (event.type() == EventType.PARAMETER && event.parameterIndex() == index) {
                final int at = Math.min(event.sampleOffset(), end);
                // Of several changes at a frame the last one counts, also where blocks are split.
                if (at > frame) {
                    smoother.target(goal);
                    smoother.fill(into, frame, at - frame);
                    frame = at;
                }
                goal = values.toPlain(index, (float) event.normalized());
            }
        }
        smoother.target(goal);
        smoother.fill(into, frame, end - frame);
    }

    /** {@return the smoother, for a module that goes frame by frame itself} */
    public Smoother smoother() {
        return smoother;
    }

    /** The value that the next block begins with is taken at once: for {@link RtModule#reset} and {@link RtModule#activate}. */
    public void reset() {
        smoother.reset();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

/**
 * A value that goes to its target instead of jumping, one frame at a time: a parameter that is changed while sound is heard would
 * click. What a frame gets does not depend on how frames are cut into blocks. For one thread; all methods but the factories are
 * real-time safe.
 *
 * <p>A new or {@linkplain #reset reset} smoother takes its first target at once. After that, {@link #target} begins a way that ends there:
 *
 * <ul>
 *   <li>{@link #linear}: in a straight line, which arrives exactly after its time. For pan, mix, positions.
 *   <li>{@link #onePole}: by a one-pole low-pass filter with this time constant, which goes 63 % of what is left in each, and arrives when it is
 *       120 dB nearer than it began. For controls that move all the time: it never has an edge.
 *   <li>{@link #multiplicative}: by the same factor each frame, and exactly there after its time: even steps in decibels and in
 *       octaves. For gains and frequencies. It cannot come to 0 or below: what is less than {@value #FLOOR} (−100 dB) counts as this
 *       on the way.
 * </ul>
 *
 * <p>A target that is set anew while it is on its way begins a new way from where it is; the target that it has already changes nothing,
 * so setting it once a block is right.
 */
public abstract sealed class Smoother
        permits LinearSmoother, OnePoleSmoother, MultiplicativeSmoother {
    /** The least value above 0 that {@link #multiplicative} goes through, linear; −100 dB. */
    public static final double FLOOR = 1e-5;

    double value;
    double target;

    /** Frames to go; 0 where it has arrived. One pole counts none, and is 1 until it is there. */
    int remaining;

    private boolean fresh = true;

    Smoother() {}

    /**
     * {@return a smoother whose way is a straight line}
     *
     * @param sampleRate in Hz, above 0
     * @param milliseconds how long a way takes, 0 and up; 0 jumps
     */
    public static Smoother linear(final double sampleRate, final double milliseconds) {
        return new LinearSmoother(SmoothingTime.frames(sampleRate, milliseconds));
    }

    /**
     * {@return a smoother whose way is an exponential approach}
     *
     * @param sampleRate in Hz, above 0
     * @param milliseconds the time constant, 0 and up; 0 jumps
     */
    public static Smoother onePole(final double sampleRate, final double milliseconds) {
        final double frames = SmoothingTime.exactFrames(sampleRate, milliseconds);
        return new OnePoleSmoother(frames > 0 ? 1 - StrictMath.exp(-1 / frames) : 1);
    }

    /**
     * {@return a smoother whose way is a geometric sequence}
     *
     * @param sampleRate in Hz, above 0
     * @param milliseconds how long a way takes, 0 and up; 0 jumps
     */
    public static Smoother multiplicative(final double sampleRate, final double milliseconds) {
        return new MultiplicativeSmoother(SmoothingTime.frames(sampleRate, milliseconds));
    }

    /**
     * Sets where to go, from the next frame on.
     *
     * @param goal any finite value; others are ignored
     */
    public final void target(final double goal) {
        if (!Double.isFinite(goal)) {
            return;
        }
        if (fresh) {
            // As jump does, and without a call: one that comes once in an activation is compiled
            // long after the warm-up.
            fresh = false;
            value = goal;
            target = goal;
            remaining = 0;
        } else if (goal != target) {
            target = goal;
            begin();
        }
    }

    /**
     * Is there at once.
     *
     * @param goal any finite value; others are ignored
     */
    public final void jump(final double goal) {
        if (Double.isFinite(goal)) {
            fresh = false;
            value = goal;
            target = goal;
            remaining = 0;
        }
    }

    /** Takes the next target at once: for {@link RtModule#reset} and {@link RtModule#activate}. Until then the value stays. */
    public final void reset() {
        fresh = true;
        target = value;
        remaining = 0;
    }

    /** {@return the value of the frame that was last asked for; 0 before the first target} */
    public final double value() {
        return value;
    }

    /** {@return where it goes} */
    public final double target() {
        return target;
    }

    /** {@return whether the next frame may have another value than the last: a module may skip what does nothing else} */
    public final boolean moving() {
        return remaining > 0;
    }

    /** {@return the value of the next frame} */
    public final double next() {
        if (remaining > 0) {
            step();
        }
        return value;
    }

    /**
     * Writes the values of the next frames.
     *
     * @param into takes them
     * @param offset the index of the first
     * @param frames how many
     */
    public final void fill(final float[] into, final int offset, final int frames) {
        for (int i = offset; i < offset + frames; i++) {
            into[i] = (float) next();
        }
    }

    /**
     * Writes the values of the next frames, not rounded.
     *
     * @param into takes them
     * @param offset the index of the first
     * @param frames how many
     */
    public final void fill(final double[] into, final int offset, final int frames) {
        for (int i = offset; i < offset + frames; i++) {
            into[i] = next();
        }
    }

    /**
     * Multiplies samples by the values of the next frames: a gain.
     *
     * @param samples are changed
     * @param offset the index of the first
     * @param frames how many
     */
    public final void multiply(final float[] samples, final int offset, final int frames) {
        for (int i = offset; i < offset + frames; i++) {
            samples[i] *= (float) next();
        }
    }

    /** A way begins, from value to target, which differ. */
    abstract void begin();

    /** Goes on by a frame. */
    abstract void step();
}

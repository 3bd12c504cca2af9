// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

/**
 * Echoes that change sides, each darker than the one before. A new time is reached by a glide, as with a tape whose head
 * is moved, so that nothing clicks.
 */
final class StereoDelay {
    /** The longest time, in seconds. */
    private static final double LONGEST = 1;

    private static final double GLIDE_SECONDS = 0.08;
    private static final double DAMPING_HERTZ = 5_000;

    private final double sampleRate;
    private final DelayLine left;
    private final DelayLine right;
    private final double glide;
    private final double damping;

    private double distance = 1;
    private double darkLeft;
    private double darkRight;
    private long quiet;
    private boolean resting = true;

    StereoDelay(final double sampleRate) {
        this.sampleRate = sampleRate;
        final int frames = frames(LONGEST) + 2;
        left = new DelayLine(frames);
        right = new DelayLine(frames);
        glide = 1 - StrictMath.exp(-1 / (GLIDE_SECONDS * sampleRate));
        damping = 1 - StrictMath.exp(-2 * Math.PI * Math.min(0.5, DAMPING_HERTZ / sampleRate));
    }

    /** Whether nothing sounds in here any more. */
    boolean resting() {
        return resting;
    }

    /** Forgets all echoes. */
    void clear() {
        left.clear();
        right.clear();
        darkLeft = 0;
        darkRight = 0;
        quiet = 0;
        resting = true;
    }

    /** Adds the echoes of the first n frames to them. */
    void process(
            final Sound sound,
            final double[] inLeft,
            final double[] inRight,
            final int n,
            final int position) {
        final Ramp send = sound.delaySend.ramp;
        if (resting && send.start == 0 && send.step == 0) {
            return;
        }
        final double target = Math.min(frames(LONGEST), Math.max(1, frames(sound.delayTime)));
        if (resting) {
            distance = target;
            resting = false;
        }
        final Ramp feedback = sound.feedback.ramp;
        for (int i = 0; i < n; i++) {
            final int whole = (int) distance;
            final double part = distance - whole;
            final double echoLeft = left.read(whole) * (1 - part) + left.read(whole + 1) * part;
            final double echoRight = right.read(whole) * (1 - part) + right.read(whole + 1) * part;
            darkLeft = DelayLine.gate(darkLeft + damping * (echoLeft - darkLeft));
            darkRight = DelayLine.gate(darkRight + damping * (echoRight - darkRight));
            final double amount = send.start + send.step * (position + i);
            final double again = feedback.start + feedback.step * (position + i);
            final boolean heardLeft = left.write(amount * inLeft[i] + again * darkRight);
            final boolean heardRight = right.write(amount * inRight[i] + again * darkLeft);
            quiet = heardLeft | heardRight ? 0 : quiet + 1;
            inLeft[i] += echoLeft;
            inRight[i] += echoRight;
            // The last step is to a whole number of frames, where nothing is interpolated any more.
            distance =
                    Math.abs(target - distance) < 0.01
                            ? target
                            : distance + glide * (target - distance);
        }
    }

    /** Begins a tick: goes to rest once all that could be read is silence. */
    void tick(final Sound sound) {
        if (!resting && quiet > Math.max(distance, frames(sound.delayTime)) + 2) {
            clear();
        }
    }

    /** How long echoes go on, at worst, in seconds: until they are 140 dB below their source, and then until all is read. */
    static double tailSeconds(final double time, final double feedback) {
        final double passes =
                feedback < 1e-7 ? 1 : 1 + StrictMath.log(1e-7) / StrictMath.log(feedback);
        return (passes + 2) * time + 20 * GLIDE_SECONDS;
    }

    private int frames(final double seconds) {
        return (int) (seconds * sampleRate + 0.5);
    }
}

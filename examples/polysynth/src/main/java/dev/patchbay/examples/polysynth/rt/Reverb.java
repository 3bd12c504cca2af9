// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

/**
 * A room: eight delay lines that feed each other through a Householder matrix. The matrix keeps the energy, so each line's
 * gain alone decides how the room dies away, and a change of it can never make the loop unstable.
 *
 * <p>Jean-Marc Jot and Antoine Chaigne, "Digital delay networks for designing artificial reverberators", AES Convention 90
 * (1991); the diffusers in front of it as in Jon Dattorro, "Effect Design, Part 1", JAES 45 (1997).
 */
final class Reverb {
    private static final int LINES = 8;
    private static final double[] LINE_SECONDS = {
        0.0297, 0.0371, 0.0411, 0.0437, 0.0533, 0.0591, 0.0677, 0.0793
    };
    private static final double[] LEFT_DIFFUSERS = {0.00477, 0.01274};
    private static final double[] RIGHT_DIFFUSERS = {0.00360, 0.00931};
    private static final double DAMPING_HERTZ = 4_500;
    private static final double OUTPUT = 0.5;

    /** The natural logarithm of what 60 dB are. */
    private static final double SIXTY_DECIBELS = StrictMath.log(1000);

    private final double sampleRate;
    private final DelayLine[] lines = new DelayLine[LINES];
    private final int[] lengths = new int[LINES];
    private final double[] gains = new double[LINES];
    private final double[] targets = new double[LINES];
    private final double[] inputs = new double[LINES];
    private final double[] dark = new double[LINES];
    private final Diffuser[] left;
    private final Diffuser[] right;
    private final double damping;
    private double time;
    private long quiet;
    private boolean resting = true;

    Reverb(final double sampleRate) {
        this.sampleRate = sampleRate;
        int length = 1;
        for (int i = 0; i < LINES; i++) {
            // Prime lengths, so that no two lines' echoes meet often.
            length = primeFrom(Math.max(length + 1, (int) (LINE_SECONDS[i] * sampleRate)));
            lengths[i] = length;
            lines[i] = new DelayLine(length);
        }
        left = diffusers(LEFT_DIFFUSERS);
        right = diffusers(RIGHT_DIFFUSERS);
        damping = 1 - StrictMath.exp(-2 * Math.PI * Math.min(0.5, DAMPING_HERTZ / sampleRate));
    }

    /** Whether nothing sounds in here any more. */
    boolean resting() {
        return resting;
    }

    /** Empties the room. */
    void clear() {
        for (int i = 0; i < LINES; i++) {
            lines[i].clear();
            dark[i] = 0;
        }
        for (int i = 0; i < left.length; i++) {
            left[i].line.clear();
            right[i].line.clear();
        }
        quiet = 0;
        resting = true;
    }

    /** Begins a tick: follows the time, and goes to rest once all lines hold silence. */
    void tick(final Sound sound) {
        if (!resting && quiet > lengths[LINES - 1]) {
            clear();
        }
        if (time != sound.reverbTime) {
            time = sound.reverbTime;
            for (int i = 0; i < LINES; i++) {
                targets[i] = StrictMath.exp(-SIXTY_DECIBELS * lengths[i] / (sampleRate * time));
            }
        }
        for (int i = 0; i < LINES; i++) {
            gains[i] = resting ? targets[i] : gains[i] + sound.portion * (targets[i] - gains[i]);
            // What goes in is so much less as the room keeps it longer: its loudness stays.
            inputs[i] = Math.sqrt(1 - gains[i] * gains[i]);
        }
    }

    /** Adds the room's answer to the first n frames to them. */
    void process(
            final Sound sound,
            final double[] inLeft,
            final double[] inRight,
            final int n,
            final int position) {
        final Ramp send = sound.reverbSend.ramp;
        if (resting && send.start == 0 && send.step == 0) {
            return;
        }
        resting = false;
        for (int i = 0; i < n; i++) {
            final double amount = send.start + send.step * (position + i);
            double toLeft = amount * inLeft[i];
            double toRight = amount * inRight[i];
            boolean heard = false;
            for (int d = 0; d < left.length; d++) {
                toLeft = left[d].next(toLeft);
                toRight = right[d].next(toRight);
                heard |= left[d].heard | right[d].heard;
            }
            double sum = 0;
            for (int line = 0; line < LINES; line++) {
                final double echo = lines[line].read(lengths[line]);
                dark[line] = DelayLine.gate(dark[line] + damping * (echo - dark[line]));
                sum += gains[line] * dark[line];
            }
            for (int line = 0; line < LINES; line++) {
                final double in = inputs[line] * ((line & 1) == 0 ? toLeft : toRight);
                heard |= lines[line].write(in + gains[line] * dark[line] - sum * (2.0 / LINES));
            }
            inLeft[i] +=
                    OUTPUT
                            * (dark[0] + dark[1] - dark[2] - dark[3] + dark[4] + dark[5] - dark[6]
                                    - dark[7]);
            inRight[i] +=
                    OUTPUT
                            * (dark[0] - dark[1] - dark[2] + dark[3] + dark[4] - dark[5] - dark[6]
                                    + dark[7]);
            quiet = heard ? 0 : quiet + 1;
        }
    }

    /** How long the room is heard, at worst, in seconds: until it is 140 dB below its source. */
    static double tailSeconds(final double reverbTime) {
        return reverbTime * 140 / 60 + 0.2;
    }

    private Diffuser[] diffusers(final double[] seconds) {
        final Diffuser[] result = new Diffuser[seconds.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = new Diffuser(primeFrom(Math.max(2, (int) (seconds[i] * sampleRate))));
        }
        return result;
    }

    private static int primeFrom(final int least) {
        for (int candidate = least; ; candidate++) {
            boolean prime = true;
            for (int divisor = 2; prime && divisor * divisor <= candidate; divisor++) {
                prime = candidate % divisor != 0;
            }
            if (prime) {
                return candidate;
            }
        }
    }

    /** An all-pass that spreads each impulse in time and leaves the spectrum as it is. */
    private static final class Diffuser {
        private static final double SPREAD = 0.7;

        final DelayLine line;
        final int length;
        boolean heard;

        Diffuser(final int length) {
            this.length = length;
            line = new DelayLine(length);
        }

        double next(final double sample) {
            final double old = line.read(length);
            final double in = sample - SPREAD * old;
            heard = line.write(in);
            return SPREAD * in + old;
        }
    }
}

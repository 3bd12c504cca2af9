// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.MeterDescriptor;
import dev.patchbay.layout.SectionEntry;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Writes a section of meters, as {@link MeterDescriptor} has its bytes: for all meters at once it closes a window every so many
 * frames, wherever in a block that is, and publishes each meter's peak, mean square and clips under the window's number. One
 * writer, one thread. Wait-free: it never looks at what readers do, and keeps going when they stop. Real-time safe but for the
 * constructors.
 *
 * <p>What is measured, per meter and window:
 *
 * <ul>
 *   <li>the <b>peak</b>, the largest absolute value: 1 is full scale. Absolute, so −0 is 0; a subnormal number counts as it is;
 *   <li>the <b>mean square</b>: the sum of the squares, in double precision, by the frames of the window. Its root is the RMS,
 *       by which a sine of peak 1 has 0.707 (−3.01 dB; meters by AES17 show 0). Saturates at the largest float;
 *   <li><b>clips</b>: each sample above full scale counts, |x| &gt; 1; 1 itself does not;
 *   <li>samples that are <b>not finite</b>: NaN and infinities are counted here and are 0 for peak and mean square, so that
 *       one bad sample cannot poison either. An infinity is a clip as well.
 * </ul>
 *
 * <p>A meter is fed with samples, or its level is set from time to time ({@link #setLevel}); then its mean square is 0.
 *
 * <p>The counts rise for as long as the region lives. A writer goes on after the last number that it finds in memory, so a
 * successor of one that has died, or of one for another sample rate, needs no preparation. A window that was not complete ends
 * with its writer and is never published.
 */
public final class MeterWriter {
    private static final int NEWEST = MeterDescriptor.HEAD.offset("newest");
    private static final int CLOCK = MeterDescriptor.HEAD.offset("clock");
    private static final int CLIPS = MeterDescriptor.METER.offset("clips");
    private static final int NOT_FINITE = MeterDescriptor.METER.offset("not_finite");
    private static final int WINDOWS = MeterDescriptor.METER.offset("windows");
    private static final int WINDOW_SIZE = MeterDescriptor.WINDOW.size();
    private static final int PEAK = MeterDescriptor.WINDOW.offset("peak");
    private static final int MEAN_SQUARE = MeterDescriptor.WINDOW.offset("mean_square");
    private static final int MAGNITUDE = Integer.MAX_VALUE;
    private static final int FULL_SCALE = Float.floatToRawIntBits(1);
    private static final int INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

    private final AtomicBuffer buffer;
    private final int head;
    private final int meters;
    private final int stride;
    private final int mask;
    private final int windowFrames;
    private final long clock;

    /** Of the open window; peaks as the bits of a float that is not negative, which are ordered as their values are. */
    private final int[] peaks;

    private final float[] levels;
    private final double[] squares;
    private final long[] clips;
    private final long[] notFinite;
    private long newest;
    private int frames;

    /**
     * A writer that goes on after the newest window in memory.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param head bytes from the start of the buffer to the section's head
     * @param meters bytes from the start of the buffer to meter 0
     * @param count how many meters
     * @param windows how many windows a meter keeps, a power of two: {@link MeterDescriptor#WINDOWS} in a region
     * @param sampleRate in Hz, which tells how many frames a window has: 10 ms, and at least one
     */
    public MeterWriter(
            final AtomicBuffer buffer,
            final int head,
            final int meters,
            final int count,
            final int windows,
            final double sampleRate) {
        this(buffer, head, meters, WINDOWS + windows * WINDOW_SIZE, count, windows, sampleRate);
    }

    private MeterWriter(
            final AtomicBuffer buffer,
            final int head,
            final int meters,
            final int stride,
            final int count,
            final int windows,
            final double sampleRate) {
        this.buffer = buffer;
        this.head = head;
        this.meters = meters;
        this.stride = stride;
        this.mask = windows - 1;
        this.peaks = new int[count];
        this.levels = new float[count];
        this.squares = new double[count];
        this.clips = new long[count];
        this.notFinite = new long[count];
        final double rounded = sampleRate / MeterDescriptor.WINDOWS_PER_SECOND + 0.5;
        this.windowFrames = rounded >= 1 ? (int) rounded : 1;
        // Opaque: who knows that the predecessor has ended knows all that it stored.
        this.newest = buffer.getLongOpaque(head + NEWEST);
        this.clock = MeterDescriptor.clock(windowFrames, (float) sampleRate);
        buffer.putLongOpaque(head + CLOCK, clock);
    }

    /**
     * Goes on after the newest window in memory, as a successor would, with the levels that were set and the window that is open:
     * for a writer whose memory has become another's, of the same shape.
     */
    public void resume() {
        // Opaque, as in the constructor.
        newest = buffer.getLongOpaque(head + NEWEST);
        buffer.putLongOpaque(head + CLOCK, clock);
    }

    /**
     * {@return the writer of a section, which goes on after the newest window}
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param section the directory's entry of a section of meters
     * @param sampleRate in Hz, which tells how many frames a window has: 10 ms, and at least one
     */
    public static MeterWriter over(
            final AtomicBuffer buffer, final SectionEntry section, final double sampleRate) {
        return new MeterWriter(
                buffer,
                (int) section.offset(),
                section.elementOffset(0),
                section.stride(),
                section.count(),
                MeterDescriptor.WINDOWS,
                sampleRate);
    }

    /** {@return the number of meters} */
    public int count() {
        return peaks.length;
    }

    /** {@return how many frames a window has} */
    public int windowFrames() {
        return windowFrames;
    }

    /**
     * Feeds a block, channel n to meter n, and lets its time pass for all meters. It may be shorter or longer than a window.
     * Bounded by the samples and the windows that they fill.
     *
     * @param channels the samples of each channel; those beyond the last meter are not metered
     * @param from the index of the first sample
     * @param count how many of each channel, 0 or more
     */
    public void addBlock(final float[][] channels, final int from, final int count) {
        final int fed = Math.min(channels.length, peaks.length);
        int at = from;
        int left = count;
        while (left > 0) {
            final int n = Math.min(left, windowFrames - frames);
            for (int meter = 0; meter < fed; meter++) {
                weigh(meter, channels[meter], at, n);
                squares[meter] += squares(channels[meter], at, n);
            }
            pass(n);
            at += n;
            left -= n;
        }
    }

    /**
     * Sets the level of a meter that is not fed with samples. It holds until it is set again; each window that it holds in, or
     * is set in, has it in its peak. It counts no clips: a voice may well be louder than full scale before it is mixed.
     *
     * @param meter the number of the meter, 0 to below {@link #count()}
     * @param level linear, of which the absolute value counts; NaN and infinities are counted as not finite and set 0
     */
    public void setLevel(final int meter, final float level) {
        final int bits = Float.floatToRawIntBits(level) & MAGNITUDE;
        final int finite = bits - INFINITY >> 31;
        notFinite[meter] += 1 + finite;
        final float before = frames > 0 ? levels[meter] : 0;
        levels[meter] = Float.intBitsToFloat(bits & finite);
        final float highest = Math.max(before, levels[meter]);
        peaks[meter] = Math.max(peaks[meter], Float.floatToRawIntBits(highest));
    }

    /**
     * Lets time pass without samples: for meters whose levels are set.
     *
     * @param count frames, 0 or more
     */
    public void advance(final int count) {
        for (int left = count; left > 0; ) {
            final int n = Math.min(left, windowFrames - frames);
            pass(n);
            left -= n;
        }
    }

    /**
     * Takes the peak and the counts. Without branches: one that is hardly ever taken is one that the compiler leaves out, and the
     * first clip would then cost a deoptimisation.
     */
    private void weigh(final int meter, final float[] samples, final int from, final int count) {
        int peak = 0;
        int above = 0;
        int strange = 0;
        for (int i = from; i < from + count; i++) {
            final int bits = Float.floatToRawIntBits(samples[i]) & MAGNITUDE;
            final int finite = bits - INFINITY >> 31;
            peak = Math.max(peak, bits & finite);
            strange += 1 + finite;
            // Above full scale, and not above infinity: that is NaN.
            above += (FULL_SCALE - bits >>> 31) - (INFINITY - bits >>> 31);
        }
        peaks[meter] = Math.max(peaks[meter], peak);
        clips[meter] += above;
        notFinite[meter] += strange;
    }

    /** Four sums, so that no addition waits for the one before; C adds in the same order. */
    private static double squares(final float[] samples, final int from, final int count) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        final int end = from + count;
        int i = from;
        for (; i < end - 3; i += 4) {
            a += square(samples[i]);
            b += square(samples[i + 1]);
            c += square(samples[i + 2]);
            d += square(samples[i + 3]);
        }
        for (; i < end; i++) {
            a += square(samples[i]);
        }
        return a + b + (c + d);
    }

    private static double square(final float sample) {
        final int bits = Float.floatToRawIntBits(sample) & MAGNITUDE;
        final double finite = Float.intBitsToFloat(bits & bits - INFINITY >> 31);
        return finite * finite;
    }

    private void pass(final int count) {
        frames += count;
        if (frames == windowFrames) {
            close();
            frames = 0;
        }
    }

    private void close() {
        final long number = newest + 1;
        for (int i = 0; i < peaks.length; i++) {
            final int meter = meters + i * stride;
            final int window = meter + WINDOWS + ((int) number & mask) * WINDOW_SIZE;
            final float peak = Math.max(Float.intBitsToFloat(peaks[i]), levels[i]);
            final double mean = Math.min(squares[i] / windowFrames, Float.MAX_VALUE);
            // Opaque: the release below orders these for whoever has seen this window's number, and
            // the number in each word tells who looks for an older window.
            buffer.putLongOpaque(window + PEAK, MeterDescriptor.word(number, peak));
            buffer.putLongOpaque(window + MEAN_SQUARE, MeterDescriptor.word(number, (float) mean));
            add(meter + CLIPS, clips[i]);
            add(meter + NOT_FINITE, notFinite[i]);
            peaks[i] = 0;
            squares[i] = 0;
            clips[i] = 0;
            notFinite[i] = 0;
        }
        newest = number;
        // Release: pairs with the acquire in MeterReader.poll and pb_meter_reader_poll.
        buffer.putLongRelease(head + NEWEST, number);
    }

    private void add(final int at, final long count) {
        buffer.putLongOpaque(at, buffer.getLongOpaque(at) + count);
    }
}

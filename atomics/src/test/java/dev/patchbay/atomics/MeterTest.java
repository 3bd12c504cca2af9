// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.Loads;
import dev.patchbay.layout.MeterDescriptor;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import java.util.Arrays;
import java.util.Random;
import org.agrona.concurrent.AtomicBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeterTest {
    /** A rate at which a window has eight frames. */
    private static final double RATE = 800;

    private static final int FRAMES = 8;
    private static final int KEPT = MeterDescriptor.WINDOWS;

    private final Memory memory = new Memory();
    private final SectionEntry section = memory.section(StandardRegion.OUTPUT_LEVELS);
    private final MeterReader reader = reader();
    private final MeterWriter writer = writer();

    private MeterReader reader() {
        return MeterReader.over(Loads.over(memory.buffer), section);
    }

    private MeterWriter writer() {
        return MeterWriter.over(memory.buffer, section, RATE);
    }

    /** Feeds one channel. */
    private static void feed(final MeterWriter writer, final float... samples) {
        writer.addBlock(new float[][] {samples}, 0, samples.length);
    }

    /** Closes so many windows, each with a peak of its number, counted from the reader's last. */
    private void close(final int windows) {
        for (int n = 1; n <= windows; n++) {
            feed(writer, window(n));
        }
    }

    private static float[] window(final float value) {
        final float[] samples = new float[FRAMES];
        Arrays.fill(samples, value);
        return samples;
    }

    private void newest(final long number) {
        memory.buffer.putLong(
                (int) section.offset() + MeterDescriptor.HEAD.offset("newest"), number);
    }

    @Test
    void aWindowClosesAtItsLastFrameWithinABlock() {
        feed(writer, 0, -0.5f, 0, 0.25f, 0, 0, 0);
        assertEquals(0, reader.poll(), "seven of eight frames");
        feed(writer, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0.75f);
        assertEquals(2, reader.poll());
        assertEquals(1f, reader.peak(0));
        assertEquals((0.3125 / 8 + 1) / 2, reader.meanSquare(0), 1e-9);
        assertEquals(Math.sqrt(reader.meanSquare(0)), reader.rms(0));
        assertEquals(0f, reader.peak(1), "a channel that is not fed is silent");
        assertEquals(0, reader.poll());
        assertEquals(0f, reader.peak(0), "nothing since");
        feed(writer, 0, 0, 0, 0, 0, 0, 0);
        assertEquals(1, reader.poll());
        assertEquals(0.75f, reader.peak(0), "what came behind the window's end is in the next");
    }

    @Test
    void aSineOfPeakOneHasAnRmsOfTheRootOfOneHalf() {
        final float[] sine = new float[FRAMES];
        for (int i = 0; i < FRAMES; i++) {
            sine[i] = (float) Math.sin(2 * Math.PI * i / FRAMES);
        }
        feed(writer, sine);
        assertEquals(1, reader.poll());
        assertEquals(Math.sqrt(0.5), reader.rms(0), 1e-7);
        assertEquals(1f, reader.peak(0));
        assertEquals(0, reader.clips(0), "full scale itself is no clip");
    }

    @Test
    void blocksOfAnySizeGiveTheSameWindows() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final float[][] samples = new float[2][8000];
        for (final float[] channel : samples) {
            for (int i = 0; i < channel.length; i++) {
                channel[i] = (float) random.nextGaussian();
            }
        }
        final Memory other = new Memory();
        final MeterWriter whole = MeterWriter.over(other.buffer, section, RATE);
        final MeterReader ofWhole = MeterReader.over(Loads.over(other.buffer), section);
        for (int at = 0; at < samples[0].length; ) {
            final int n = Math.min(samples[0].length - at, 1 + random.nextInt(3 * FRAMES));
            writer.addBlock(samples, at, n);
            whole.addBlock(samples, at, n / 2);
            whole.addBlock(samples, at + n / 2, n - n / 2);
            at += n;
            assertEquals(reader.poll(), ofWhole.poll(), "seed " + seed);
            for (int channel = 0; channel < 2; channel++) {
                assertEquals(reader.peak(channel), ofWhole.peak(channel), "seed " + seed);
                assertEquals(
                        reader.meanSquare(channel),
                        ofWhole.meanSquare(channel),
                        1e-6 * reader.meanSquare(channel),
                        "seed " + seed);
                assertEquals(reader.clips(channel), ofWhole.clips(channel), "seed " + seed);
            }
        }
    }

    @Test
    void eachSampleBeyondFullScaleIsAClip() {
        feed(writer, 1, -1, 1.0000001f, -1.0000001f, 2, 0, 0, 0);
        feed(writer, 0, 0, 0, 0, 0, 0, 0, -3);
        assertEquals(2, reader.poll());
        assertEquals(4, reader.clips(0));
        assertEquals(3f, reader.peak(0));
        feed(writer, window(1.5f));
        reader.poll();
        assertEquals(8, reader.clips(0));
        assertEquals(12, reader.totalClips(0));
        reader.poll();
        assertEquals(0, reader.clips(0));
        assertEquals(12, reader.totalClips(0));
    }

    @Test
    void aNumberThatIsNoneIsCountedAndPoisonsNothing() {
        final float strange = Float.intBitsToFloat(0xFFC12345);
        feed(writer, Float.NaN, 0.5f, strange, 0, 0, 0, 0, Float.NaN);
        reader.poll();
        assertEquals(0.5f, reader.peak(0));
        assertEquals(0.25 / 8, reader.meanSquare(0));
        assertEquals(3, reader.notFinite(0));
        assertEquals(0, reader.clips(0), "NaN is not above full scale");
        feed(writer, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0.5f, 0, 0, 0, 0, 0);
        reader.poll();
        assertEquals(0.5f, reader.peak(0));
        assertEquals(0.25 / 8, reader.meanSquare(0));
        assertEquals(2, reader.notFinite(0));
        assertEquals(2, reader.clips(0), "an infinity is");
        assertEquals(5, reader.totalNotFinite(0));
    }

    @Test
    void negativeZeroIsZeroAndASubnormalNumberIsItself() {
        feed(writer, window(-0f));
        reader.poll();
        assertEquals(0, Float.floatToRawIntBits(reader.peak(0)));
        assertEquals(0, Double.doubleToRawLongBits(reader.meanSquare(0)));
        feed(writer, window(-Float.MIN_VALUE));
        reader.poll();
        assertEquals(Float.MIN_VALUE, reader.peak(0));
    }

    @Test
    void theLargestNumbersStayFinite() {
        feed(writer, window(-Float.MAX_VALUE));
        reader.poll();
        assertEquals(Float.MAX_VALUE, reader.peak(0));
        assertEquals(Float.MAX_VALUE, reader.meanSquare(0), "it saturates");
    }

    @Test
    void eachReaderKeepsItsOwnPlace() {
        final MeterReader slow = reader();
        close(3);
        assertEquals(3, reader.poll());
        close(2);
        assertEquals(2, reader.poll());
        assertEquals(2f, reader.peak(0));
        assertEquals(5, slow.poll());
        assertEquals(3f, slow.peak(0));
        assertEquals(2L * FRAMES + FRAMES, slow.clips(0), "all but the two windows of 1");
        assertEquals(0, reader().clips(0), "who comes later begins with what comes later");
        assertEquals(0, reader().poll());
    }

    @Test
    void aReaderIsToldWhatItMissedAndGetsWhatIsLeft() {
        close(KEPT);
        assertEquals(KEPT, reader.poll());
        assertEquals(0, reader.missed());
        close(KEPT + 5);
        assertEquals(KEPT, reader.poll());
        assertEquals(5, reader.missed());
        assertEquals(KEPT + 5f, reader.peak(0));
        assertEquals((KEPT + 4L) * FRAMES, reader.clips(0), "clips are not missed");
        assertEquals(2 * KEPT + 5, reader.seen());
        reader.poll();
        assertEquals(0, reader.missed());
    }

    @Test
    void aReaderCanGoOnWhereAnotherStopped() {
        close(6);
        final MeterReader later = reader();
        later.resumeAfter(4);
        assertEquals(2, later.poll());
        later.resumeAfter(-7);
        assertEquals(6, later.poll());
        assertEquals(6f, later.peak(0));
    }

    /** The low half of the number lies beside the values; the whole one in the head. */
    @ParameterizedTest
    @ValueSource(longs = {(1L << 31) - 3, (1L << 32) - 3, (1L << 33) - 3, (1L << 62) - 3})
    void numbersWrapWithoutAWindowMissed(final long start) {
        newest(start);
        final MeterWriter late = writer();
        final MeterReader from = reader();
        for (int n = 1; n <= 3; n++) {
            feed(late, window(n));
            feed(late, window(0));
            assertEquals(2, from.poll());
            assertEquals(0, from.missed());
            assertEquals((float) n, from.peak(0));
        }
        assertEquals(start + 6, from.seen());
        from.resumeAfter(start - 500);
        assertEquals(6, from.poll(), "what is not of these windows is not taken for them");
        assertEquals(500, from.missed());
    }

    @Test
    void aSuccessorGoesOnWithTheNextNumber() {
        close(2);
        feed(writer, 0.9f);
        final MeterWriter next = MeterWriter.over(memory.buffer, section, 2 * RATE);
        assertEquals(2 * FRAMES, next.windowFrames());
        assertEquals(2 * FRAMES, reader.windowFrames());
        assertEquals(0.01, reader.windowSeconds());
        feed(next, window(0.5f));
        assertEquals(2, reader.poll());
        feed(next, window(0.5f));
        assertEquals(1, reader.poll());
        assertEquals(0.5f, reader.peak(0), "the window that was not complete is never published");
        assertEquals(3, reader.seen());
    }

    @Test
    void aWindowHasTenMillisecondsButAtLeastOneFrame() {
        for (final double[] rateAndFrames :
                new double[][] {
                    {44_100, 441},
                    {48_000, 480},
                    {11_025, 110},
                    {11_080, 111},
                    {1e6, 10_000},
                    {149, 1},
                    {1, 1},
                    {0, 1},
                    {-5, 1},
                    {Double.NaN, 1},
                    {1e300, Integer.MAX_VALUE}
                }) {
            final MeterWriter of = MeterWriter.over(memory.buffer, section, rateAndFrames[0]);
            assertEquals((int) rateAndFrames[1], of.windowFrames(), "at " + rateAndFrames[0]);
        }
    }

    @Test
    void aLevelHoldsUntilItIsSetAgain() {
        writer.setLevel(1, 0.5f);
        writer.advance(FRAMES);
        reader.poll();
        writer.advance(2 * FRAMES);
        assertEquals(2, reader.poll());
        assertEquals(0.5f, reader.peak(1));
        assertEquals(0, reader.meanSquare(1));
        writer.setLevel(1, 0.25f);
        writer.advance(FRAMES);
        reader.poll();
        assertEquals(0.25f, reader.peak(1), "the level before held for no frame of this window");
        writer.advance(3);
        writer.setLevel(1, 0);
        writer.advance(FRAMES - 3);
        reader.poll();
        assertEquals(0.25f, reader.peak(1), "it held for three frames");
        writer.setLevel(1, -0.75f);
        writer.setLevel(1, 0.125f);
        writer.advance(FRAMES);
        reader.poll();
        assertEquals(0.75f, reader.peak(1), "the highest of those that were set");
        writer.setLevel(1, Float.NaN);
        writer.setLevel(1, 7);
        writer.advance(FRAMES);
        reader.poll();
        assertEquals(7f, reader.peak(1));
        assertEquals(1, reader.notFinite(1));
        assertEquals(0, reader.clips(1));
    }

    /** The writer closes windows between any two loads of the reader. */
    @Test
    void noWindowIsTakenForAnotherWhereverTheWriterOvertakes() {
        boolean interrupted = true;
        int overtaken = 0;
        for (int steps = 0; interrupted; steps++) {
            final Memory of = new Memory();
            final MeterWriter racing = MeterWriter.over(of.buffer, section, RATE);
            feed(racing, window(1));
            final InterruptedBuffer between =
                    new InterruptedBuffer(
                            of.buffer,
                            steps,
                            () -> {
                                for (int n = 0; n < KEPT - 1; n++) {
                                    feed(racing, window(2));
                                }
                                feed(racing, window(1000));
                            });
            final AtomicBuffer buffer = between.buffer();
            final MeterReader slow = MeterReader.over(Loads.over(buffer), section);
            slow.resumeAfter(0);
            final int taken = slow.poll();
            interrupted = between.interrupted();
            final boolean late = slow.seen() > 1;
            assertEquals(slow.seen(), taken + slow.missed(), "step " + steps);
            overtaken += !late && slow.missed() == 1 ? 1 : 0;
            final float peak = slow.peak(0);
            assertTrue(
                    late ? peak == 1000 : peak == (taken == 1 ? 1 : 0) || peak == 1,
                    "step " + steps + ": " + peak);
            if (!late && peak == 1) {
                assertEquals(1, slow.meanSquare(0), "step " + steps);
            }
        }
        assertTrue(overtaken > 2, "it was overtaken " + overtaken + " times");
    }

    @Test
    void aWindowIsPublishedWholeOrNotWhereverItsWriterDied() {
        boolean died = true;
        int deaths = 0;
        for (; died; deaths++) {
            final Memory of = new Memory();
            final MeterReader survivor = MeterReader.over(Loads.over(of.buffer), section);
            died =
                    MortalBuffer.dies(
                            of.buffer,
                            deaths,
                            b -> feed(MeterWriter.over(b, section, RATE), window(0.5f)));
            final int taken = survivor.poll();
            assertEquals(died ? 0 : 1, taken, "death " + deaths);
            assertEquals(died ? 0 : 0.5f, survivor.peak(0), "death " + deaths);
            feed(MeterWriter.over(of.buffer, section, RATE), window(0.25f));
            assertEquals(1, survivor.poll(), "death " + deaths);
            assertEquals(0.25f, survivor.peak(0), "death " + deaths);
            assertEquals(0, survivor.missed(), "death " + deaths);
        }
        assertTrue(deaths > 8, "the test killed " + deaths + " times");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 2, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void aReaderIsBoundedWhateverABrokenWriterHasLeft(final long number) {
        close(3);
        reader.poll();
        newest(number);
        final int taken = reader.poll();
        assertTrue(taken >= 0 && taken <= KEPT, "it gathered " + taken);
        assertEquals(number, reader.seen());
        assertEquals(number - 3 > 0 ? number - 3 : 0, taken + reader.missed());
        assertEquals(0f, reader.peak(0));
    }
}

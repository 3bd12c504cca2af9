// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static dev.patchbay.layout.FieldType.INT64;
import static dev.patchbay.layout.FieldType.UINT64;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The bytes of a section of meters. One writer closes windows of so many frames, of all meters at once, and numbers them from 1
 * on; each meter keeps its last {@value #WINDOWS} windows, so that readers, who never write, can each follow at a pace of their
 * own.
 *
 * <pre>
 *   head
 *     0  newest        uint64   number of the last window that was closed; 0 before the first
 *     8  clock         uint64   63           32 31            0
 *                               +--------------+--------------+
 *                               | frames of a  | sample rate  |
 *                               | window       | as a float   |
 *                               +--------------+--------------+
 *   meter, at each multiple of the stride
 *     0  clips         int64    samples beyond full scale in all windows
 *     8  not_finite    int64    samples that were NaN or infinite in all windows
 *    64  windows       the window of number n at n modulo {@value #WINDOWS}
 *          0  peak         uint64   63           32 31            0
 *                                   +--------------+--------------+
 *          8  mean_square  uint64   | low half of  | the value    |
 *                                   | the number n | as a float   |
 *                                   +--------------+--------------+
 * </pre>
 *
 * <p>A window's word carries the window's number beside the value, so one load tells whether the value is of the window that was
 * looked for, or of a later one that has taken its place. The peak and the mean square are finite and never negative: neither is
 * ever NaN, infinite or negative zero.
 *
 * <p>The window is 10 ms long: a user interface that draws 60 times a second has one or two for each picture, and the
 * {@value #WINDOWS} windows cover 1.28 s, so that a reader which looks once a second misses none. Its length in frames depends on
 * the sample rate, which is not known before a plug-in is activated; therefore the writer sets it, and no declaration does.
 *
 * <p>A meter keeps the mean square and not its root: then the mean over several windows is a mean of these numbers, and no
 * writer needs a square root, for which a C program must be linked with a library.
 */
public final class MeterDescriptor {
    /** How many of its last windows a meter keeps, a power of two. */
    public static final int WINDOWS = 128;

    /** How many windows there are in a second. */
    public static final int WINDOWS_PER_SECOND = 100;

    /** A window of a meter. */
    public static final StructType WINDOW =
            StructType.named("meter_window", "What a meter saw in one window.")
                    .field(
                            UINT64,
                            "peak",
                            "the low half of the window's number above the largest absolute value"
                                    + " as a float")
                    .field(
                            UINT64,
                            "mean_square",
                            "the low half of the window's number above the mean of the squares as"
                                    + " a float")
                    .build();

    /** A meter. */
    public static final StructType METER =
            StructType.named("meter", "A meter's counts and its last windows.")
                    .field(INT64, "clips", "samples beyond full scale in all closed windows")
                    .field(
                            INT64,
                            "not_finite",
                            "samples that were NaN or infinite in all closed windows")
                    .align(64)
                    .structs(WINDOW, "windows", WINDOWS, "by number modulo their count")
                    .build();

    /** What precedes the meters. */
    public static final StructType HEAD =
            StructType.named("meter_head", "How far the meters of a section are.")
                    .field(
                            UINT64,
                            "newest",
                            "number of the last closed window, 0 before the first; with release")
                    .field(
                            UINT64,
                            "clock",
                            "the frames of a window above the sample rate in Hz as a float; 0"
                                    + " before the start")
                    .build();

    private static final int NUMBER_SHIFT = 32;

    private MeterDescriptor() {}

    /**
     * {@return the word that says of which window a value is}
     *
     * @param number the number of the window, of which the low half counts
     * @param value its peak or its mean square
     */
    public static long word(final long number, final float value) {
        return number << NUMBER_SHIFT | Integer.toUnsignedLong(Float.floatToRawIntBits(value));
    }

    /**
     * {@return whether a word is of a window}
     *
     * @param word the peak or the mean square as it was loaded
     * @param number the number of the window, of which the low half counts
     */
    public static boolean isOf(final long word, final long number) {
        return (int) (word >>> NUMBER_SHIFT) == (int) number;
    }

    /**
     * {@return the value in a word}
     *
     * @param word the peak or the mean square as it was loaded
     */
    public static float value(final long word) {
        return Float.intBitsToFloat((int) word);
    }

    /**
     * {@return the word that says how long a window is}
     *
     * @param frames of a window
     * @param sampleRate in Hz
     */
    public static long clock(final int frames, final float sampleRate) {
        return word(frames, sampleRate);
    }

    /**
     * {@return the frames of a window}
     *
     * @param clock the word from the head
     */
    public static int frames(final long clock) {
        return (int) (clock >>> NUMBER_SHIFT);
    }

    /** {@return the numbers by name, for the header} */
    public static Map<String, Integer> constants() {
        final Map<String, Integer> constants = new LinkedHashMap<>();
        constants.put("windows", WINDOWS);
        constants.put("windows_per_second", WINDOWS_PER_SECOND);
        return constants;
    }
}

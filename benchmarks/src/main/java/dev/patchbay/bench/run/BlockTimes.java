// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * When each block was due and when it was there, by CLOCK_MONOTONIC in nanoseconds. {@code block_times} in collector_host.c.
 *
 * @param due when the sound card asked
 * @param there when the host had the last sample
 */
public record BlockTimes(long[] due, long[] there) {
    /** How long a block of 64 frames sounds at 48 kHz: a block that is there later after it was due is missed. */
    public static final long PERIOD_NANOS = 64 * 1_000_000_000L / 48_000;

    /** Columns of a plot over time. */
    static final int COLUMNS = 700;

    /** Parts of the histogram between a power of ten and the next. */
    public static final int BINS_PER_DECADE = 12;

    private static final int DECADES = 6;
    private static final int WORDS = 3;

    static BlockTimes read(final Path file) throws IOException {
        final ByteBuffer bytes =
                ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
        final int count = bytes.remaining() / (WORDS * Long.BYTES);
        final BlockTimes times = new BlockTimes(new long[count], new long[count]);
        for (int i = 0; i < count; i++) {
            times.due[i] = bytes.getLong();
            // When the host began, which differs from the first where the machine was late itself.
            bytes.getLong();
            times.there[i] = bytes.getLong();
        }
        return times;
    }

    int count() {
        return due.length;
    }

    /** How long a block took from when it was due. */
    long nanos(final int block) {
        return there[block] - due[block];
    }

    boolean isMissed(final int block) {
        return nanos(block) > PERIOD_NANOS;
    }

    long misses() {
        long misses = 0;
        for (int i = 0; i < count(); i++) {
            misses += isMissed(i) ? 1 : 0;
        }
        return misses;
    }

    /** The greatest time of each part of the run, in microseconds: a run that is too long to draw each block. */
    List<Double> slowest() {
        final int columns = Math.min(COLUMNS, count());
        final double[] most = new double[columns];
        for (int i = 0; i < count(); i++) {
            final int column = (int) ((long) i * columns / count());
            most[column] = Math.max(most[column], nanos(i) / 1e3);
        }
        return Arrays.stream(most).boxed().toList();
    }

    /** How many blocks took a time within each bin, of which the first begins at a microsecond. */
    List<Double> histogram() {
        final double[] bins = new double[DECADES * BINS_PER_DECADE];
        for (int i = 0; i < count(); i++) {
            final double place = Math.log10(Math.max(1, nanos(i) / 1e3)) * BINS_PER_DECADE;
            bins[Math.min(bins.length - 1, (int) place)]++;
        }
        return Arrays.stream(bins).boxed().toList();
    }

    /** What a part of the blocks does not exceed, in microseconds. */
    double percentile(final double part) {
        final long[] sorted = new long[count()];
        Arrays.setAll(sorted, this::nanos);
        Arrays.sort(sorted);
        return sorted[(int) Math.max(0, Math.ceil(part * sorted.length) - 1)] / 1e3;
    }

    /** The seconds from the first block to an instant. */
    double seconds(final long nanos) {
        return (nanos - due[0]) / 1e9;
    }

    /** The blocks that were missed, by number. */
    List<Integer> missed() {
        final List<Integer> missed = new ArrayList<>();
        for (int i = 0; i < count(); i++) {
            if (isMissed(i)) {
                missed.add(i);
            }
        }
        return missed;
    }
}

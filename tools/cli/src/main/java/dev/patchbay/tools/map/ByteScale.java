// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.map;

import java.util.ArrayList;
import java.util.List;

/** Lengths in bytes to pixels, on a logarithmic scale from the least that a section can have. */
final class ByteScale {
    private static final long LEAST = 64;
    private static final double LABEL = 56;
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB"};

    private final long most;
    private final double from;
    private final double to;

    ByteScale(final long longest, final double from, final double to) {
        this.most = Math.max(longest, 1024);
        this.from = from;
        this.to = to;
    }

    /** A labelled place of the scale. */
    record Tick(double x, String label) {}

    /** The pixel at which a bar of this length ends. */
    double x(final long bytes) {
        return from
                + (to - from) * Math.log((double) bytes / LEAST) / Math.log((double) most / LEAST);
    }

    /** Powers of two, far enough apart for their labels. */
    List<Tick> ticks() {
        final double perDoubling = x(2 * LEAST) - from;
        final int step = (int) Math.ceil(LABEL / perDoubling);
        final List<Tick> ticks = new ArrayList<>();
        for (long bytes = 2 * LEAST; bytes <= most; bytes <<= step) {
            ticks.add(new Tick(x(bytes), label(bytes)));
        }
        return ticks;
    }

    private static String label(final long bytes) {
        int unit = 0;
        long value = bytes;
        while (value >= 1024) {
            value >>= 10;
            unit++;
        }
        return value + " " + UNITS[unit];
    }
}

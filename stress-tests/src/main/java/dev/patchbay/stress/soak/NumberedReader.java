// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.soak;

import dev.patchbay.atomics.BroadcastReader;
import dev.patchbay.atomics.MeterReader;
import dev.patchbay.atomics.ParameterChangesReader;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.MeterDescriptor;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.stress.soak.SoakRegion.Received;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Reads what primitives publish under numbers of their own, and checks that all that is missing was told as missed. soak_numbered.h
 * does the same.
 */
final class NumberedReader {
    private final Journal journal;
    private final Loads loads;
    private final SectionEntry levels;
    private final BroadcastReader news;
    private final MeterReader meters;
    private final ParameterChangesReader changes;
    private final long[] block = new long[SoakRegion.BLOCK_WORDS];
    private final float[] changed = new float[SoakRegion.PARAMETERS];
    private long lastNews;

    NumberedReader(final Region region, final Journal journal, final SplittableRandom random) {
        this.loads = Loads.over(region.buffer());
        this.levels = SoakRegion.section(region, "levels");
        this.journal = journal;
        this.news = BroadcastReader.over(loads, SoakRegion.section(region, "news"));
        this.meters = MeterReader.over(loads, levels);
        this.changes =
                new ParameterChangesReader(region.buffer(), SoakRegion.section(region, "changes"));
        final long seen = journal.get(Lane.NEWS, Received.CHECKED);
        if (random.nextBoolean()) {
            news.seekOldest();
        } else {
            news.seekNewest();
            if (news.position() + 1 < seen) {
                throw new SoakFailure(
                        "NEWS: the newest is " + (news.position() + 1) + " after " + seen);
            }
        }
        // A message at position 0 has number 1.
        lastNews = news.position();
        final long closed = journal.get(Lane.METERS, Received.CHECKED);
        if (meters.seen() < closed) {
            throw new SoakFailure("METERS: the newest is " + meters.seen() + " after " + closed);
        }
        if (changes.transaction() < journal.get(Lane.CHANGES, Received.CHECKED)) {
            throw new SoakFailure(
                    "CHANGES: a successor of the reader finds "
                            + changes.transaction()
                            + " applied, after "
                            + journal.get(Lane.CHANGES, Received.CHECKED));
        }
        // Applied by the predecessor, as it may not have come to note.
        journal.set(Lane.CHANGES, Received.CHECKED, changes.transaction());
    }

    void read(final int limit) {
        readNews(limit);
        readMeters();
        readChanges();
    }

    /** All that comes, and all that is told as lost, add up to the numbers. */
    private void readNews(final int limit) {
        for (int i = 0; i < limit; i++) {
            switch (news.read(block)) {
                case NOTHING -> {
                    return;
                }
                case OVERRUN -> {
                    lastNews += news.lost();
                    missed(Lane.NEWS, news.lost());
                }
                case MESSAGE -> {
                    SoakReader.whole(block, Lane.NEWS, block[0], 0);
                    if (block[0] != ++lastNews) {
                        throw new SoakFailure(
                                "NEWS: message "
                                        + block[0]
                                        + " came where "
                                        + lastNews
                                        + " was due");
                    }
                    journal.set(
                            Lane.NEWS,
                            Received.CHECKED,
                            Math.max(lastNews, journal.get(Lane.NEWS, Received.CHECKED)));
                }
            }
        }
    }

    private void missed(final Lane lane, final long number) {
        if (number < 0) {
            throw new SoakFailure(lane + ": " + number + " were missed");
        }
        journal.set(lane, Received.MISSED, journal.get(lane, Received.MISSED) + number);
    }

    private void readMeters() {
        final long before = meters.seen();
        final int gathered = meters.poll();
        final long newest = meters.seen();
        if (newest < before || gathered + meters.missed() != newest - before) {
            throw new SoakFailure(
                    "METERS: "
                            + gathered
                            + " windows and "
                            + meters.missed()
                            + " missed are not those from "
                            + before
                            + " to "
                            + newest);
        }
        missed(Lane.METERS, meters.missed());
        final long there = Math.min(newest - before, MeterDescriptor.WINDOWS);
        if (gathered < there) {
            checkOverwritten(newest - there, there - gathered);
        }
        for (int meter = 0; meter < SoakRegion.METERS; meter++) {
            checkMeter(meter, newest - there, newest, gathered == there);
        }
        journal.set(Lane.METERS, Received.CHECKED, newest);
    }

    /**
     * So many of the windows behind a number were missed at their end: the writer must have come round to them, a full lap ahead. The
     * number may be seen late.
     */
    private void checkOverwritten(final long after, final long gone) {
        for (int tries = 0; tries < SoakReader.TRIES; tries++) {
            final long newest = MeterReader.over(loads, levels).seen();
            if (newest + 1 >= after + gone + MeterDescriptor.WINDOWS) {
                return;
            }
        }
        throw new SoakFailure(
                "METERS: "
                        + gone
                        + " windows after "
                        + after
                        + " were missed that nothing had overwritten");
    }

    /** Where all of the last windows were gathered, what they hold is known; else, only of whom. */
    private void checkMeter(
            final int meter, final long after, final long newest, final boolean isAll) {
        double sum = 0;
        float peak = 0;
        boolean isOne = meters.peak(meter) == 0;
        for (long number = after + 1; number <= newest; number++) {
            final float level = SoakRegion.level(number, meter);
            peak = Math.max(peak, level);
            isOne |= meters.peak(meter) == level;
            sum += (float) ((double) level * level);
        }
        final double mean = newest == after ? 0 : sum / (newest - after);
        final boolean whole =
                isAll ? meters.peak(meter) == peak && meters.meanSquare(meter) == mean : isOne;
        if (!whole || meters.totalClips(meter) != 0 || meters.totalNotFinite(meter) != 0) {
            throw SoakReader.torn(Lane.METERS, newest);
        }
    }

    /** All of the transactions up to one, whichever copies were passed over. */
    private void readChanges() {
        final long before = changes.transaction();
        Arrays.fill(changed, -1);
        changes.poll((index, value) -> changed[index] = value);
        final long newest = changes.transaction();
        if (newest < before) {
            throw new SoakFailure("CHANGES: went back from " + before + " to " + newest);
        }
        for (int i = 0; i < changed.length; i++) {
            final long set = SoakRegion.setBy(newest, i);
            if (changed[i] != (set > before ? SoakRegion.level(set, i) : -1)) {
                throw SoakReader.torn(Lane.CHANGES, newest);
            }
        }
        journal.set(Lane.CHANGES, Received.CHECKED, newest);
    }
}

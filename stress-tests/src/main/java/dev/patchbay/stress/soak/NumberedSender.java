// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.soak;

import dev.patchbay.atomics.BroadcastWriter;
import dev.patchbay.atomics.MeterReader;
import dev.patchbay.atomics.MeterWriter;
import dev.patchbay.atomics.ParameterChangesWriter;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.SectionEntry;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Sends by the primitives that number what they publish, so that a successor goes on behind what it finds. soak_numbered.h does the
 * same.
 */
final class NumberedSender {
    private final BroadcastWriter news;
    private final MeterReader closed;
    private final MeterWriter meters;
    private final ParameterChangesWriter changes;
    private final long[] block = new long[SoakRegion.BLOCK_WORDS];
    private final float[][] samples = new float[SoakRegion.METERS][1];

    NumberedSender(final Region region) {
        final AtomicBuffer buffer = region.buffer();
        final SectionEntry levels = SoakRegion.section(region, "levels");
        this.news = BroadcastWriter.over(buffer, SoakRegion.section(region, "news"));
        this.closed = MeterReader.over(Loads.over(buffer), levels);
        this.meters = MeterWriter.over(buffer, levels, SoakRegion.METER_RATE);
        this.changes = new ParameterChangesWriter(buffer, SoakRegion.section(region, "changes"));
    }

    /** How many were sent, as the primitive tells a writer that starts. */
    long found(final Lane lane) {
        return switch (lane) {
            case NEWS -> news.position();
            case METERS -> closed.seen();
            default -> changes.transaction();
        };
    }

    void send(final Lane lane, final long number) {
        switch (lane) {
            case NEWS -> {
                fillBlock(block, SoakRegion.WRITER.code(), number, 0);
                news.write(block);
            }
            case METERS -> {
                for (int meter = 0; meter < samples.length; meter++) {
                    // Every other is negative: the peak is the absolute value.
                    final float level = SoakRegion.level(number, meter);
                    samples[meter][0] = (meter & 1) == 0 ? level : -level;
                }
                meters.addBlock(samples, 0, 1);
            }
            default -> {
                for (int i = 0; i < SoakRegion.PARAMETERS; i++) {
                    if (SoakRegion.setBy(number, i) == number) {
                        changes.set(i, SoakRegion.level(number, i));
                    }
                }
                changes.publish();
            }
        }
    }

    /** The so manieth block of a number. */
    static void fillBlock(
            final long[] block, final int producer, final long number, final int which) {
        block[0] = number;
        for (int w = 1; w < block.length; w++) {
            block[w] = SoakRegion.word(producer, number, which * block.length + w);
        }
    }
}

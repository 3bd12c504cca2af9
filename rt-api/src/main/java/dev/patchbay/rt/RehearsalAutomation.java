// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.FloatField;
import dev.patchbay.atomics.IntegerField;
import dev.patchbay.atomics.Snapshot;
import dev.patchbay.atomics.StructCopy;
import dev.patchbay.eventqueue.automation.AutomationWriter;
import dev.patchbay.eventqueue.automation.HandsWriter;
import dev.patchbay.eventqueue.automation.LaneEntry;
import dev.patchbay.eventqueue.automation.PointEntry;
import dev.patchbay.layout.AutomationBase;
import dev.patchbay.layout.AutomationShape;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardRegion.HandFlag;
import dev.patchbay.layout.StandardStructs;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.AtomicBuffer;

/**
 * The part of a rehearsal that concerns automation: a song that plays, stops, jumps and goes round, lanes of every base and shape with and
 * without a loop, and hands that come and go.
 */
final class RehearsalAutomation {
    private static final double SECONDS = 4;

    /** The mean lengths of what the song does. */
    private static final int PLAYING_BLOCKS = 16;

    private static final int STANDING_BLOCKS = 112;

    private final AutomationWriter writer;
    private final HandsWriter hands;
    private final Snapshot transport;
    private final StructCopy song = new StructCopy(StandardStructs.TRANSPORT);
    private final IntegerField samples = song.integer("position_samples");
    private final FloatField quarters = song.floating("position_quarters");
    private final IntegerField plays = song.integer("playing");
    private final SplittableRandom random;
    private final double sampleRate;
    private final int parameters;
    private final List<LaneEntry> lanes = new ArrayList<>();
    private long position;
    private boolean playing;

    RehearsalAutomation(
            final AtomicBuffer copy,
            final Sections sections,
            final double sampleRate,
            final SplittableRandom random) {
        this.writer = new AutomationWriter(copy, sections.get(StandardRegion.AUTOMATION));
        this.hands = new HandsWriter(copy, sections.get(StandardRegion.AUTOMATION_HANDS));
        this.transport = Snapshot.over(copy, sections.get(StandardRegion.TRANSPORT));
        this.sampleRate = sampleRate;
        this.random = random;
        this.parameters = sections.parameters().size();
        song.floating("tempo").set(120);
        song.floating("sample_rate").set(sampleRate);
        // Some parameters stay the host's.
        for (int i = 0; i < Math.min(parameters, 8) && room(i); i += 2) {
            lanes.add(lane(i));
        }
    }

    private boolean room(final int lane) {
        return (lane / 2 + 1) * 65 <= writer.capacity();
    }

    private LaneEntry lane(final int parameter) {
        final List<PointEntry> points = new ArrayList<>();
        // The song is as often before the first and behind the last point as between them: what is
        // called from a place that is seldom reached is compiled by itself, and late.
        for (int i = 0; i < 64; i++) {
            points.add(
                    new PointEntry(
                            SECONDS / 4 + i * SECONDS / 128,
                            (i * 7 + parameter) % 11 / 10f,
                            AutomationShape.values()[(i + parameter / 2) % 3],
                            i % 9 - 4));
        }
        final AutomationBase base = AutomationBase.values()[parameter / 2 % 2];
        return new LaneEntry(parameter, base, parameter % 4 == 0 ? 0 : SECONDS / 2, points);
    }

    /**
     * What host and control may do between two blocks.
     *
     * @param frames of the next block
     * @param often whether the song plays in half of the blocks, else in an eighth of them: it splits blocks, and a module's time is not to
     *     be spent on it
     */
    void between(final int frames, final boolean often) {
        if (random.nextInt(playing || often ? PLAYING_BLOCKS : STANDING_BLOCKS) == 0) {
            playing = !playing;
        }
        switch (random.nextInt(32)) {
            case 0 -> position = random.nextInt((int) (SECONDS * sampleRate));
            case 1 -> writer.publish(random.nextInt(4) == 0 ? List.of() : lanes);
            case 2, 3 -> hold();
            default -> {
                // The song goes on.
            }
        }
        samples.set(position);
        quarters.set(position / sampleRate * 2);
        plays.set(playing ? 1 : 0);
        transport.write(song);
        position = playing ? (position + frames) % (long) (SECONDS * sampleRate) : position;
    }

    private void hold() {
        if (parameters > 0) {
            final int all = HandFlag.HELD | HandFlag.RECORDED | HandFlag.SECONDS;
            hands.set(random.nextInt(parameters), random.nextInt(all + 1));
            hands.publish();
        }
    }
}

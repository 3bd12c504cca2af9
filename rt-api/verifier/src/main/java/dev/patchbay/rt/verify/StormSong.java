// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import dev.patchbay.atomics.StructCopy;
import dev.patchbay.eventqueue.automation.LaneEntry;
import dev.patchbay.eventqueue.automation.PointEntry;
import dev.patchbay.layout.AutomationBase;
import dev.patchbay.layout.AutomationShape;
import dev.patchbay.layout.StandardRegion.HandFlag;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.rt.BridgeSide;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The part of a storm that concerns the host's song: it plays, stops, jumps and changes its tempo, every second parameter has a lane, and hands
 * come and go. What happens before a block depends on the storm's seed and the block's number alone.
 */
final class StormSong {
    private static final double RATE = 48_000;
    private static final double SECONDS = 2;
    private static final int POINTS = 100;

    /** So many blocks have automation, and as many after them none. */
    private static final int BLOCKS = 700;

    private final BridgeSide bridge;
    private final int parameters;
    private final StructCopy song = new StructCopy(StandardStructs.TRANSPORT);
    private final List<LaneEntry> lanes = new ArrayList<>();
    private long position;
    private boolean playing;
    private double tempo = 120;

    StormSong(final BridgeSide bridge, final int parameters) {
        this.bridge = bridge;
        this.parameters = parameters;
        for (int i = 0; i < parameters; i += 2) {
            if ((lanes.size() + 1) * (POINTS + 1) <= bridge.automation().capacity()) {
                lanes.add(lane(i));
            }
        }
    }

    private static LaneEntry lane(final int parameter) {
        final List<PointEntry> points = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            points.add(
                    new PointEntry(
                            i / 2 * 2 * SECONDS / POINTS,
                            (i * 13 + parameter) % 17 / 16f,
                            AutomationShape.values()[i % 3],
                            i % 41 - 20));
        }
        return new LaneEntry(
                parameter,
                AutomationBase.values()[parameter / 2 % 2],
                parameter % 3 == 0 ? SECONDS / 7 : 0,
                points);
    }

    /** What happens before a block. */
    void before(final Storm.Block block) {
        final SplittableRandom random = new SplittableRandom(block.inputSeed());
        if (block.number() % BLOCKS == 0) {
            bridge.automation()
                    .publish(block.number() / BLOCKS % 2 == 0 ? lanes : List.<LaneEntry>of());
        }
        switch (random.nextInt(40)) {
            case 0 -> playing = !playing;
            case 1 -> position = random.nextLong(-100_000, (long) (2 * SECONDS * RATE));
            case 2 -> {
                if (parameters > 0) {
                    final int all = HandFlag.HELD | HandFlag.RECORDED | HandFlag.SECONDS;
                    bridge.hands().set(random.nextInt(parameters), random.nextInt(all + 1));
                    bridge.hands().publish();
                }
            }
            default -> {
                // The song goes on.
            }
        }
        tempo = Double.isNaN(block.tempo()) ? tempo : block.tempo();
        song.integer("position_samples").set(position);
        song.floating("position_quarters").set(position / RATE * tempo / 60);
        song.floating("tempo").set(tempo);
        song.floating("sample_rate").set(RATE);
        song.integer("playing").set(playing ? 1 : 0);
        bridge.transport().write(song);
        position += playing ? block.frames() : 0;
    }
}

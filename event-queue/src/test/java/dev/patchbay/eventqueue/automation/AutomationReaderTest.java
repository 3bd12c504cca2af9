// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue.automation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.AutomationBase;
import dev.patchbay.layout.AutomationShape;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion.HandFlag;
import dev.patchbay.layout.StandardStructs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutomationReaderTest {
    private static final int PARAMETERS = 5;
    private static final int CAPACITY = 10_100;
    private static final RegionDeclaration DECLARATION =
            RegionDeclaration.named("lanes")
                    .tripleBuffer(
                            "automation",
                            "how parameters move",
                            Role.CONTROL,
                            Role.RT,
                            StandardStructs.AUTOMATION_ENTRY,
                            CAPACITY)
                    .tripleBuffer(
                            "hands",
                            "what hands do",
                            Role.CONTROL,
                            Role.RT,
                            StandardStructs.AUTOMATION_HAND,
                            PARAMETERS)
                    .build();

    @TempDir private Path folder;
    private Region region;
    private SectionEntry section;
    private AutomationWriter writer;
    private AutomationReader reader;

    @BeforeEach
    void open() {
        region = Region.create(folder.resolve("region"), new RegionImage(DECLARATION));
        section = region.section(DECLARATION.section("automation"));
        writer = new AutomationWriter(region.buffer(), section);
        reader = new AutomationReader(region.buffer(), section, PARAMETERS);
        reader.refresh();
    }

    @AfterEach
    void close() {
        region.close();
    }

    private static PointEntry point(final double time, final double value) {
        return new PointEntry(time, (float) value, AutomationShape.LINEAR, 0);
    }

    private static LaneEntry lane(final double loop, final PointEntry... points) {
        return new LaneEntry(2, AutomationBase.QUARTERS, loop, List.of(points));
    }

    private void play(final LaneEntry... lanes) {
        writer.publish(List.of(lanes));
        assertTrue(reader.refresh());
    }

    private float at(final double time) {
        reader.move(0, time, 0.005);
        return reader.value(0, 0);
    }

    /** By the definition alone: every point is looked at. */
    private static float expected(final LaneEntry lane, final double time, final double half) {
        double reach = time + half;
        if (lane.loop() > 0) {
            reach -= Math.floor(reach / lane.loop()) * lane.loop();
        }
        final List<PointEntry> points = lane.points();
        int last = -1;
        for (int i = 0; i < points.size(); i++) {
            last = points.get(i).time() <= reach ? i : last;
        }
        if (last < 0) {
            return points.get(0).value();
        }
        final PointEntry from = points.get(last);
        if (last == points.size() - 1 || from.shape() == AutomationShape.HOLD) {
            return from.value();
        }
        final PointEntry to = points.get(last + 1);
        final double x = (reach - half - from.time()) / (to.time() - from.time());
        final double c = from.curve();
        final double inside = Math.max(0, Math.min(1, x));
        final double part =
                from.shape() == AutomationShape.LINEAR || c == 0
                        ? inside
                        : Math.expm1(c * inside) / Math.expm1(c);
        return (float) (from.value() + part * (to.value() - from.value()));
    }

    static LaneEntry random(final Random r, final int parameter, final int count) {
        final List<PointEntry> points = new ArrayList<>();
        double time = r.nextInt(5) - 2;
        for (int i = 0; i < count; i++) {
            time += r.nextInt(4) == 0 ? 0 : r.nextDouble() * 2;
            points.add(
                    new PointEntry(
                            time,
                            r.nextInt(6) / 5f,
                            AutomationShape.values()[r.nextInt(3)],
                            r.nextInt(3) == 0 ? 0 : (float) (r.nextDouble() * 40 - 20)));
        }
        final double loop = r.nextBoolean() ? 0 : 0.1 + r.nextDouble() * count;
        return new LaneEntry(parameter, AutomationBase.values()[r.nextInt(2)], loop, points);
    }

    @Test
    void aLaneHasTheValueThatItsPointsAndShapesSay() {
        play(
                lane(
                        0,
                        point(1, 0.5),
                        point(2, 1),
                        new PointEntry(4, 0.25f, AutomationShape.HOLD, 0),
                        new PointEntry(5, 0f, AutomationShape.CURVE, (float) Math.log(4)),
                        point(6, 0.75)));
        assertEquals(0.5f, at(-100), "before the first point");
        assertEquals(0.75f, at(1.5));
        assertEquals(1f, at(2));
        assertEquals(1f, at(1.996), "the nearest frame to a point has its value");
        assertTrue(reader.isMoving(0));
        assertEquals(0.625f, at(3));
        assertEquals(0.8125f, reader.value(0, 0.5), "half a quarter note before");
        assertEquals(1f, reader.value(0, 9), "not before the last point");
        assertEquals(0.25f, at(4.5), "it is held");
        assertFalse(reader.isMoving(0));
        assertEquals(0.5 - 0.005, reader.untilNext(0), 1e-12);
        assertEquals(0.25f, at(5.5), 1e-7f, "half the time is a third of the way");
        assertEquals(0.75f, at(1e9), "after the last point");
        assertEquals(Double.POSITIVE_INFINITY, reader.untilNext(0));
        assertEquals(0.75f, at(1.5), "back again");
    }

    @Test
    void aLoopBeginsAnewAlsoBeforeTheSong() {
        play(lane(4, point(0, 0), point(4, 1), point(9, 0.5)));
        for (final double turn : new double[] {-8, -4, 0, 4, 4_000_000}) {
            assertEquals(0f, at(turn), 1e-7f);
            assertEquals(0.25f, at(turn + 1), 1e-7f);
            assertEquals(0.75f, at(turn + 3), 1e-7f);
            assertEquals(1 - 0.005, reader.untilNext(0), 1e-8, "the end is the next thing");
        }
    }

    @Test
    void ofPointsAtOneTimeTheFirstEndsTheWayAndTheLastBeginsTheNext() {
        play(lane(0, point(0, 0), point(1, 1), point(1, 0.3), point(1, 0.5), point(2, 0.5)));
        assertEquals(0.98f, at(0.98), 1e-6f);
        assertEquals(0.5f, at(1));
        assertEquals(0.5f, at(1.5));
        assertFalse(reader.isMoving(0));
    }

    @Test
    void randomLanesAreReadAsDefinedWhereverOneJumps() {
        final long seed = System.nanoTime();
        System.out.println("AutomationReaderTest: seed " + seed);
        final Random r = new Random(seed);
        for (int round = 0; round < 200; round++) {
            final LaneEntry one = random(r, 3, 1 + r.nextInt(60));
            final LaneEntry other = random(r, 1, 1 + r.nextInt(3));
            play(one, other);
            double time = r.nextDouble() * 100 - 20;
            for (int i = 0; i < 200; i++) {
                time += r.nextInt(20) == 0 ? r.nextDouble() * 200 - 100 : r.nextDouble() / 10;
                final double half = 1 / 8192.0;
                for (int lane = 0; lane < 2; lane++) {
                    final LaneEntry which = lane == 0 ? one : other;
                    reader.move(lane, time, half);
                    assertEquals(
                            expected(which, time, half),
                            reader.value(lane, 0),
                            1e-6f,
                            "time " + time + ", seed " + seed);
                    assertTrue(reader.untilNext(lane) > 0, "seed " + seed);
                }
            }
        }
    }

    @Test
    void whatIsOutOfItsRangeIsRefusedAndTheLastAutomationStays() {
        play(lane(0, point(0, 0.25)));
        final List<List<LaneEntry>> wrong =
                List.of(
                        List.of(lane(0)),
                        List.of(lane(-1, point(0, 0))),
                        List.of(lane(Double.NaN, point(0, 0))),
                        List.of(lane(0, point(Double.NaN, 0))),
                        List.of(lane(0, point(0, 1.1))),
                        List.of(lane(0, point(1, 0), point(0, 0))),
                        List.of(lane(0, new PointEntry(0, 0, AutomationShape.CURVE, 21))),
                        List.of(lane(0, point(0, 0)), lane(0, point(0, 1))),
                        List.of(random(new Random(1), 0, CAPACITY)));
        for (final List<LaneEntry> lanes : wrong) {
            final String message =
                    assertThrows(IllegalArgumentException.class, () -> writer.publish(lanes))
                            .getMessage();
            assertTrue(message.contains("the last automation stays in use"), message);
        }
        reader.refresh();
        assertEquals(0.25f, at(0));
    }

    @Test
    void aReaderThatTakesOverHasWhatWasPublishedLast() {
        play(lane(0, point(0, 0.25)));
        final AutomationReader next = new AutomationReader(region.buffer(), section, PARAMETERS);
        assertTrue(next.refresh());
        assertEquals(1, next.lanes());
        assertEquals(0, next.laneOf(2));
        assertEquals(AutomationReader.NONE, next.laneOf(99));
    }

    @Test
    void whateverStandsInTheTableNothingBesideItIsRead() {
        final long seed = System.nanoTime();
        System.out.println("AutomationReaderTest: seed " + seed);
        final Random r = new Random(seed);
        for (int round = 0; round < 300; round++) {
            // All three copies, so that it does not matter which one the reader has.
            final int start = section.elementOffset(0);
            for (int i = 0; i < 3 * section.copyStride() / 64; i += 8) {
                region.buffer().putLong(start + i, r.nextInt(3) == 0 ? r.nextInt(9) : r.nextLong());
            }
            for (int copy = 0; copy < 3; copy++) {
                region.buffer()
                        .putInt(
                                start + copy * section.copyStride() + AutomationTable.COUNT,
                                r.nextInt());
            }
            reader.forget();
            reader.refresh();
            for (int lane = 0; lane < reader.lanes(); lane++) {
                for (int i = 0; i < 50; i++) {
                    reader.move(lane, r.nextDouble() * 10, 0.001);
                    reader.value(lane, 0);
                    reader.isMoving(lane);
                    reader.untilNext(lane);
                }
            }
        }
    }

    @Test
    void whatControlSaysOfHandsCountsWhileItLives() {
        final SectionEntry hands = region.section(DECLARATION.section("hands"));
        final HandsWriter control = new HandsWriter(region.buffer(), hands);
        final HandsReader engine = new HandsReader(region.buffer(), hands, PARAMETERS);
        assertTrue(engine.refresh(0));
        assertEquals(0, engine.count());
        assertTrue(control.set(3, HandFlag.HELD));
        assertFalse(control.set(3, HandFlag.HELD), "that is nothing new");
        assertFalse(engine.refresh(0), "it is not published yet");
        control.publish();
        assertTrue(engine.refresh(1));
        assertEquals(HandFlag.HELD, engine.flags(3));
        assertEquals(3, engine.marked(0));
        assertTrue(engine.refresh((int) ProcessHandle.current().pid()), "it has ended");
        assertEquals(0, engine.flags(3));
        assertEquals(0, engine.count());
    }
}

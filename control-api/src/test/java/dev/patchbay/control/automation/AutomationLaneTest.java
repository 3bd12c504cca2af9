// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.automation;

import static dev.patchbay.control.automation.AutomationPoint.curve;
import static dev.patchbay.control.automation.AutomationPoint.hold;
import static dev.patchbay.control.automation.AutomationPoint.linear;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AutomationLaneTest {
    private static final double NEAR = 1e-9;

    private static Random seeded(final String what) {
        final long seed = System.nanoTime();
        System.out.println("AutomationLaneTest." + what + ": seed " + seed);
        return new Random(seed);
    }

    @Test
    void aWayGoesAsItsShapeSays() {
        final AutomationLane lane =
                Lanes.of(linear(0, 0), hold(2, 1), curve(4, 0, Math.log(4)), linear(6, 0.9));
        assertEquals(0, lane.value(-5));
        assertEquals(0.5, lane.value(1));
        assertEquals(1, lane.value(3.999));
        assertEquals(0.3, lane.value(5), NEAR);
        assertEquals(0.9, lane.value(1000));
        assertEquals(0.5, lane.loop(2).value(-1), "a loop is there before the song, too");
        assertThrows(IllegalStateException.class, () -> Lanes.of().value(0));
    }

    @Test
    void atOneTimeThereAreTwoPointsAtMost() {
        final AutomationLane lane =
                Lanes.of(linear(1, 0.5), linear(0, 0), linear(1, 0.2), linear(1, 0.9));
        assertEquals(List.of(linear(0, 0), linear(1, 0.5), linear(1, 0.9)), lane.points());
        assertEquals(
                List.of(linear(0, 0), linear(1, 0.5), hold(1, 0.1)),
                lane.with(hold(1, 0.1)).points());
        assertEquals(
                List.of(linear(0, 0), hold(1, 0.5)),
                lane.with(hold(1, 0.5)).points(),
                "no jump, one point");
    }

    @Test
    void aPointMovesNoFurtherThanToItsNeighbours() {
        final AutomationLane lane = Lanes.of(linear(0, 0), curve(1, 0.5, 2), linear(3, 1));
        assertEquals(curve(2, 0.25, 2), lane.move(1, 2, 0.25).points().get(1));
        assertEquals(3, lane.move(1, 99, 0.25).points().get(1).time());
        assertEquals(0, lane.move(1, -1, 0.25).points().get(1).time());
        assertEquals(-50, lane.move(0, -50, 0.25).points().get(0).time());
        assertThrows(IllegalArgumentException.class, () -> lane.move(1, 2, 1.5));
        assertEquals(List.of(linear(0, 0), linear(3, 1)), lane.without(1).points());
    }

    @Test
    void whatIsReplacedClearedOrPastedChangesNothingOutside() {
        final Random r = seeded("outside");
        for (int round = 0; round < 1_000; round++) {
            final AutomationLane lane = Lanes.random(r, 1).loop(0);
            if (lane.points().isEmpty()) {
                continue;
            }
            final double from = r.nextInt(3) == 0 ? timeOfAPoint(lane, r) : r.nextDouble() * 20 - 5;
            final double to =
                    r.nextInt(3) == 0
                            ? Math.max(from, timeOfAPoint(lane, r))
                            : from + r.nextDouble() * 10;
            final AutomationLane other = Lanes.random(r, 2).loop(0);
            final AutomationClip clip = other.copy(from, to);
            final List<AutomationLane> edited =
                    List.of(
                            lane.clear(from, to),
                            lane.paste(from, clip),
                            lane.replace(from, to, List.of(hold(from, 0.3), linear(to, 0.7))));
            for (int i = 0; i < 50; i++) {
                final double before = from - r.nextDouble() * 8 - 1e-9;
                final double after = to + r.nextDouble() * 8;
                for (final AutomationLane one : edited) {
                    final Supplier<String> what =
                            () -> lane + " from " + from + " to " + to + " is " + one;
                    assertEquals(lane.value(before), one.value(before), 1e-6, what);
                    assertEquals(lane.value(after), one.value(after), 1e-6, what);
                }
                if (!clip.points().isEmpty() && to > from) {
                    final double within = from + r.nextDouble() * (to - from) * 0.999;
                    assertEquals(other.value(within), edited.get(1).value(within), 1e-6, "a copy");
                }
            }
        }
    }

    private static double timeOfAPoint(final AutomationLane lane, final Random r) {
        return lane.points().get(r.nextInt(lane.points().size())).time();
    }

    @Test
    void whatIsCutIsPastedElsewhere() {
        final AutomationLane lane = Lanes.of(linear(0, 0), linear(4, 1));
        final AutomationClip clip = lane.copy(1, 3);
        assertEquals(List.of(linear(0, 0.25), linear(2, 0.75)), clip.points());
        final AutomationLane moved = lane.clear(1, 3).paste(10, clip);
        assertEquals(0.5, moved.value(2), NEAR);
        assertEquals(1, moved.value(9.999));
        assertEquals(0.5, moved.value(11), NEAR);
        assertEquals(1, moved.value(12), "as before the paste");
        assertThrows(IllegalArgumentException.class, () -> lane.copy(3, 1));
        assertThrows(IllegalArgumentException.class, () -> lane.clear(Double.NaN, 1));
    }

    @Test
    void aGridTakesThePointsThatAreNearest() {
        final AutomationLane lane =
                Lanes.of(linear(0.1, 0), linear(0.9, 0.5), linear(1.1, 1), linear(2.4, 0));
        assertEquals(
                List.of(linear(0, 0), linear(1, 0.5), linear(1, 1), linear(2.5, 0)),
                lane.quantise(0.5).points());
        assertThrows(IllegalArgumentException.class, () -> lane.quantise(0));
    }

    @Test
    void thinningKeepsEveryPointWithinTheErrorOfWhatRemains() {
        final Random r = seeded("thinning");
        int before = 0;
        int after = 0;
        for (int round = 0; round < 300; round++) {
            final List<AutomationPoint> points = new ArrayList<>();
            double time = 0;
            double value = 0.5;
            final double liveliness = Math.pow(10, -3 * r.nextDouble());
            for (int i = 1 + r.nextInt(500); i > 0; i--) {
                value = Math.max(0, Math.min(1, value + (r.nextDouble() - 0.5) * liveliness));
                points.add(linear(time, value));
                if (r.nextInt(20) == 0) {
                    value = r.nextDouble();
                    points.add(linear(time, value));
                }
                time += r.nextDouble() / 10 + 1e-6;
            }
            final double error = r.nextInt(5) == 0 ? 0 : Math.pow(10, -4 * r.nextDouble());
            final List<AutomationPoint> thin = Thinning.thin(points, error);
            before += points.size();
            after += thin.size();
            assertTrue(points.containsAll(thin));
            final AutomationLane lane = Lanes.of(thin.toArray(AutomationPoint[]::new));
            for (int i = 0; i < points.size(); i++) {
                final AutomationPoint point = points.get(i);
                final boolean jumps =
                        i + 1 < points.size() && points.get(i + 1).time() == point.time();
                final double heard =
                        jumps ? lane.value(Math.nextDown(point.time())) : lane.value(point.time());
                assertEquals(point.value(), heard, error + 1e-6, "point " + i);
            }
        }
        assertTrue(after < before, after + " of " + before);
        final List<AutomationPoint> line = new ArrayList<>();
        for (int i = 0; i <= 1000; i++) {
            line.add(linear(i / 1000.0, i / 1000.0));
        }
        assertEquals(List.of(linear(0, 0), linear(1, 1)), Thinning.thin(line, 1e-9));
    }
}

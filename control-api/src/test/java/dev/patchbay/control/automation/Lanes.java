// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.automation;

import dev.patchbay.layout.AutomationBase;
import dev.patchbay.layout.AutomationShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Lanes for tests. */
final class Lanes {
    private Lanes() {}

    static AutomationLane of(final AutomationPoint... points) {
        return new AutomationLane(7, AutomationBase.QUARTERS, 0, true, List.of(points));
    }

    static AutomationLane random(final Random r, final int parameter) {
        final List<AutomationPoint> points = new ArrayList<>();
        final int count = r.nextInt(30);
        double time = r.nextInt(9) - 4;
        for (int i = 0; i < count; i++) {
            time += r.nextInt(4) == 0 ? 0 : r.nextDouble();
            final AutomationShape shape = AutomationShape.values()[r.nextInt(3)];
            final double curve =
                    shape == AutomationShape.CURVE && r.nextInt(4) > 0
                            ? r.nextDouble() * 40 - 20
                            : 0;
            points.add(new AutomationPoint(time, r.nextInt(5) / 4.0, shape, curve));
        }
        return new AutomationLane(
                parameter,
                AutomationBase.values()[r.nextInt(2)],
                r.nextInt(3) == 0 ? 1 + r.nextInt(9) : 0,
                r.nextInt(5) > 0,
                points);
    }

    static Automation random(final Random r) {
        Automation all = Automation.EMPTY;
        for (int i = r.nextInt(6); i > 0; i--) {
            all = all.with(random(r, r.nextInt(1 << 30)));
        }
        return all;
    }
}

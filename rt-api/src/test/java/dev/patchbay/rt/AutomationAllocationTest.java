// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.patchbay.eventqueue.automation.AutomationReader;
import dev.patchbay.eventqueue.automation.AutomationWriter;
import dev.patchbay.eventqueue.automation.LaneEntry;
import dev.patchbay.eventqueue.automation.PointEntry;
import dev.patchbay.layout.AutomationBase;
import dev.patchbay.layout.AutomationShape;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutomationAllocationTest {
    @TempDir private Path folder;

    @Test
    void takingAndPlayingTenThousandPointsAllocatesNothing() {
        final Random r = new Random(7);
        final List<PointEntry> points = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            points.add(
                    new PointEntry(i, r.nextFloat(), AutomationShape.values()[i % 3], i % 41 - 20));
        }
        final List<LaneEntry> lanes = List.of(new LaneEntry(4, AutomationBase.QUARTERS, 0, points));
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = 0;
        float sum = 0;
        try (Region region =
                Region.create(
                        folder.resolve("region"), new RegionImage(StandardRegion.prebuilt()))) {
            final SectionEntry section =
                    region.section(StandardRegion.prebuilt().section(StandardRegion.AUTOMATION));
            final AutomationWriter writer = new AutomationWriter(region.buffer(), section);
            final AutomationReader reader = new AutomationReader(region.buffer(), section, 8);
            for (int round = 0; round < 30; round++) {
                writer.publish(lanes);
                final long before = threads.getCurrentThreadAllocatedBytes();
                reader.refresh();
                for (int i = 0; i < 5_000; i++) {
                    reader.move(0, i % 50 == 0 ? r.nextInt(10_000) : i, 0.01);
                    sum += reader.value(0, 0) + (reader.isMoving(0) ? 1 : 0);
                    sum += reader.untilNext(0) > 1 ? 1 : 0;
                }
                allocated = threads.getCurrentThreadAllocatedBytes() - before;
            }
        }
        assertEquals(0, allocated, "bytes in the last round");
        assertTrue(sum > 0);
    }
}

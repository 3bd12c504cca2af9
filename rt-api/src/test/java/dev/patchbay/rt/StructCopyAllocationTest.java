// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import dev.patchbay.atomics.FloatField;
import dev.patchbay.atomics.IntegerField;
import dev.patchbay.atomics.StructCopy;
import dev.patchbay.layout.StandardStructs;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class StructCopyAllocationTest {
    private final StructCopy copy = new StructCopy(StandardStructs.TRANSPORT);

    @Test
    void usingAFieldAllocatesNothing() {
        final IntegerField number = copy.integer("position_samples");
        final FloatField fraction = copy.floating("tempo");
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        double sum = 0;
        for (int round = 0; round < 20; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1000; i++) {
                number.set(i);
                fraction.set(i);
                sum += number.get() + fraction.get();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(20 * 999_000.0, sum);
        assertEquals(0, least);
    }
}

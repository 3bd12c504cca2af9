// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CellsTest {
    private final Memory memory = new Memory();

    @Test
    void floatsKeepEveryBitAndTheirPlace() {
        final SectionEntry section = memory.section(StandardRegion.PARAMETERS);
        final FloatCells cells = FloatCells.over(memory.buffer, section);
        assertEquals(70, cells.count());
        final int payload = 0x7FC12345;
        cells.setRelease(69, Float.intBitsToFloat(payload));
        cells.setRelease(68, -0f);
        assertEquals(payload, Float.floatToRawIntBits(cells.getAcquire(69)));
        assertEquals(payload, memory.buffer.getInt(section.elementOffset(69)));
        assertEquals(Integer.MIN_VALUE, memory.buffer.getInt(section.elementOffset(68)));
        assertEquals(0f, cells.getAcquire(67));
    }

    @Test
    void integersKeepTheirPlace() {
        final SectionEntry section = memory.section(StandardRegion.VOICE_STATES);
        final IntCells cells = IntCells.over(memory.buffer, section);
        assertEquals(4, cells.count());
        cells.setRelease(3, -7);
        assertEquals(-7, cells.getAcquire(3));
        assertEquals(-7, memory.buffer.getInt(section.elementOffset(3)));
        assertEquals(0, cells.getAcquire(2));
    }

    @Test
    void countersAddAndRise() {
        final SectionEntry section = memory.section(StandardRegion.RT_COUNTERS);
        final Counters counters = Counters.over(memory.buffer, section);
        counters.add(1, 3);
        counters.add(1, 4);
        counters.max(2, 10);
        counters.max(2, 5);
        counters.setRelease(3, -1);
        counters.max(3, -2);
        assertEquals(0, counters.getAcquire(0));
        assertEquals(7, counters.getAcquire(1));
        assertEquals(10, counters.getAcquire(2));
        assertEquals(-1, counters.getAcquire(3));
        assertEquals(7, memory.buffer.getLong(section.elementOffset(1)));
    }

    @Test
    void betweenThreadsWhatWasStoredBeforeAReleaseIsSeen() throws Exception {
        final FloatCells cells =
                FloatCells.over(memory.buffer, memory.section(StandardRegion.PARAMETERS));
        final IntCells plain =
                IntCells.over(memory.buffer, memory.section(StandardRegion.VOICE_STATES));
        final int last = 1_000_000;
        final CompletableFuture<Void> writing =
                CompletableFuture.runAsync(
                        () -> {
                            for (int n = 1; n <= last; n++) {
                                plain.setRelease(0, n);
                                cells.setRelease(0, n);
                            }
                        });
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        float seen = 0;
        while (seen < last) {
            assertTrue(System.nanoTime() < deadline, "stopped at " + seen);
            seen = cells.getAcquire(0);
            assertTrue(plain.getAcquire(0) >= seen);
        }
        writing.get(10, TimeUnit.SECONDS);
    }
}

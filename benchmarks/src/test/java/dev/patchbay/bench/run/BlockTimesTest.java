// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockTimesTest {
    private static final long PERIOD = BlockTimes.PERIOD_NANOS;

    @TempDir private Path folder;

    /** Blocks that took so many nanoseconds. */
    private static BlockTimes taking(final long... nanos) {
        final long[] due = new long[nanos.length];
        final long[] there = new long[nanos.length];
        for (int i = 0; i < nanos.length; i++) {
            due[i] = 1_000_000_000L + i * PERIOD;
            there[i] = due[i] + nanos[i];
        }
        return new BlockTimes(due, there);
    }

    @Test
    void aBlockThatIsThereLaterThanItSoundsIsMissed() {
        final BlockTimes times = taking(100_000, PERIOD, PERIOD + 1, 90 * PERIOD);
        assertEquals(2, times.misses());
        assertEquals(List.of(2, 3), times.missed());
    }

    @Test
    void theFileOfTheHostIsReadAsItWritesIt() throws IOException {
        final Path file = folder.resolve("times");
        final ByteBuffer bytes =
                ByteBuffer.allocate(2 * 3 * Long.BYTES).order(ByteOrder.nativeOrder());
        bytes.putLong(1000).putLong(1100).putLong(1500);
        bytes.putLong(2000).putLong(2100).putLong(2700);
        Files.write(file, bytes.array());
        final BlockTimes times = BlockTimes.read(file);
        assertEquals(2, times.count());
        assertEquals(500, times.nanos(0));
        assertEquals(700, times.nanos(1));
        assertEquals(1e-6, times.seconds(2000), 1e-15);
    }

    @Test
    void theHistogramHasEachBlockInTheBinOfItsTime() {
        final List<Double> bins = taking(500, 1000, 100_000, 99_000_000_000L).histogram();
        assertEquals(2, bins.get(0), "a microsecond and less");
        assertEquals(1, bins.get(2 * BlockTimes.BINS_PER_DECADE), "100 µs");
        assertEquals(1, bins.get(bins.size() - 1), "what is beyond all");
        assertEquals(4, bins.stream().mapToDouble(Double::doubleValue).sum());
    }

    @Test
    void aLongRunIsShownByItsSlowestBlocks() {
        final long[] nanos = new long[2 * BlockTimes.COLUMNS];
        nanos[3] = 5_000;
        nanos[2] = 1_000;
        final List<Double> slowest = taking(nanos).slowest();
        assertEquals(BlockTimes.COLUMNS, slowest.size());
        assertEquals(0.0, slowest.get(0));
        assertEquals(5.0, slowest.get(1));
    }

    @Test
    void percentilesAreThoseOfAllBlocks() {
        final long[] nanos = new long[1000];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = (i + 1) * 1000L;
        }
        assertEquals(990, taking(nanos).percentile(0.99));
        assertEquals(999, taking(nanos).percentile(0.999));
    }
}

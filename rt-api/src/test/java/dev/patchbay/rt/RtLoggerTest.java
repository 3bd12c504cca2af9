// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.patchbay.eventqueue.RingReader;
import dev.patchbay.eventqueue.RingWriter;
import dev.patchbay.layout.RingDescriptor;
import dev.patchbay.layout.StandardRegion;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class RtLoggerTest {
    private static final int CAPACITY = StandardRegion.RT_LOG_BYTES;
    private static final int DATA = 128;

    private final UnsafeBuffer memory =
            new UnsafeBuffer(
                    ByteBuffer.allocateDirect(DATA + CAPACITY + RingDescriptor.TRAILER.size()));
    private final RtLogger logger = new RegionLogger(new RingWriter(memory, 0, DATA, CAPACITY));
    private final RingReader reader = RingReader.single(memory, DATA, CAPACITY);

    private List<String> lines() {
        return LogLines.read(reader);
    }

    @Test
    void keepsTheOrderAndTheArgumentsOfEachKind() {
        logger.log(RtLogger.Level.INFO, "one");
        logger.log(RtLogger.Level.WARNING, "two {}", 2);
        logger.log(RtLogger.Level.ERROR, "three {}", 0.5);
        logger.log(RtLogger.Level.INFO, "{} and {}", Long.MIN_VALUE, 4L);
        logger.log(RtLogger.Level.INFO, "{} and {}", 5, -0.0);
        logger.log(RtLogger.Level.INFO, "{} and {}", 1e300, 6);
        logger.log(RtLogger.Level.INFO, "{} and {}", 7.5f, Double.NaN);
        assertEquals(
                List.of(
                        "1 one",
                        "2 two 2",
                        "3 three 0.5",
                        "1 -9223372036854775808 and 4",
                        "1 5 and -0.0",
                        "1 1.0E300 and 6",
                        "1 7.5 and NaN"),
                lines());
    }

    @Test
    void cutsALongTextAtAWholeCharacter() {
        final String text = "a" + "ä€😀".repeat(60);
        logger.log(RtLogger.Level.INFO, text);
        logger.log(RtLogger.Level.INFO, "half a pair: \uD83D!");
        final List<String> lines = lines();
        // 1 byte, then 26 times 9 bytes, then what is left of 5: ä and €.
        assertEquals("1 a" + "ä€😀".repeat(26) + "ä€", lines.get(0));
        assertEquals("1 half a pair: \uFFFD!", lines.get(1));
    }

    @Test
    void dropsTheNewestAndCountsItWhenNobodyReads() {
        final int put = 1_000;
        for (int i = 0; i < put; i++) {
            logger.log(RtLogger.Level.WARNING, "number {}", i);
        }
        final List<String> kept = new ArrayList<>(lines());
        assertTrue(kept.size() > 50, kept.size() + " messages");
        for (int i = 0; i < kept.size(); i++) {
            assertEquals("2 number " + i, kept.get(i));
        }
        assertEquals(put, kept.size() + logger.dropped());
        logger.log(RtLogger.Level.INFO, "again");
        assertEquals(List.of("1 again"), lines());
    }

    @Test
    void allocatesNothing() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final byte[] seen = new byte[1];
        final org.agrona.concurrent.MessageHandler discard =
                (type, buffer, offset, length) -> seen[0]++;
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++) {
                logger.log(RtLogger.Level.INFO, "plain");
                logger.log(RtLogger.Level.INFO, "größer 😀 {}", i);
                logger.log(RtLogger.Level.WARNING, "{} of {}", i, 0.5);
                logger.log(RtLogger.Level.ERROR, "{} of {}", 0.25, i);
                if (i % 100 == 0) {
                    reader.read(discard, Integer.MAX_VALUE);
                }
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
        assertTrue(logger.dropped() > 0, "the full ring was tried, too");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.Heads;
import dev.patchbay.layout.StandardRegion;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DoorbellTest {
    private final Memory memory = new Memory();
    private final int head = (int) memory.section(StandardRegion.AUDIO).offset();
    private final Doorbell bell =
            new Doorbell(
                    memory.buffer,
                    head + Heads.AUDIO_BLOCKS.offset("request"),
                    head + Heads.AUDIO_BLOCKS.offset("rt_asleep"));

    @Test
    void aRingNeedsNoWakeUpWhileTheOtherSideIsAwake() {
        assertFalse(bell.ring(1));
        assertEquals(1, bell.value());
        assertEquals(1, memory.buffer.getInt(bell.wordOffset()));
    }

    @Test
    void aRingWakesASleeper() {
        assertTrue(bell.mayWait(0));
        assertTrue(bell.ring(1));
    }

    @Test
    void whoSawAnOldRingMayNotWait() {
        bell.ring(2);
        assertFalse(bell.mayWait(1));
        assertTrue(bell.mayWait(2));
    }

    @Test
    void whoIsAwakeAgainIsNotWoken() {
        assertTrue(bell.mayWait(0));
        bell.awake();
        assertFalse(bell.ring(1));
    }

    @Test
    void betweenThreadsNoWakeUpIsLost() throws Exception {
        final int last = 50_000;
        final Semaphore wake = new Semaphore(0);
        final Semaphore answer = new Semaphore(0);
        final CompletableFuture<Integer> sleeping =
                CompletableFuture.supplyAsync(
                        () -> {
                            int seen = 0;
                            while (seen < last) {
                                try {
                                    if (bell.mayWait(seen)
                                            && !wake.tryAcquire(10, TimeUnit.SECONDS)) {
                                        return seen;
                                    }
                                } catch (final InterruptedException e) {
                                    return seen;
                                } finally {
                                    bell.awake();
                                }
                                if (bell.value() != seen) {
                                    seen = bell.value();
                                    answer.release();
                                }
                            }
                            return seen;
                        });
        for (int n = 1; n <= last; n++) {
            if (bell.ring(n)) {
                wake.release();
            }
            assertTrue(answer.tryAcquire(20, TimeUnit.SECONDS), "ring " + n + " was not heard");
        }
        assertEquals(last, sleeping.get(20, TimeUnit.SECONDS));
    }
}

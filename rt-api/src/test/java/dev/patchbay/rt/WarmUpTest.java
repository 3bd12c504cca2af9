// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.eventqueue.EventType;
import dev.patchbay.layout.StandardRegion.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the rehearsal leaves behind: nothing that can be heard. */
class WarmUpTest {
    private static final int BLOCKS = 400;

    @TempDir private Path folder;

    /** A seeded piece: notes, parameters by event and in bulk, controllers, blocks of all sizes. */
    private float[] play(final String name, final boolean warm) throws Exception {
        final Random random = new Random(4711);
        final float[] sound = new float[BLOCKS * EngineProcess.MAX_FRAMES];
        int length = 0;
        try (EngineProcess engine =
                new EngineProcess(
                        Files.createDirectories(folder.resolve(name)),
                        TestModules.Remembering.class.getName())) {
            if (warm) {
                assertEquals(0, engine.ask(Request.ACTIVATE, EngineProcess.MAX_FRAMES, 0));
                assertTrue(engine.counter("warm_up_blocks") > 1000);
                assertTrue(engine.counter("time_to_ready_nanos") > 0);
            } else {
                assertEquals(0, engine.activateOffline());
                assertEquals(0, engine.counter("warm_up_blocks"));
            }
            for (int i = 0; i < BLOCKS; i++) {
                final int frames = 1 + random.nextInt(EngineProcess.MAX_FRAMES);
                for (int e = random.nextInt(4); e > 0; e--) {
                    engine.hostEvents.offer(
                            random.nextBoolean() ? EventType.NOTE_ON : EventType.NOTE_OFF,
                            random.nextInt(frames),
                            0,
                            -1,
                            random.nextInt(128),
                            random.nextDouble(),
                            0);
                    engine.hostEvents.offer(
                            EventType.PARAMETER, frames - 1, 0, -1, 0, random.nextDouble(), 0);
                }
                if (random.nextInt(8) == 0) {
                    engine.fromControl.set(1, random.nextFloat());
                    engine.fromControl.publish();
                }
                for (final float sample : engine.render(frames)) {
                    sound[length++] = sample;
                }
            }
        }
        return java.util.Arrays.copyOf(sound, length);
    }

    @Test
    void theSoundAfterWarmUpIsBitForBitThatOfAFreshModule() throws Exception {
        final float[] cold = play("cold", false);
        boolean moves = false;
        for (int i = 1; i < cold.length; i++) {
            moves |= cold[i] != cold[i - 1];
        }
        assertTrue(moves, "a module that remembers makes a sound that changes");
        assertArrayEquals(cold, play("warm", true));
    }
}

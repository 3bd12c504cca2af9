// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.atomics.ParameterChangesReader;
import dev.patchbay.control.state.ControlState;
import dev.patchbay.layout.StandardRegion;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Control is killed at any moment while its state is edited; this process gives the next one the last state, as the bridge does. A thousand times in a long
 * run: -Dpatchbay.kills=1000.
 */
class KillTest extends ControlProcess {
    private static final int KILLS = Integer.getInteger("patchbay.kills", 10);

    /** Counts up as a musician edits, from a thread of its own; what was complete when a change begins is then a parameter's value. */
    public static final class Counting implements ControlModule {
        private static final int SCALE = 1 << 20;
        private ControlContext context;
        private long number;
        private volatile boolean closed;

        @Override
        public void init(final ControlContext controlContext) {
            context = controlContext;
            final Thread musician =
                    new Thread(
                            () -> {
                                while (!closed) {
                                    context.execute(this::edit);
                                    LockSupport.parkNanos(1_000_000);
                                }
                            });
            musician.setDaemon(true);
            musician.start();
        }

        private void edit() {
            // Seen in the region, so whoever kills this process knows what was complete.
            context.change(Map.of(1, (double) number / SCALE));
            number++;
            context.stateChanged();
        }

        static long numberOf(final float normalized) {
            return Math.round((double) normalized * SCALE);
        }

        @Override
        public byte[] saveState() {
            return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
        }

        @Override
        public void loadState(final byte[] state) {
            number = state.length == 0 ? 0 : ByteBuffer.wrap(state).getLong();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static long number(final byte[] module) {
        return module.length == 0 ? -1 : ByteBuffer.wrap(module).getLong();
    }

    @Test
    void aKillLosesAtMostTheChangeThatWasBeingMade() throws Exception {
        final long seed = System.nanoTime();
        System.out.println("KillTest: seed " + seed);
        final Random random = new Random(seed);
        final ParameterChangesReader changes =
                new ParameterChangesReader(
                        region.buffer(), section(StandardRegion.PARAMETERS_FROM_CONTROL));
        final long[] complete = new long[1];
        for (int kill = 0; kill < KILLS; kill++) {
            start(Counting.class.getName(), "", ProcessHandle.current().pid());
            final long before = complete[0];
            await(
                    "edits",
                    () -> {
                        changes.poll((index, value) -> complete[0] = Counting.numberOf(value));
                        return complete[0] > before + 5;
                    });
            Thread.sleep(random.nextInt(20), random.nextInt(1_000_000));
            process.destroyForcibly().onExit().join();
            changes.poll((index, value) -> complete[0] = Counting.numberOf(value));
            final ControlState kept = state();
            final long number = number(kept.module());
            // It says so before it makes the next one, and may have been about to say it.
            assertTrue(
                    number >= complete[0] && number <= complete[0] + 1,
                    () -> "change " + complete[0] + " was complete, and " + number + " was kept");
            toControl.write(fromControl.read().bytes(), kill + 1);
        }
    }
}

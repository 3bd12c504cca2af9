// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.examples.polysynth.rt.PolySynth;
import dev.patchbay.rt.Block;
import dev.patchbay.rt.RtContext;
import dev.patchbay.rt.RtModule;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The synth, with a helper that fills the heap of its process but for a little when the test asks for it. */
public final class Wasteful implements RtModule {
    /** Names the folder of the test's wishes in the host's environment, which the engine has as well. */
    private static final String VARIABLE = "PATCHBAY_TEST_WISHES";

    private static final int PIECE = 1 << 20;
    private static final int LEFT = 16 << 20;
    private static final long LOOK_NANOS = 20_000_000;

    private static final VarHandle WISHES =
            MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private final PolySynth synth = new PolySynth();

    /** Kept, so that no compiler leaves the allocation out. */
    private volatile byte[] last;

    /** For the engine. */
    public Wasteful() {}

    /** What the host is started with, so that its engines look for wishes in this folder. */
    static Map<String, String> environment(final Path wishes) {
        return Map.of(VARIABLE, wishes.toString());
    }

    /** Wishes that the heap of this process runs low. */
    static void wearOut(final Path wishes, final long pid) throws IOException {
        Files.write(
                wishes.resolve(Long.toString(pid)),
                new byte[] {1, 1, 1, 1},
                StandardOpenOption.WRITE);
    }

    @Override
    public void init(final RtContext context) {
        synth.init(context);
        final ByteBuffer wish = wishOf(ProcessHandle.current().pid());
        context.startHelper("waster", () -> await(wish));
    }

    /** Mapped, since nothing else can be looked at again and again without an allocation. */
    private static ByteBuffer wishOf(final long pid) {
        final Path file = Path.of(System.getenv(VARIABLE), Long.toString(pid));
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, Integer.BYTES);
        } catch (final IOException e) {
            throw new IllegalStateException("The wish " + file + " cannot be looked at.", e);
        }
    }

    private void await(final ByteBuffer wish) {
        while ((int) WISHES.getVolatile(wish, 0) == 0) {
            LockSupport.parkNanos(LOOK_NANOS);
            if (Thread.interrupted()) {
                return;
            }
        }
        fill(this);
    }

    /** All instances of the process see the wish. */
    private static synchronized void fill(final Wasteful module) {
        final Runtime runtime = Runtime.getRuntime();
        while (runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory() > LEFT + PIECE) {
            module.last = new byte[PIECE];
        }
    }

    @Override
    public void reset() {
        synth.reset();
    }

    @Override
    public void handleEvent(final Event event) {
        synth.handleEvent(event);
    }

    @Override
    public void process(final Block block) {
        synth.process(block);
    }

    @Override
    public int tailFrames() {
        return synth.tailFrames();
    }

    @Override
    public String toString() {
        return "a waster of " + last.length;
    }
}

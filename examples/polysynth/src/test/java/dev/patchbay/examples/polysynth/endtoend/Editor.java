// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import dev.patchbay.control.ControlContext;
import dev.patchbay.control.ControlModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A control module whose state is a number, which it counts up all the time as a musician edits. What it was restored with and how far it has got it
 * keeps in a file named by its process, which outlives it.
 */
public final class Editor implements ControlModule {
    /** Where the files are. */
    static final String FOLDER = "PATCHBAY_TEST_EDITS";

    /** Where in the file the number stands that it began with, plus 1. */
    static final int RESTORED = 0;

    /** Where in the file the number stands whose change was complete when the next one began. */
    static final int COMPLETE = Long.BYTES;

    /** Where in the file it stands how far the change is that follows the complete one. */
    static final int PHASE = 2 * Long.BYTES;

    /** The phase of a change that the module was asked for, to publish it; before that it is 0. */
    static final long SAVED = 1;

    static final int BYTES = 3 * Long.BYTES;

    private MappedByteBuffer file;
    private long number;
    private volatile boolean closed;

    /** Creates the module. */
    public Editor() {}

    @Override
    public void init(final ControlContext context) {
        final Path path =
                Path.of(System.getenv(FOLDER), Long.toString(ProcessHandle.current().pid()));
        try (FileChannel channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            file = channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        final Thread musician = new Thread(() -> edit(context), "musician");
        musician.setDaemon(true);
        musician.start();
    }

    private void edit(final ControlContext context) {
        while (!closed) {
            final CountDownLatch done = new CountDownLatch(1);
            context.execute(
                    () -> {
                        if (number == 0 || file.getLong(RESTORED) == 0) {
                            file.putLong(RESTORED, number + 1);
                        }
                        file.putLong(COMPLETE, number);
                        file.putLong(PHASE, 0);
                        number++;
                        context.stateChanged();
                        done.countDown();
                    });
            try {
                done.await(1, TimeUnit.SECONDS);
            } catch (final InterruptedException e) {
                return;
            }
            LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(2_000_000));
        }
    }

    @Override
    public byte[] saveState() {
        file.putLong(PHASE, SAVED);
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    @Override
    public void loadState(final byte[] state) {
        number = state.length == 0 ? 0 : ByteBuffer.wrap(state).getLong();
        file.putLong(RESTORED, number + 1);
    }

    @Override
    public void close() {
        closed = true;
    }
}

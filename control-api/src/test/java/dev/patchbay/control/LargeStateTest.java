// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import dev.patchbay.atomics.Blob;
import dev.patchbay.control.midi.MidiMapState;
import dev.patchbay.control.state.ControlState;
import dev.patchbay.layout.StateReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** States that have no room in the region, with this process in the place of the host, whose memory they lie in. */
class LargeStateTest extends ControlProcess {
    /** Has as many bytes of state as its last parameter says, in units of 1000. */
    public static final class Large implements ControlModule {
        private byte[] state = {'f'};

        @Override
        public void init(final ControlContext context) {}

        @Override
        public void setParameter(final int index, final float normalized) {
            if (index == 1 && normalized > 0) {
                state = new byte[Math.round(normalized * 1000) * 1000];
                Arrays.fill(state, (byte) ('a' + Math.round(normalized * 1000) % 26));
            }
        }

        @Override
        public byte[] saveState() {
            return state;
        }

        @Override
        public void loadState(final byte[] bytes) {
            state = bytes;
        }
    }

    private FileChannel memory(final String prefix) throws IOException {
        final int fd =
                NativeLibrary.getInstance(Platform.C_LIBRARY_NAME)
                        .getFunction("memfd_create")
                        .invokeInt(new Object[] {prefix + region.instanceId(), 1});
        assertTrue(fd >= 0, "memfd_create");
        return FileChannel.open(
                Path.of("/proc/self/fd/" + fd), StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** The module's bytes as the bridge reads them: what was replaced meanwhile is read again. */
    private byte[] saved(final FileChannel memory) {
        while (true) {
            final Blob.Content content = fromControl.read();
            if (content == null) {
                return new byte[0];
            }
            final byte[] bytes = resolved(content.bytes(), memory);
            if (fromControl.published() == content.sequence()) {
                return ControlState.decode(MidiMapState.decode(bytes).rest()).module();
            }
        }
    }

    private static byte[] resolved(final byte[] bytes, final FileChannel memory) {
        if (!StateReference.begins(bytes)) {
            return bytes;
        }
        final StateReference reference = StateReference.decode(bytes).orElseThrow();
        final ByteBuffer target = ByteBuffer.allocate((int) reference.length());
        try {
            memory.read(target, reference.offset());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return target.array();
    }

    private static long size(final FileChannel memory) {
        try {
            return memory.size();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] filled(final int thousands) {
        final byte[] bytes = new byte[thousands * 1000];
        Arrays.fill(bytes, (byte) ('a' + thousands % 26));
        return bytes;
    }

    private void change(final FileChannel memory, final int thousands) {
        parameters.setRelease(1, thousands / 1000f);
        await(thousands + " kB", () -> Arrays.equals(saved(memory), filled(thousands)));
    }

    @Test
    void growsAndShrinksOutlivesControlAndComesBack() throws Exception {
        try (FileChannel from = memory(StateReference.FROM_CONTROL);
                FileChannel to = memory(StateReference.TO_CONTROL)) {
            start(Large.class.getName(), "", ProcessHandle.current().pid());
            for (final int thousands : new int[] {5, 700, 6, 900, 2, 800, 801, 802, 803}) {
                change(from, thousands);
            }
            assertTrue(from.size() <= 4 * 803_000L, "not more than it needs: " + from.size());
            process.destroyForcibly().onExit().join();
            assertArrayEquals(filled(803), saved(from));
            // As the bridge gives it back, at another place.
            final byte[] state = new ControlState(new byte[0], filled(803)).encode();
            to.write(ByteBuffer.wrap(state), 12_345);
            toControl.write(new StateReference(12_345, state.length).encode(), 9);
            start(Large.class.getName(), "", ProcessHandle.current().pid());
            await("the state", () -> fromControl.read().epoch() == 9);
            assertArrayEquals(filled(803), saved(from));
            // What was published last is not where the next one is written.
            change(from, 802);
            change(from, 1);
            await("the memory to be given back", () -> size(from) == 0);
        }
    }

    @Test
    void aReferenceToNothingIsRefusedAndALargeStateWithoutAMemoryIsTold() throws Exception {
        start(Large.class.getName(), "", ProcessHandle.current().pid());
        await("ready", () -> fromControl.published() > 0);
        toControl.write(new StateReference(0, 100).encode(), 3);
        await("no memory", () -> log().contains("the host has no memory patchbay_state_to"));
        final byte[] strange = new StateReference(0, 100).encode();
        strange[4] = 9;
        toControl.write(strange, 4);
        await("another form", () -> log().contains("in an unknown form"));
        try (FileChannel to = memory(StateReference.TO_CONTROL)) {
            to.write(ByteBuffer.wrap("short".getBytes(UTF_8)), 0);
            toControl.write(new StateReference(0, 100).encode(), 5);
            await("too short", () -> log().contains("it is not where the bridge says"));
        }
        parameters.setRelease(1, 0.1f);
        await("no room", () -> log().contains("the state was not published: the host has no"));
        parameters.setRelease(1, 0.001f);
        await("a smaller one", () -> saved(null).length == 1000);
        assertEquals(0, fromControl.read().epoch());
    }
}

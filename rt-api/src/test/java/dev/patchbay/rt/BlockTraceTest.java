// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.BlockTraceDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that block traces are written to. */
class BlockTraceTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final long HOST = 4711;

    @TempDir private Path folder;

    private long count(final int generation) throws IOException {
        final Path file = folder.resolve(BlockTraceDescriptor.fileName(HOST, ID, generation));
        return ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong(BlockTraceDescriptor.HEAD.offset("count"));
    }

    private BlockTrace open(final int generation) {
        return BlockTrace.open("16:" + folder, HOST, ID, generation);
    }

    @Test
    void anEngineThatTakesTheDeadOnesPlaceWritesATraceOfItsOwnAndLeavesTheOther()
            throws IOException {
        final BlockTrace first = open(1);
        for (int block = 0; block < 3; block++) {
            first.blockStarts();
            first.blockEnds(64);
            first.store();
        }
        final BlockTrace second = open(2);
        second.blockStarts();
        second.blockEnds(64);
        second.store();
        assertEquals(3, count(1));
        assertEquals(1, count(2));
    }

    @Test
    void aTraceThatIsThereAlreadyIsNotOverwritten() {
        open(1);
        final var refusal = assertThrows(IllegalArgumentException.class, () -> open(1));
        assertTrue(
                refusal.getMessage().contains("FileAlreadyExistsException"), refusal.getMessage());
    }
}

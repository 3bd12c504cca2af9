// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.BlockTraceDescriptor;
import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.demo.JvmLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictTest {
    private static final int CAPACITY = 4;

    @TempDir private Path folder;

    private final ByteBuffer bytes =
            ByteBuffer.allocate((int) BlockTraceDescriptor.fileBytes(CAPACITY))
                    .order(ByteOrder.LITTLE_ENDIAN);

    /** Blocks of 10 ns that begin at 100, 200, 300 … */
    private BlockTrace trace(final int count) throws IOException {
        head("magic", BlockTraceDescriptor.MAGIC);
        head("capacity", CAPACITY);
        head("count", count);
        for (int block = 0; block < CAPACITY; block++) {
            record(block, "start_nanos", 100 + block * 100L);
            record(block, "end_nanos", 110 + block * 100L);
        }
        return BlockTrace.read(Files.write(folder.resolve("blocks.trace"), bytes.array()));
    }

    private void head(final String field, final long value) {
        bytes.putLong(BlockTraceDescriptor.HEAD.offset(field), value);
    }

    private void record(final int block, final String field, final long value) {
        bytes.putLong(at(block, field), value);
    }

    private static int at(final int block, final String field) {
        return BlockTraceDescriptor.HEAD.size()
                + block * BlockTraceDescriptor.RECORD.size()
                + BlockTraceDescriptor.RECORD.offset(field);
    }

    private JvmLog log(final String... lines) throws IOException {
        return JvmLog.read(
                Files.writeString(
                        folder.resolve("jvm.log"),
                        "[1ns][gc] Using Epsilon\n" + String.join("\n", lines) + "\n"));
    }

    @Test
    void nothingThatHappensBeforeTheFirstBlockOrAfterTheLastCounts() throws IOException {
        final Verdict verdict =
                Verdict.of(
                        trace(3),
                        log(
                                "[99ns][class,load] a.Early source: x",
                                "[311ns][class,load] a.Late source: x"));
        assertTrue(verdict.passed(), verdict::toString);
        assertEquals(3, verdict.blocks());
    }

    @Test
    void anEventOfTheLogHasItsBlock() throws IOException {
        final Verdict verdict =
                Verdict.of(
                        trace(3),
                        log(
                                "[205ns][class,load] a.Within source: x",
                                "[250ns][handshake] Handshake \"X\""));
        assertFalse(verdict.passed());
        assertEquals(
                "in block 1: a.Within source: x",
                verdict.of(Disturbance.CLASS_LOAD).places().get(0).toString());
        assertEquals(
                "after block 1: Handshake \"X\"",
                verdict.of(Disturbance.HANDSHAKE).places().get(0).toString());
    }

    @Test
    void eachFigureOfABlockIsOfItsKind() throws IOException {
        record(1, "allocated_bytes", 24);
        bytes.putInt(at(0, "minor_faults"), 2);
        bytes.putInt(at(2, "major_faults"), 3);
        bytes.putInt(at(1, "voluntary_switches"), 4);
        bytes.putInt(at(2, "voluntary_switches"), 1);
        bytes.putInt(at(2, "involuntary_switches"), 6);
        final Verdict verdict = Verdict.of(trace(3), log());
        assertEquals(24, verdict.of(Disturbance.ALLOCATION).count());
        assertEquals(1, verdict.of(Disturbance.ALLOCATION).places().get(0).block());
        assertEquals(2, verdict.of(Disturbance.MINOR_FAULT).count());
        assertEquals(3, verdict.of(Disturbance.MAJOR_FAULT).count());
        assertEquals(5, verdict.of(Disturbance.VOLUNTARY_SWITCH).count());
        assertEquals(2, verdict.of(Disturbance.VOLUNTARY_SWITCH).places().size());
        assertEquals(6, verdict.involuntarySwitches());
        assertEquals(0, verdict.of(Disturbance.SAFEPOINT).count());
    }

    @Test
    void noBlockAtAllIsAnErrorAndNoPass() throws IOException {
        final BlockTrace empty = trace(0);
        final JvmLog log = log();
        assertTrue(
                assertThrows(ToolException.class, () -> Verdict.of(empty, log))
                        .getMessage()
                        .contains("has rendered no block"));
    }

    @Test
    void aTraceThatLacksBlocksOrIsNoneIsRefused() throws IOException {
        assertTrue(
                assertThrows(ToolException.class, () -> trace(CAPACITY + 1))
                        .getMessage()
                        .contains("room for 4 blocks, but 5 were rendered"));
        final Path other = Files.writeString(folder.resolve("other"), "x".repeat(100));
        assertTrue(
                assertThrows(ToolException.class, () -> BlockTrace.read(other))
                        .getMessage()
                        .contains("is no block trace"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.rt.RtModule;
import dev.patchbay.rt.verify.DynamicCanaries.Deed;
import dev.patchbay.tools.realtime.Disturbance;
import dev.patchbay.tools.realtime.Verdict;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DynamicVerifierTest {
    private static final long SEED = 7;

    @TempDir private Path folder;

    /** The kinds that were asked for. */
    private final EnumSet<Disturbance> seeded = EnumSet.noneOf(Disturbance.class);

    @Test
    void aModuleThatKeepsTheContractPasses() throws Exception {
        final DynamicReport report = verify(DynamicCanaries.Innocent.class, 5_000);
        assertTrue(report.passed(), report::toString);
        assertEquals(5_000, report.verdict().blocks());
        assertTrue(report.nonFiniteBlocks() > 0, "inputs that are no numbers came through");
        final JsonNode data = new ObjectMapper().readTree(Path.of(report.data()).toFile());
        assertEquals(SEED, data.at("/seed").asLong());
        assertEquals(
                5_000,
                data.at("/blockMicros/histogram").findValues("count").stream()
                        .mapToInt(JsonNode::asInt)
                        .sum());
    }

    @Test
    void noViolationOfAnyKindGetsThrough() throws Exception {
        final DynamicReport report =
                verify(DynamicCanaries.Sinner.class, engineBlock(Deed.end()) + 1);
        assertFalse(report.passed());
        caught(report, Disturbance.MINOR_FAULT, Deed.FRESH_PAGE);
        caught(report, Disturbance.VOLUNTARY_SWITCH, Deed.LOCK);
        caught(report, Disturbance.VOLUNTARY_SWITCH, Deed.SLEEP);
        caughtAfter(report, Disturbance.SAFEPOINT, Deed.SAFEPOINT);
        caughtAfter(report, Disturbance.HANDSHAKE, Deed.HANDSHAKE);
        caught(report, Disturbance.ALLOCATION, Deed.ALLOCATION);
        caughtAfter(report, Disturbance.COMPILATION, Deed.LATE_WARM_UP);
        if (Disk.holds(Path.of(""))) {
            caught(report, Disturbance.MAJOR_FAULT, Deed.PAGE_ON_DISK);
        }
        caught(report, Disturbance.CLASS_LOAD, Deed.CLASS_LOAD);
        caughtAfter(report, Disturbance.DEOPTIMIZATION, Deed.SECOND_SHAPE);
        final EnumSet<Disturbance> all = EnumSet.allOf(Disturbance.class);
        if (!Disk.holds(Path.of(""))) {
            all.remove(Disturbance.MAJOR_FAULT);
        }
        assertEquals(all, seeded, "each kind has a deed");
        final String text = report.toString();
        assertTrue(text.contains(Disturbance.ALLOCATION.remedy()), text);
        assertTrue(text.contains("-Dpatchbay.verify.seed=" + SEED), text);
        assertTrue(text.contains("Sinner$Late"), text);
    }

    @Test
    void oneObjectInTenThousandBlocksIsCaughtByBothHalves() {
        final Class<? extends RtModule> module = DynamicCanaries.OneInTenThousand.class;
        final StaticReport read = StaticVerifier.verify(module);
        assertEquals(
                List.of(Category.ALLOCATION),
                read.findings().stream().map(Finding::category).toList(),
                read::toString);
        final int block = engineBlock(DynamicCanaries.OneInTenThousand.BLOCKS);
        final DynamicReport played = verify(module, block + 1);
        assertFalse(played.passed());
        assertEquals(
                List.of(block),
                played.verdict().of(Disturbance.ALLOCATION).places().stream()
                        .map(Verdict.Offence::block)
                        .toList(),
                played::toString);
    }

    /** It was found in the very block in which the canary did it. */
    private void caught(final DynamicReport report, final Disturbance kind, final Deed deed) {
        seeded.add(kind);
        final int block = engineBlock(deed.block());
        assertTrue(
                report.verdict().of(kind).places().stream()
                        .anyMatch(place -> place.within() && place.block() == block),
                () -> kind + " in block " + block + ": " + report);
    }

    /** One of its kind came after the block in which the canary asked for it, and before its next deed. */
    private void caughtAfter(final DynamicReport report, final Disturbance kind, final Deed deed) {
        seeded.add(kind);
        final int from = engineBlock(deed.block());
        final int to = engineBlock(deed.block() + Deed.EVERY);
        assertTrue(
                report.verdict().of(kind).places().stream()
                        .anyMatch(place -> place.block() >= from && place.block() < to),
                () -> kind + " in the blocks " + from + " to " + to + ": " + report);
    }

    /** The number of the block that is the n-th with frames: a module sees no other. */
    private static int engineBlock(final int withFrames) {
        final StandardRegion.Counts counts = StandardRegion.Counts.DEFAULT;
        final Storm storm = new Storm(SEED, 4, counts.maxFrames(), 1, 1);
        int seen = 0;
        int number = -1;
        while (seen < withFrames) {
            number++;
            seen += storm.frames(number) > 0 ? 1 : 0;
        }
        return number;
    }

    private DynamicReport verify(final Class<? extends RtModule> module, final int blocks) {
        return DynamicVerifier.verify(
                module,
                DynamicOptions.defaults().withSeed(SEED).withBlocks(blocks).withReports(folder));
    }

    @Test
    void theSameSeedPlaysTheSameBlocks() {
        final Storm one = new Storm(3, 4, 8192, 4096, 512);
        final Storm other = new Storm(3, 4, 8192, 4096, 512);
        for (int block = 0; block < 2_000; block++) {
            assertEquals(one.block(block).summary(), other.block(block).summary());
            assertEquals(one.block(block).events(), other.block(block).events());
        }
        assertFalse(
                one.block(10).events().equals(new Storm(4, 4, 8192, 4096, 512).block(10).events())
                        && one.block(11).frames() == new Storm(4, 4, 8192, 4096, 512).frames(11));
    }

    @Test
    void aStormHasEverySizeEveryEventAndFullQueues() {
        final Storm storm = new Storm(5, 4, 8192, 4096, 512);
        final boolean[] types = new boolean[14];
        boolean empty = false;
        boolean largest = false;
        boolean full = false;
        for (int block = 0; block < 20_000; block++) {
            final Storm.Block b = storm.block(block);
            empty |= b.frames() == 0;
            largest |= b.frames() == 8192;
            full |= b.events().size() > 4096;
            for (final Storm.Happening e : b.events()) {
                if (e.type() > 0 && e.type() < types.length) {
                    types[e.type()] = true;
                }
            }
        }
        assertTrue(empty && largest && full);
        for (int type = 1; type < types.length; type++) {
            assertTrue(types[type], "event type " + type);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.bench.plan.BenchException;
import dev.patchbay.bench.plan.Benchmark;
import dev.patchbay.bench.plan.Receipt;
import dev.patchbay.bench.plan.Workbench;
import dev.patchbay.layout.PluginImage;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.rt.Block;
import dev.patchbay.rt.RtContext;
import dev.patchbay.rt.RtModule;
import dev.patchbay.tools.project.Collector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real engines, for a moment each. */
class EngineLaunchTest {
    @TempDir private static Path programs;
    @TempDir private Path folder;

    @BeforeAll
    static void compile() throws InterruptedException {
        new Toolchain(programs)
                .compile(
                        Catalogue.programs(
                                new Catalogue().named(List.of("exchange", "collector"))));
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
        assertEquals(
                List.of(),
                ProcessHandle.current()
                        .children()
                        .filter(ProcessHandle::isAlive)
                        .map(child -> child.info().commandLine().orElse("?"))
                        .filter(line -> line.contains(folder.toString()))
                        .toList());
    }

    private Workbench bench() {
        final Workbench bench = Fake.bench(folder, 1);
        return new Workbench(
                programs,
                folder,
                bench.effort().withPacedBlocks(60),
                bench.firstProcessor(),
                bench.secondProcessor());
    }

    private Receipt measured(final String benchmark, final int contender)
            throws InterruptedException {
        final Benchmark found = new Catalogue().named(List.of(benchmark)).get(0);
        final Receipt receipt = found.contenders().get(contender).launch().measure(bench());
        assertNull(receipt.wrong());
        return receipt;
    }

    @Test
    void blocksComeBackHalfAsLoudFromAnEngineInJavaInCAndOverASocket() throws InterruptedException {
        for (int contender = 0; contender < 3; contender++) {
            assertTrue(measured("exchange-spin", contender).received() > 1);
        }
        assertTrue(measured("exchange-sleep", 0).received() > 1);
    }

    /** Is not half as loud. */
    public static final class Cheat implements RtModule {
        /** Made by the engine. */
        public Cheat() {}

        @Override
        public void init(final RtContext context) {}

        @Override
        public void process(final Block block) {}
    }

    @Test
    void anEngineThatLeavesOutTheWorkIsFoundOut() throws IOException, InterruptedException {
        final Path region = Files.createTempDirectory(folder, "cheat-");
        try (EngineRig rig =
                new EngineRig(
                        region,
                        new PluginImage(StandardRegion.Counts.DEFAULT).image(),
                        Cheat.class,
                        Collector.SERIAL.flags())) {
            final List<String> host =
                    NativeLaunch.command(bench(), Program.BLOCKS_HOST, "play-sleep", 5);
            host.add(rig.region().toString());
            final Receipt receipt = Processes.run(bench(), host, List.of());
            assertEquals(receipt.received(), receipt.faults());
            rig.quit();
        } finally {
            Folders.delete(region);
        }
    }

    @Test
    void anEngineThatCannotStartIsToldWithItsWords() throws IOException {
        final Path region = Files.createTempDirectory(folder, "broken-");
        final String said =
                assertThrows(
                                BenchException.class,
                                () ->
                                        new EngineRig(
                                                region,
                                                new PluginImage(StandardRegion.Counts.DEFAULT)
                                                        .image(),
                                                Cheat.class,
                                                List.of("-XX:+NoSuchOption")))
                        .getMessage();
        assertTrue(said.contains("NoSuchOption"), said);
        Folders.delete(region);
    }

    @Test
    void theCollectorsExperimentNotesEachBlockThePausesAndTheLoad() throws InterruptedException {
        final Receipt beside = measured("collector-misses", 0);
        final Receipt inside = measured("collector-misses", 1);
        final Receipt memory = measured("collector-misses", 4);
        for (final Receipt receipt : List.of(beside, inside, memory)) {
            assertEquals(60, receipt.details().get("blocks"));
            assertTrue(receipt.details().get("load, MB/s") > 0);
            assertTrue(
                    receipt.details().get("misses in pauses") <= receipt.details().get("misses"));
            assertEquals(
                    60,
                    receipt.series().get(CollectorLaunch.HISTOGRAM).stream()
                            .mapToDouble(Double::doubleValue)
                            .sum());
            assertEquals(60, receipt.series().get(CollectorLaunch.SLOWEST).size());
        }
    }
}

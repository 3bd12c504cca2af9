// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import dev.patchbay.bench.engine.HalvingModule;
import dev.patchbay.bench.plan.BenchException;
import dev.patchbay.bench.plan.Effort;
import dev.patchbay.bench.plan.Launch;
import dev.patchbay.bench.plan.Receipt;
import dev.patchbay.bench.plan.Workbench;
import dev.patchbay.layout.PluginImage;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.tools.project.Collector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Blocks of sound from a host in C to an engine and back, over the standard region. */
final class ExchangeLaunch implements Launch, NeedsPrograms {
    private final boolean isJava;
    private final String what;

    /**
     * An exchange.
     *
     * @param isJava whether the engine is rt-api's in a JVM; else it is the same loop in C
     * @param what {@code play-spin} or {@code play-sleep}
     */
    ExchangeLaunch(final boolean isJava, final String what) {
        this.isJava = isJava;
        this.what = what;
    }

    @Override
    public List<Program> programs() {
        return isJava
                ? List.of(Program.BLOCKS_HOST)
                : List.of(Program.BLOCKS_HOST, Program.BLOCKS_ENGINE);
    }

    @Override
    public long millis(final Effort effort) {
        return warm(effort) + effort.measureMillis() + (isJava ? 600L : 20L);
    }

    private int warm(final Effort effort) {
        return isJava ? effort.javaWarmMillis() : effort.nativeWarmMillis();
    }

    @Override
    public Receipt measure(final Workbench bench) throws InterruptedException {
        Path folder = null;
        try {
            folder = Files.createTempDirectory(bench.memory(), "engine-");
            return isJava ? withJava(bench, folder) : withC(bench, folder);
        } catch (final IOException e) {
            throw new BenchException("The engine could not be started: " + e + ".", e);
        } finally {
            Folders.delete(folder);
        }
    }

    private Receipt withC(final Workbench bench, final Path folder) throws InterruptedException {
        final Path region = folder.resolve("instance");
        Region.create(region, image()).close();
        return Processes.run(
                bench,
                command(bench, Program.BLOCKS_HOST, region),
                List.of(command(bench, Program.BLOCKS_ENGINE, region)));
    }

    private Receipt withJava(final Workbench bench, final Path folder)
            throws IOException, InterruptedException {
        final List<String> flags = new ArrayList<>(Collector.DISABLED.flags());
        flags.addAll(
                List.of(
                        "-Xms128m",
                        "-Xmx128m",
                        "-D" + HalvingModule.PROCESSOR + "=" + bench.secondProcessor()));
        try (EngineRig rig = new EngineRig(folder, image(), HalvingModule.class, flags)) {
            final Receipt receipt;
            try {
                receipt =
                        Processes.run(
                                bench,
                                command(bench, Program.BLOCKS_HOST, rig.region()),
                                List.of());
            } catch (final BenchException e) {
                throw new BenchException(e.getMessage() + " " + rig.lastWords(), e);
            }
            rig.quit();
            return receipt;
        }
    }

    private List<String> command(final Workbench bench, final Program program, final Path region) {
        final List<String> command =
                NativeLaunch.command(bench, program, what, warm(bench.effort()));
        command.add(region.toString());
        return command;
    }

    private static RegionImage image() {
        return new PluginImage(StandardRegion.Counts.DEFAULT).image();
    }
}

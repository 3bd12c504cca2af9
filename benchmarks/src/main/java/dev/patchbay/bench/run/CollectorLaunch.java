// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import dev.patchbay.bench.engine.AllocationLoad;
import dev.patchbay.bench.engine.LoadedSynth;
import dev.patchbay.bench.plan.BenchException;
import dev.patchbay.bench.plan.Effort;
import dev.patchbay.bench.plan.Launch;
import dev.patchbay.bench.plan.Receipt;
import dev.patchbay.bench.plan.Workbench;
import dev.patchbay.examples.polysynth.PolySynthParameters;
import dev.patchbay.layout.PluginImage;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.demo.JvmLog;
import dev.patchbay.tools.project.Collector;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The example synth at the pace of a sound card, played by a host in C, while a load works beside it: in the synth's own JVM, in another,
 * or in none.
 */
public final class CollectorLaunch implements Launch, NeedsPrograms {
    /** The greatest time of a block. */
    static final String WORST = "worst, µs";

    /** The greatest time of a block in each part of the run. */
    public static final String SLOWEST = "slowest, µs";

    /** How many blocks took how long. */
    public static final String HISTOGRAM = "histogram";

    /** When the threads of the synth's JVM stood still, and for how long. */
    public static final String PAUSES_AT = "pauses, s";

    /** How long each was. */
    public static final String PAUSES_LONG = "pauses, ms";

    private static final int VOICES = 16;
    private static final int PRIORITY = 70;
    private static final int LOAD_MEGABYTES_PER_SECOND = 300;
    private static final int MOST_PAUSES = 2000;
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final double MILLION = 1e6;

    /** Where the load is. */
    enum Load {
        /** Nowhere. */
        NONE,
        /** In the synth's JVM. */
        INSIDE,
        /** In another JVM, under generational ZGC. */
        BESIDE,
        /** In a program that moves memory and allocates nothing. */
        MEMORY
    }

    private final List<String> collector;
    private final Load load;

    /** The synth under a collector, and the load. */
    CollectorLaunch(final List<String> collector, final Load load) {
        this.collector = collector;
        this.load = load;
    }

    @Override
    public List<Program> programs() {
        return load == Load.MEMORY
                ? List.of(Program.COLLECTOR_HOST, Program.BANDWIDTH)
                : List.of(Program.COLLECTOR_HOST);
    }

    private static long playMillis(final Effort effort) {
        return effort.javaWarmMillis() + 300L + effort.pacedBlocks() * 4 / 3;
    }

    @Override
    public long millis(final Effort effort) {
        return playMillis(effort) + 700;
    }

    @Override
    public Receipt measure(final Workbench bench) throws InterruptedException {
        Path folder = null;
        try {
            folder = Files.createTempDirectory(bench.memory(), "collector-");
            return measure(bench, folder);
        } catch (final IOException | ToolException e) {
            throw new BenchException("The run could not be made: " + e.getMessage() + ".", e);
        } finally {
            Folders.delete(folder);
        }
    }

    private Receipt measure(final Workbench bench, final Path folder)
            throws IOException, InterruptedException {
        final Path progress = folder.resolve("load");
        Files.write(progress, new byte[AllocationLoad.PROGRESS_BYTES]);
        final Path log = folder.resolve("jvm.log");
        final Path times = folder.resolve("times");
        final Receipt played;
        try (Companion beside = companion(bench, folder, progress);
                EngineRig rig = rig(folder, log, progress)) {
            if (beside != null) {
                await(beside, progress);
            }
            try {
                played =
                        Processes.run(
                                bench,
                                host(bench, rig.region(), times),
                                List.of(),
                                playMillis(bench.effort()));
            } catch (final BenchException e) {
                throw new BenchException(e.getMessage() + " " + rig.lastWords(), e);
            }
            if (beside != null && !beside.isAlive()) {
                throw new BenchException(
                        "The load beside it ended: "
                                + Files.readString(folder.resolve("load.txt")).strip());
            }
            rig.quit();
        }
        return receipt(played, BlockTimes.read(times), JvmLog.read(log), loadRate(progress));
    }

    private EngineRig rig(final Path folder, final Path log, final Path progress)
            throws IOException {
        final List<String> flags = new ArrayList<>(collector);
        flags.addAll(heap());
        flags.addAll(
                List.of(
                        "-Xlog:disable",
                        "-Xlog:all=warning:stderr",
                        "-Xlog:async",
                        "-Xlog:gc=info,gc+init=info,gc+phases=info,safepoint=info:file="
                                + log
                                + ":timenanos,tags:filecount=0"));
        if (load == Load.INSIDE) {
            flags.add("-D" + AllocationLoad.RATE + "=" + LOAD_MEGABYTES_PER_SECOND);
            flags.add("-D" + AllocationLoad.PROGRESS + "=" + progress);
        }
        return new EngineRig(
                folder,
                new PluginImage(StandardRegion.Counts.DEFAULT.withChannels(0, 2))
                        .parameters(new PolySynthParameters().parameters())
                        .image(),
                LoadedSynth.class,
                flags);
    }

    /** The same for all: eight times of what the load keeps alive. */
    private static List<String> heap() {
        return List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch");
    }

    private Companion companion(final Workbench bench, final Path folder, final Path progress)
            throws IOException {
        final Path said = folder.resolve("load.txt");
        return switch (load) {
            case NONE, INSIDE -> null;
            case MEMORY ->
                    new Companion(
                            List.of(
                                    bench.programs().resolve(Program.BANDWIDTH.file()).toString(),
                                    progress.toString()),
                            said);
            case BESIDE -> {
                final List<String> command = new ArrayList<>();
                command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
                command.addAll(Collector.NORMAL.flags());
                command.addAll(heap());
                command.addAll(
                        List.of(
                                "-XX:-UsePerfData",
                                "-cp",
                                System.getProperty("java.class.path"),
                                AllocationLoad.class.getName(),
                                Integer.toString(LOAD_MEGABYTES_PER_SECOND),
                                progress.toString()));
                yield new Companion(command, said);
            }
        };
    }

    /** Waits until a load works: where it begins late, what is shown is a run without it. */
    private static void await(final Companion beside, final Path progress)
            throws IOException, InterruptedException {
        final long begin = System.nanoTime();
        while (words(progress)[0] == 0
                && beside.isAlive()
                && System.nanoTime() - begin < PATIENCE_NANOS) {
            Thread.sleep(5);
        }
    }

    /** The bytes that the load has moved, and the nanoseconds that it took. */
    private static long[] words(final Path progress) throws IOException {
        final ByteBuffer words =
                ByteBuffer.wrap(Files.readAllBytes(progress)).order(ByteOrder.nativeOrder());
        return new long[] {words.getLong(), words.getLong()};
    }

    private static List<String> host(final Workbench bench, final Path region, final Path times) {
        final List<String> command =
                NativeLaunch.command(
                        bench, Program.COLLECTOR_HOST, "play", bench.effort().javaWarmMillis());
        command.addAll(
                List.of(
                        region.toString(),
                        Integer.toString(bench.effort().pacedBlocks()),
                        Integer.toString(PRIORITY),
                        Integer.toString(VOICES),
                        times.toString()));
        return command;
    }

    /** What the load has done, in MB/s. */
    private double loadRate(final Path progress) throws IOException {
        if (load == Load.NONE) {
            return 0;
        }
        final long[] words = words(progress);
        final long bytes = words[0];
        final long nanos = words[1];
        if (bytes == 0 || nanos == 0) {
            throw new BenchException("The load did nothing, so nothing was shown.");
        }
        return bytes * 1e3 / nanos;
    }

    private Receipt receipt(
            final Receipt played, final BlockTimes times, final JvmLog log, final double loadRate) {
        final long begin = times.due()[0];
        final long end = times.there()[times.count() - 1];
        final List<JvmLog.Pause> pauses = JvmLog.between(log.safepoints(), begin, end);
        final Map<String, Double> details = new LinkedHashMap<>(played.details());
        details.put(Receipt.LEAST, MILLION / 2 / times.count());
        details.put("blocks", (double) times.count());
        details.put("misses", (double) times.misses());
        details.put("misses in pauses", (double) inPauses(times, pauses));
        details.put(
                WORST,
                java.util.stream.IntStream.range(0, times.count())
                        .mapToDouble(i -> times.nanos(i) / 1e3)
                        .max()
                        .orElseThrow());
        details.put("p99", times.percentile(0.99));
        details.put("p99.9", times.percentile(0.999));
        details.put("pauses", (double) pauses.size());
        details.put(
                "longest pause, ms",
                pauses.stream().mapToDouble(JvmLog.Pause::millis).max().orElse(0));
        details.put("load, MB/s", loadRate);
        return new Receipt(
                times.misses() * MILLION / times.count(),
                played.sent(),
                played.received(),
                null,
                played.faults(),
                null,
                1,
                details,
                series(times, pauses));
    }

    /** How many missed blocks a pause of the synth's JVM fell into. */
    private static long inPauses(final BlockTimes times, final List<JvmLog.Pause> pauses) {
        return times.missed().stream()
                .filter(
                        block ->
                                !JvmLog.between(pauses, times.due()[block], times.there()[block])
                                        .isEmpty())
                .count();
    }

    private static Map<String, List<Double>> series(
            final BlockTimes times, final List<JvmLog.Pause> pauses) {
        final List<JvmLog.Pause> drawn =
                pauses.stream()
                        .sorted(
                                java.util.Comparator.comparingDouble(JvmLog.Pause::millis)
                                        .reversed())
                        .limit(MOST_PAUSES)
                        .toList();
        final Map<String, List<Double>> series = new LinkedHashMap<>();
        series.put(SLOWEST, times.slowest());
        series.put(HISTOGRAM, times.histogram());
        series.put(
                PAUSES_AT, drawn.stream().map(pause -> times.seconds(pause.startNanos())).toList());
        series.put(PAUSES_LONG, drawn.stream().map(JvmLog.Pause::millis).toList());
        return series;
    }
}

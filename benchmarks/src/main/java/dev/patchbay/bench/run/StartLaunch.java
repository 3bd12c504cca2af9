// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.bench.plan.BenchException;
import dev.patchbay.bench.plan.Effort;
import dev.patchbay.bench.plan.Launch;
import dev.patchbay.bench.plan.Receipt;
import dev.patchbay.bench.plan.Workbench;
import dev.patchbay.bench.statistics.Line;
import dev.patchbay.bench.statistics.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A host that loads the example synth's bundle and makes instance after instance ready to play in real time: how long that takes, and what
 * memory host, engine and control process have after each.
 */
public final class StartLaunch implements Launch {
    /** The detail with the time to load the bundle and read its factory. */
    static final String SCAN = "scan, ms";

    /** The detail with the time of the first instance, from its making to the engine's being warm. */
    static final String FIRST = "first instance, ms";

    /** The detail with that of a further one. */
    static final String FURTHER = "further instance, ms";

    /** The detail with the memory of all processes with one instance, less that of the host before. */
    static final String MEMORY_FIRST = "memory of the first, MB";

    /** The detail with what each further instance adds. */
    static final String MEMORY_FURTHER = "memory of a further one, MB";

    /** The detail with the number of instances. */
    static final String INSTANCES = "instances";

    /** The series with the times of the instances, in milliseconds. */
    public static final String TIMES = "ready, ms";

    /** The series with the memory of all processes after each instance, in MB. */
    public static final String MEMORY = "memory, MB";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_SECONDS = 120;
    private static final double MEGABYTE = 1e6;
    private static final String ENGINE = "dev.patchbay.rt.EngineMain";
    private static final String CONTROL = "dev.patchbay.control.ControlMain";
    private static final int LAST_WORDS = 600;

    /** What the bridge says where it does without the cache: launch_options.cpp. */
    private static final String UNUSED_CACHE = "the AOT cache of the rt module is not used";

    /** In all rounds but one: each starts a control process of its own. */
    private static final int FEW = 4;

    /** What a further instance may take, in MB; of what is available, no more than half is taken. */
    private static final long MEGABYTES_EACH = 100;

    private static final int FIRST_MILLIS = 2200;
    private static final int FURTHER_MILLIS = 500;

    private final boolean hasCache;
    private final AtomicBoolean grown = new AtomicBoolean();

    /** A start with the engine's AOT cache, or without. */
    StartLaunch(final boolean hasCache) {
        this.hasCache = hasCache;
    }

    @Override
    public long millis(final Effort effort) {
        return FIRST_MILLIS
                + (long) FURTHER_MILLIS
                        * (Math.min(FEW, effort.instances())
                                + effort.instances() / effort.rounds());
    }

    @Override
    public Receipt measure(final Workbench bench) throws InterruptedException {
        Path folder = null;
        try {
            folder = Files.createTempDirectory(bench.memory(), "start-");
            final int instances = instances(bench.effort());
            return receipt(instances, start(instances, folder));
        } catch (final IOException e) {
            throw new BenchException("The start could not be measured: " + e + ".", e);
        } finally {
            Folders.delete(folder);
        }
    }

    /** As many as the effort says, and the memory allows, the first time; then a few. */
    private int instances(final Effort effort) {
        final int few = Math.min(FEW, effort.instances());
        if (grown.getAndSet(true)) {
            return few;
        }
        final long room = Machine.availableMegabytes() / 2 / MEGABYTES_EACH;
        return (int) Math.max(few, Math.min(effort.instances(), room));
    }

    private static Path home() {
        return Path.of(System.getProperty("patchbay.home", "."));
    }

    private static Path host() {
        return home().resolve("c-bridge/target/native/patchbay-host");
    }

    private static Path bundle() {
        return home().resolve("examples/polysynth/target/PolySynth.vst3");
    }

    /** {@return what is measured that is not on the class path} */
    static List<Path> parts() {
        return List.of(
                host(),
                bundle().resolve("Contents/Resources"),
                bundle().resolve("Contents/x86_64-linux/PolySynth.so"));
    }

    private JsonNode start(final int instances, final Path folder)
            throws IOException, InterruptedException {
        final Path json = folder.resolve("start.json");
        final Path said = folder.resolve("said.txt");
        final ProcessBuilder builder =
                new ProcessBuilder(
                        host().toString(),
                        "start",
                        "--plugin",
                        bundle().toString(),
                        "--block",
                        "64",
                        "--instances",
                        Integer.toString(instances),
                        "--json",
                        json.toString());
        builder.environment().put("PATCHBAY_LOG_DIR", folder.resolve("logs").toString());
        builder.environment().put("PATCHBAY_AOT", hasCache ? "on" : "off");
        final Process host =
                builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
        try {
            final boolean ended = host.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            final String words = Files.readString(said).strip().replaceAll("\\s+", " ");
            final String quoted =
                    "; it said: " + words.substring(0, Math.min(words.length(), LAST_WORDS)) + ".";
            if (!ended) {
                throw new BenchException("the host does not end" + quoted);
            }
            if (host.exitValue() != 0) {
                throw new BenchException(
                        "the host ended with status " + host.exitValue() + ", expected 0" + quoted);
            }
            if (hasCache && words.contains(UNUSED_CACHE)) {
                throw new BenchException("the engine started without its cache" + quoted);
            }
            return JSON.readTree(json.toFile());
        } finally {
            end(host);
        }
    }

    /** The host, and what it has started: that ends with it, or is ended. */
    private static void end(final Process host) {
        final List<ProcessHandle> children = host.descendants().toList();
        host.destroyForcibly();
        host.onExit().join();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private static Receipt receipt(final int asked, final JsonNode report) {
        final List<Double> times = new ArrayList<>();
        final List<Double> memory = new ArrayList<>();
        final double before = megabytes(report.get("before"), "");
        JsonNode processes = null;
        for (final JsonNode instance : report.get("instances")) {
            times.add(
                    instance.get("instantiateMillis").asDouble()
                            + instance.get("activateMillis").asDouble());
            processes = instance.get("processes");
            memory.add(megabytes(processes, "") - before);
        }
        final JsonNode first = report.get("instances").get(0).get("processes");
        final Map<String, Double> details = new LinkedHashMap<>();
        details.put(INSTANCES, (double) times.size());
        details.put(SCAN, report.get("scanMillis").asDouble());
        details.put(FIRST, times.get(0));
        details.put(FURTHER, Summary.median(array(times.subList(1, times.size()))));
        details.put(MEMORY_FIRST, memory.get(0));
        final Line growth = Line.through(array(memory));
        details.put(MEMORY_FURTHER, growth.slope());
        details.put("largest residual of that line, MB", growth.largestResidual());
        details.put("engine with one, MB", megabytes(first, ENGINE));
        details.put("control of one, MB", megabytes(first, CONTROL));
        details.put("host with one, MB", megabytes(first, "") - others(first));
        details.put("engine with all, MB", megabytes(processes, ENGINE));
        details.put("control of all, MB", megabytes(processes, CONTROL));
        details.put("host with all, MB", megabytes(processes, "") - others(processes));
        final Line slower = Line.through(array(times.subList(1, times.size())));
        details.put("time that each adds to the next, ms", slower.slope());
        return new Receipt(
                times.get(0),
                asked,
                times.size(),
                null,
                // One engine for all, and control code for each.
                processes(processes, ENGINE) == 1 && processes(processes, CONTROL) == times.size()
                        ? 0
                        : 1,
                null,
                1,
                details,
                Map.of(TIMES, times, MEMORY, memory));
    }

    private static double others(final JsonNode processes) {
        return megabytes(processes, ENGINE) + megabytes(processes, CONTROL);
    }

    private static double[] array(final List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The share of the memory that processes have whose command line holds a word. */
    private static double megabytes(final JsonNode processes, final String word) {
        double sum = 0;
        for (final JsonNode process : processes) {
            if (process.get("command").asText().contains(word)) {
                sum += process.get("proportionalBytes").asDouble() / MEGABYTE;
            }
        }
        return sum;
    }

    private static int processes(final JsonNode processes, final String word) {
        int count = 0;
        for (final JsonNode process : processes) {
            count += process.get("command").asText().contains(word) ? 1 : 0;
        }
        return count;
    }
}

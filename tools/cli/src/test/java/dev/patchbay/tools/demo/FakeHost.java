// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.demo;

import static dev.patchbay.layout.StandardRegion.BRIDGE_COUNTERS;
import static dev.patchbay.layout.StandardRegion.CONTROL_COUNTERS;
import static dev.patchbay.layout.StandardRegion.RENDER_HISTOGRAM;
import static dev.patchbay.layout.StandardRegion.ROUND_TRIP_HISTOGRAM;
import static dev.patchbay.layout.StandardRegion.RT_COUNTERS;

import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.Histogram;
import dev.patchbay.atomics.IntCells;
import dev.patchbay.atomics.MeterWriter;
import dev.patchbay.atomics.RoleCell;
import dev.patchbay.layout.PluginImage;
import dev.patchbay.layout.ProcessStart;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * Stands in for the headless host: plays 60 blocks into a region in a file and leaves what a host, a bridge and two JVMs
 * would leave. What goes wrong is said by the first argument.
 */
public final class FakeHost {
    private static final int BLOCKS = 60;
    private static final long PERIOD = 10_000_000L;
    private static final RegionDeclaration SHAPES =
            StandardRegion.declare(StandardRegion.Counts.DEFAULT);

    private final Region region;
    private final long[] starts = new long[BLOCKS];
    private final double[] micros = new double[BLOCKS];
    private long warm;

    private FakeHost(final Path file) {
        region = Region.create(file, new PluginImage(StandardRegion.Counts.DEFAULT).image());
    }

    /** Takes what goes wrong, the region's file, and then the host's own arguments. */
    public static void main(final String[] args) throws Exception {
        final String wrong = args[0];
        final List<String> options = Arrays.asList(args).subList(2, args.length);
        if (wrong.equals("refuse")) {
            System.err.println("patchbay: Mini: something from the plug-in");
            System.err.println(
                    "patchbay-host: " + option(options, "--midi") + " is not a Standard MIDI File");
            System.err.println("patchbay: Mini: good-bye");
            System.exit(3);
        }
        final FakeHost host = new FakeHost(Path.of(args[1]));
        host.identify();
        host.play();
        if (wrong.equals("hang")) {
            Thread.sleep(60_000);
        }
        host.leave(Path.of(System.getenv("PATCHBAY_LOG_DIR")), wrong);
        Files.write(Path.of(option(options, "--out")), host.wav());
        Files.writeString(Path.of(option(options, "--json")), host.json());
        System.exit(0);
    }

    private static String option(final List<String> options, final String name) {
        return options.get(options.indexOf(name) + 1);
    }

    private SectionEntry section(final String name) {
        return region.section(SHAPES.section(name));
    }

    private void set(final String section, final String counter, final long value) {
        Counters.over(region.buffer(), section(section))
                .setRelease(SHAPES.section(section).names().indexOf(counter), value);
    }

    private void identify() {
        final int pid = (int) ProcessHandle.current().pid();
        for (final Role role : List.of(Role.RT, Role.CONTROL)) {
            new RoleCell(region.buffer(), section(StandardRegion.ROLES), role)
                    .identify(pid, ProcessStart.of(pid), 1, role == Role.RT ? "Epsilon" : "ZGC");
        }
        warm = System.nanoTime();
        set(RT_COUNTERS, "warm_at_nanos", warm);
        set(RT_COUNTERS, "warm_up_nanos", 1_500_000_000L);
    }

    private void play() throws InterruptedException {
        final Histogram trips = new Histogram(region.buffer(), section(ROUND_TRIP_HISTOGRAM));
        final Histogram renders = new Histogram(region.buffer(), section(RENDER_HISTOGRAM));
        final MeterWriter meters =
                MeterWriter.over(region.buffer(), section(StandardRegion.OUTPUT_LEVELS), 48_000);
        for (int i = 0; i < BLOCKS; i++) {
            starts[i] = System.nanoTime();
            micros[i] = i == 40 ? 12_000 : 100 + i;
            trips.record((long) (micros[i] * 1000));
            renders.record(50_000);
            meters.setLevel(0, 0.5f);
            meters.advance(480);
            IntCells.over(region.buffer(), section(StandardRegion.VOICE_STATES)).setRelease(3, 1);
            set(BRIDGE_COUNTERS, "blocks", i + 1);
            set(CONTROL_COUNTERS, "allocated_bytes", (i + 1) * 3_000_000L);
            set(CONTROL_COUNTERS, "collections", i / 10);
            set(CONTROL_COUNTERS, "presets_selected", i / 30);
            Thread.sleep(PERIOD / 1_000_000);
        }
        set(BRIDGE_COUNTERS, "missed_deadlines", 1);
        set(BRIDGE_COUNTERS, "round_trip_max_nanos", 12_000_000);
        set(RT_COUNTERS, "render_max_nanos", 50_001);
        set(RT_COUNTERS, "blocks", BLOCKS);
        set(RT_COUNTERS, "measured_blocks", BLOCKS);
    }

    private void leave(final Path logs, final String wrong) throws IOException {
        final String tail = ProcessHandle.current().pid() + "-" + region.instanceId() + ".jvm.log";
        if (!wrong.equals("no-log")) {
            Files.writeString(logs.resolve("rt-" + tail), rtLog());
        }
        Files.writeString(
                logs.resolve("control-" + tail),
                String.format(
                        Locale.ROOT,
                        "[%dns][gc,phases] GC(0) Y: Pause Mark Start (Major)"
                                + " 0.500ms%n[%dns][gc,phases] GC(0) Y: Pause Mark End 0.250ms%n",
                        starts[10],
                        starts[20]));
        if (wrong.equals("no-measure")) {
            set(RT_COUNTERS, "measured_blocks", 0);
        }
    }

    /** One safepoint before the end of warm-up, one while blocks are played, one after the last. */
    private String rtLog() {
        final StringBuilder log = new StringBuilder();
        for (final long nanos : new long[] {warm - 1, starts[30], System.nanoTime()}) {
            log.append('[')
                    .append(nanos)
                    .append(
                            "ns][safepoint   ] Safepoint \"HandshakeAllThreads\", Time since last:"
                                    + " 1 ns,")
                    .append(
                            " Reaching safepoint: 2 ns, At safepoint: 3 ns, Leaving safepoint: 4"
                                    + " ns, Total: 10 ns, Threads: 1 runnable, 9 total\n");
        }
        return log.toString();
    }

    private byte[] wav() {
        final int frames = BLOCKS * 480;
        final ByteBuffer wav = ByteBuffer.allocate(44 + frames * 8).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + frames * 8);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 3)
                .putShort((short) 2)
                .putInt(48_000)
                .putInt(48_000 * 8)
                .putShort((short) 8)
                .putShort((short) 32);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(frames * 8);
        for (int i = 0; i < frames; i++) {
            wav.putFloat((float) Math.sin(i * 0.05)).putFloat(0.25f);
        }
        return wav.array();
    }

    private String json() {
        final StringJoiner times = new StringJoiner(",");
        final StringJoiner durations = new StringJoiner(",");
        for (int i = 0; i < BLOCKS; i++) {
            times.add(Long.toString(starts[i]));
            durations.add(Double.toString(micros[i]));
        }
        return """
{"class": "Mini", "mode": "realtime", "sampleRate": 48000, "blockSize": 480, "blocks": 60, "seconds": 0.6,
 "lateBlocks": 1, "overruns": 0, "notesPlayed": 4, "peakDb": -1.5, "rmsDb": -12.25, "clippedSamples": 0,
 "processMicros": {"p50": 130.0, "p99": 159.0, "max": 12000.0},
 "blockStartNanos": ["""
                + times
                + "], \"blockMicros\": ["
                + durations
                + "]}";
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.eventqueue.Event;
import dev.patchbay.examples.polysynth.rt.PolySynth;
import dev.patchbay.rt.Block;
import dev.patchbay.rt.RtContext;
import dev.patchbay.rt.RtModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as the launcher runs it, shorter. */
class DemoIT {

    @TempDir private Path folder;

    /** The synth, with a fault: now and then it stops the whole VM, and allocates. */
    public static final class Stopping implements RtModule {
        private final PolySynth synth = new PolySynth();
        private int blocks;
        private int threads;

        @Override
        public void init(final RtContext context) {
            synth.init(context);
        }

        @Override
        public void handleEvent(final Event event) {
            synth.handleEvent(event);
        }

        @Override
        public void process(final Block block) {
            if (++blocks % 100 == 0) {
                threads = Thread.getAllStackTraces().size();
            }
            synth.process(block);
        }

        @Override
        public int tailFrames() {
            return synth.tailFrames() + Math.min(threads, 0);
        }
    }

    private Process demo(final String... options) throws Exception {
        return demo(HostRun.BUNDLE, options);
    }

    /** A rehearsal that took so long was cut short: what compiles after it may allocate. */
    private static final double REHEARSAL_CUT_SHORT_MILLIS = 10_000;

    private Process demo(final Path bundle, final String... options) throws Exception {
        final List<String> command = Tools.command("demo");
        command.addAll(List.of("--plugin", bundle.toString(), "--host", HostRun.HOST.toString()));
        command.addAll(List.of("--dir", folder.resolve("demo").toString()));
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    @Test
    void theEngineNeitherCollectsNorAllocatesNorStopsWhileControlDoes() throws Exception {
        final Process demo =
                demo("--midi", Songs.named("flying_scotsman").toString(), "--seconds", "12");
        assertEquals(0, demo.waitFor(), () -> text());
        assertTrue(text().contains("panel     http://127.0.0.1:"), () -> text());
        final JsonNode summary =
                new ObjectMapper().readTree(folder.resolve("demo/summary.json").toFile());
        final JsonNode rt = summary.get("rt");
        assertEquals("Epsilon", rt.get("gc").asText());
        assertEquals(0, rt.get("collections").asInt(-1));
        if (rt.get("warmUpMillis").asDouble() < REHEARSAL_CUT_SHORT_MILLIS) {
            assertEquals(0, rt.get("allocatedBytes").asLong(-1), summary::toPrettyString);
            assertEquals(0, rt.get("allocatedBytesPerBlock").asDouble(-1), summary::toPrettyString);
        } else {
            System.out.println("DemoIT: the machine was too busy for a whole rehearsal: " + rt);
        }
        assertEquals(0, rt.get("safepointsAfterWarmup").asInt(-1), summary::toPrettyString);
        final JsonNode control = summary.get("control");
        assertEquals("ZGC", control.get("gc").asText());
        assertTrue(control.get("collections").asInt() >= 5, summary::toPrettyString);
        assertTrue(control.get("allocatedMBps").asDouble() > 100, summary::toPrettyString);
        assertTrue(control.get("pauseMsTotal").asDouble() > 0, summary::toPrettyString);
        assertTrue(control.get("presetsSelected").asInt() >= 2, summary::toPrettyString);
        assertEquals(12 * 48_000 / 256, summary.get("blocks").asInt());
        assertTrue(summary.get("notesPlayed").asInt() > 20);
        assertTrue(summary.get("peakDb").asDouble() < 0);
        assertTrue(summary.get("missedDeadlines").asInt(-1) >= 0);
        final JsonNode roundTrip = summary.get("roundTripMicros");
        assertTrue(roundTrip.get("p50").asDouble() > 0);
        assertTrue(roundTrip.get("p99").asDouble() >= roundTrip.get("p50").asDouble());
        assertTrue(roundTrip.get("max").asDouble() >= roundTrip.get("p99").asDouble() * 0.9);
        assertTrue(Files.size(folder.resolve("demo/report.html")) > 10_000);
        assertEquals(12 * 48_000, HostRun.readWav(folder.resolve("demo/demo.wav"))[0].length);
    }

    @Test
    void anEngineThatStopsAndAllocatesIsReportedAsSuch() throws Exception {
        final Path bundle = Tools.bundle(folder, Stopping.class.getName(), 0);
        final Process demo =
                demo(bundle, "--midi", Songs.named("flying_scotsman").toString(), "--seconds", "4");
        assertEquals(0, demo.waitFor(), () -> text());
        final JsonNode rt =
                new ObjectMapper().readTree(folder.resolve("demo/summary.json").toFile()).get("rt");
        assertTrue(rt.get("safepointsAfterWarmup").asInt() >= 5, rt::toPrettyString);
        assertTrue(rt.get("allocatedBytesPerBlock").asDouble() > 0, rt::toPrettyString);
    }

    @Test
    void aMidiFileThatIsNoneIsRefusedInOneSentence() throws Exception {
        final Path midi = Files.writeString(folder.resolve("x.mid"), "not music");
        final Process demo = demo("--midi", midi.toString());
        assertTrue(demo.waitFor() != 0);
        assertTrue(text().contains("is not a Standard MIDI File"), this::text);
        assertFalse(text().contains("Exception"), this::text);
        assertFalse(Files.exists(folder.resolve("demo/demo.wav")));
        assertFalse(Files.exists(folder.resolve("demo/summary.json")));
    }

    private String text() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (final java.io.IOException e) {
            return e.toString();
        }
    }
}

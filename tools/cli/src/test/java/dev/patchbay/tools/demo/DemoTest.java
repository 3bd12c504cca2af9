// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.tools.ToolException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class DemoTest {
    private static FakeDemo good;
    private static Figures figures;

    @TempDir private Path work;

    @BeforeAll
    static void play(@TempDir final Path shared) throws IOException {
        good = new FakeDemo(shared, "nothing");
        figures = good.demo().play();
    }

    @Test
    void figuresComeFromTheHostTheRegionAndTheLogs() {
        assertEquals(60, figures.blocks());
        assertEquals(1, figures.missedDeadlines());
        assertEquals(-1.5, figures.peakDb());
        assertEquals("Epsilon", figures.rt().gc());
        assertEquals("ZGC", figures.control().gc());
        assertEquals(0, figures.rt().allocatedBytesPerBlock());
        assertEquals(1500, figures.rt().warmUpMillis());
        assertEquals(5, figures.control().collections());
        assertEquals(0.75, figures.control().pauseMsTotal());
        assertEquals(1, figures.control().presetsSelected());
        assertEquals(12_000, figures.roundTripMicros().max());
        assertEquals(50.001, figures.rt().renderMicros().max());
    }

    @Test
    void onlySafepointsBetweenWarmUpAndTheLastBlockAreCounted() {
        assertEquals(1, figures.rt().safepointsAfterWarmup());
    }

    /** How much it is, AllocationRateTest tells: here it depends on how fast the machine is. */
    @Test
    void theAllocationRateIsMeasured() {
        assertTrue(figures.control().allocatedMBps() > 0, figures::toString);
    }

    @Test
    void theSummaryHasAllFields() throws IOException {
        final JsonNode summary =
                new ObjectMapper().readTree(good.folder.resolve("summary.json").toFile());
        for (final String name :
                List.of(
                        "blocks",
                        "missedDeadlines",
                        "sampleRate",
                        "blockSize",
                        "seconds",
                        "peakDb",
                        "rmsDb",
                        "notesPlayed",
                        "overruns",
                        "lateBlocks",
                        "droppedEvents",
                        "rt/gc",
                        "rt/safepointsAfterWarmup",
                        "rt/allocatedBytesPerBlock",
                        "rt/collections",
                        "rt/warmUpMillis",
                        "rt/blocks",
                        "rt/renderMicros/p50",
                        "rt/renderMicros/p99",
                        "rt/renderMicros/max",
                        "control/gc",
                        "control/collections",
                        "control/pauseMsTotal",
                        "control/allocatedMBps",
                        "control/presetsSelected",
                        "roundTripMicros/p50",
                        "roundTripMicros/p99",
                        "roundTripMicros/max",
                        "machine/processor")) {
            assertTrue(summary.at("/" + name).isValueNode(), name);
        }
    }

    @Test
    void theReportHasItsPlotsAsWellFormedPicturesAndNeedsNothingElse() throws Exception {
        final String page = Files.readString(good.folder.resolve("report.html"));
        final List<String> labels = new ArrayList<>();
        final Matcher svg = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(page);
        while (svg.find()) {
            final Document picture =
                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(
                                    new ByteArrayInputStream(
                                            svg.group().getBytes(StandardCharsets.UTF_8)));
            labels.add(picture.getDocumentElement().getAttribute("aria-label"));
        }
        assertEquals(
                List.of(
                        "Time of each block above the control JVM's pauses and allocation",
                        "Histogram of the time for a block",
                        "Output levels and active voices over time",
                        "Waveform of the rendered sound, 2 channels"),
                labels);
        assertFalse(page.contains("<script"));
        assertFalse(page.replace("http://www.w3.org/2000/svg", "").contains("http"));
        assertTrue(page.contains("block 40 at "), "the slow block is named");
        assertTrue(page.contains("preset change 1 at "), "the preset change is marked");
        assertTrue(
                page.contains("safepoint of the RT JVM, HandshakeAllThreads"),
                "the safepoint is marked");
        assertTrue(page.contains("Pause Mark Start (Major) at "), "the pause is named");
    }

    @Test
    void theSoundIsWhereItWasAskedForAndNothingElseIsLeft() throws IOException {
        assertEquals(44 + 60 * 480 * 8, Files.size(good.folder.resolve("out.wav")));
        assertEquals(List.of("logs", "out.wav", "report.html", "summary.json"), names(good.folder));
    }

    private static List<String> names(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    private String refusal(final FakeDemo demo) throws IOException {
        final String message =
                assertThrows(ToolException.class, () -> demo.demo().play()).getMessage();
        assertEquals(List.of("logs"), names(demo.folder));
        return message;
    }

    @Test
    void aHostThatRefusesIsQuotedAndLeavesNothing() throws IOException {
        assertEquals(
                "The host ended with status 3: "
                        + work.resolve("song.mid")
                        + " is not a Standard MIDI File",
                refusal(new FakeDemo(work, "refuse")));
    }

    @Test
    void aMissingLogIsAnErrorAndNoZero() throws IOException {
        final String message = refusal(new FakeDemo(work, "no-log"));
        assertTrue(
                message.matches("The JVM's log .*/rt-\\d+-\\*\\.jvm\\.log cannot be read: .*"),
                message);
    }

    @Test
    void anUnmeasuredFigureIsAnErrorAndNoZero() throws IOException {
        assertEquals(
                "The region does not say over how many blocks RT measured what it allocates.",
                refusal(new FakeDemo(work, "no-measure")));
    }

    @Test
    void aDemoThatIsInterruptedLeavesNoProcess() throws Exception {
        final FakeDemo demo = new FakeDemo(work, "hang");
        final AtomicReference<Throwable> end = new AtomicReference<>();
        final Thread player =
                new Thread(
                        () -> {
                            try {
                                demo.demo().play();
                            } catch (final ToolException e) {
                                end.set(e);
                            }
                        });
        player.start();
        while (!Files.exists(work.resolve("region"))) {
            Thread.sleep(20);
        }
        final List<ProcessHandle> hosts =
                ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();
        assertFalse(hosts.isEmpty());
        player.interrupt();
        player.join(20_000);
        assertFalse(player.isAlive());
        assertEquals("The demo was interrupted.", end.get().getMessage());
        assertTrue(hosts.stream().noneMatch(ProcessHandle::isAlive));
        assertEquals(List.of("logs"), names(demo.folder));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.bench.plan.BenchException;
import dev.patchbay.bench.plan.Benchmark;
import dev.patchbay.bench.plan.Receipt;
import dev.patchbay.bench.run.Catalogue;
import dev.patchbay.bench.run.Measurement;
import dev.patchbay.bench.run.Noise;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class PagesTest {
    private static final Map<String, String> FACTS =
            Map.of("processor", "one <of> two", "Agrona", "2.6.0");

    /** All benchmarks of the catalogue, Patchbay twice as fast as the first peer. */
    private static List<Shown> shown() {
        return shown(0.25);
    }

    private static List<Shown> shown(final double lostPercent) {
        final List<Shown> all = new ArrayList<>();
        for (final Benchmark benchmark : new Catalogue().all()) {
            final List<Measurement.Round> rounds = new ArrayList<>();
            for (int round = 0; round < 10; round++) {
                final Map<String, Receipt> receipts = new LinkedHashMap<>();
                double value = 40 + round;
                for (final var contender : benchmark.contenders()) {
                    receipts.put(
                            contender.name(), new Receipt(value, 1, 1, null, 0, null, 1, Map.of()));
                    value /= 2;
                }
                rounds.add(new Measurement.Round(new Noise(lostPercent, 80), receipts));
            }
            all.add(
                    Shown.of(
                            benchmark,
                            new Measurement(
                                    benchmark.name(), "key", "2026-03-04T05:06:07Z", rounds)));
        }
        return all;
    }

    @Test
    void theReportHasAPlotOfEachBenchmarkAndIsWellFormed()
            throws IOException, SAXException, ParserConfigurationException {
        final List<Shown> all = shown();
        final String page = Page.html(all, FACTS);
        assertEquals(1 + all.size(), page.split("<svg ", -1).length - 1);
        assertTrue(page.contains("one &lt;of&gt; two"));
        int begin = page.indexOf("<svg ");
        while (begin >= 0) {
            final int end = page.indexOf("</svg>", begin) + "</svg>".length();
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(page.substring(begin, end))));
            begin = page.indexOf("<svg ", end);
        }
    }

    @Test
    void thePublishedPartNamesMachineVersionsDateSpreadAndHowToRepeatIt() {
        final String part = DocsTable.of(shown(), FACTS, "quick");
        assertTrue(part.contains("- processor: `one <of> two`\n"), part);
        assertTrue(part.contains("- Agrona: `2.6.0`\n"), part);
        assertTrue(part.contains("`./patchbay bench --quick`"), part);
        assertTrue(
                part.contains(
                        "| `spsc-java-latency` | ns | 44.5 (40.0 to 49.0) | LMAX Disruptor 5.56"
                                + " (5.00 to 6.13) |"),
                part);
        assertTrue(part.contains("| 10, 2026-03-04 | 0.25 %, 80 µs |\n"), part);
        assertFalse(DocsTable.of(shown(), FACTS, "full").contains("--full"));
    }

    @Test
    void aMachineThatWasBusyIsTold() {
        assertTrue(shown(12).get(0).isDisturbed());
        assertFalse(shown(0.25).get(0).isDisturbed());
    }

    @Test
    void publishingTwiceReplacesThePartAndLeavesTheRest() {
        final String page = "# Title\n" + DocsTable.BEGIN + "\nold\n" + DocsTable.END + "\nend\n";
        final String once = DocsTable.into(page, "new\n");
        assertEquals("# Title\n" + DocsTable.BEGIN + "\nnew\n" + DocsTable.END + "\nend\n", once);
        assertEquals(once, DocsTable.into(once, "new\n"));
    }

    @Test
    void aPageWithoutMarkersIsRefused() {
        assertThrows(BenchException.class, () -> DocsTable.into("# Title\n", "new\n"));
        assertThrows(
                BenchException.class,
                () -> DocsTable.into(DocsTable.END + "\n" + DocsTable.BEGIN, "new\n"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.bench.statistics.Result;
import dev.patchbay.bench.statistics.Summary;
import dev.patchbay.bench.statistics.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsFileTest {
    private static List<String> names(final JsonNode node) {
        final List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void anEntryHasItsFieldsAndNoOthers() throws IOException {
        final Result result =
                new Result(
                        "a-b",
                        "ns",
                        List.of(new Summary("ours", 2, 1, 3), new Summary("peer", 4, 3, 5)),
                        0.5,
                        new double[] {0.4, 0.6},
                        "≤ 1.1 × best peer",
                        Verdict.YES,
                        "peer");
        final JsonNode array = new ObjectMapper().readTree(ResultsFile.text(List.of(result)));
        assertEquals(1, array.size());
        final JsonNode entry = array.get(0);
        assertEquals(
                List.of("name", "unit", "contenders", "ratioToBestPeer", "interval", "goal", "met"),
                names(entry));
        assertEquals(
                List.of("name", "median", "low", "high"), names(entry.get("contenders").get(0)));
        assertEquals("[0.4,0.6]", entry.get("interval").toString());
        assertEquals("\"yes\"", entry.get("met").toString());
        assertEquals(0.5, entry.get("ratioToBestPeer").doubleValue());
    }

    @Test
    void theWordsOfAVerdictAreYesNoAndUndecided() {
        assertEquals("yes", Verdict.YES.word());
        assertEquals("no", Verdict.NO.word());
        assertEquals("undecided", Verdict.UNDECIDED.word());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.report;

import dev.patchbay.bench.statistics.Summary;
import dev.patchbay.tools.report.TextTable;
import java.util.List;

/** The figures as tables. */
public final class Tables {
    private static final List<String> DETAILS = List.of("p99", "p99.9", "max");

    private Tables() {}

    /** {@return a line for each benchmark} */
    public static TextTable overview(final List<Shown> all) {
        final TextTable table =
                new TextTable(
                        "benchmark",
                        ">Patchbay",
                        "unit",
                        ">best peer",
                        "which",
                        ">ratio, 95 %",
                        "goal",
                        "met");
        for (final Shown shown : all) {
            table.row(
                    shown.benchmark().name(),
                    Shown.number(summary(shown, shown.benchmark().ours().name()).median()),
                    shown.result().unit(),
                    Shown.number(summary(shown, shown.result().bestPeer()).median()),
                    shown.result().bestPeer(),
                    shown.ratio(),
                    shown.result().goal(),
                    shown.result().met().word());
        }
        return table;
    }

    /** {@return a line for each contender of a benchmark} */
    static TextTable contenders(final Shown shown) {
        final TextTable table =
                new TextTable(
                        shown.result().unit(),
                        ">median",
                        ">least",
                        ">greatest",
                        ">p99",
                        ">p99.9",
                        ">max");
        for (final Summary summary : shown.result().contenders()) {
            final String[] row = new String[4 + DETAILS.size()];
            row[0] = summary.name();
            row[1] = Shown.number(summary.median());
            row[2] = Shown.number(summary.low());
            row[3] = Shown.number(summary.high());
            for (int i = 0; i < DETAILS.size(); i++) {
                final double[] values = shown.measurement().details(summary.name(), DETAILS.get(i));
                row[4 + i] = values.length == 0 ? "" : Shown.number(Summary.median(values));
            }
            table.row(row);
        }
        return table;
    }

    private static Summary summary(final Shown shown, final String contender) {
        return shown.result().contenders().stream()
                .filter(one -> one.name().equals(contender))
                .findFirst()
                .orElseThrow();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.report;

import dev.patchbay.bench.plan.Receipt;
import dev.patchbay.bench.statistics.Summary;
import dev.patchbay.tools.report.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The figures as tables. */
public final class Tables {
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
        final List<String> details = details(shown);
        final TextTable table =
                new TextTable(
                        Stream.concat(
                                        Stream.of(
                                                shown.result().unit(),
                                                ">median",
                                                ">least",
                                                ">greatest"),
                                        details.stream().map(name -> ">" + name))
                                .toArray(String[]::new));
        for (final Summary summary : shown.result().contenders()) {
            final List<String> row = new ArrayList<>();
            row.add(summary.name());
            row.add(Shown.number(summary.median()));
            row.add(Shown.number(summary.low()));
            row.add(Shown.number(summary.high()));
            for (final String detail : details) {
                final double[] values = shown.measurement().details(summary.name(), detail);
                row.add(values.length == 0 ? "" : Shown.number(Summary.median(values)));
            }
            table.row(row.toArray(String[]::new));
        }
        return table;
    }

    /** What is noted beside the figures, in the order of the receipts; each as the median of its rounds. */
    private static List<String> details(final Shown shown) {
        final Set<String> names = new LinkedHashSet<>();
        if (shown.benchmark().origin() == null) {
            shown.measurement().rounds().stream()
                    .flatMap(round -> round.receipts().values().stream())
                    .forEach(receipt -> names.addAll(receipt.details().keySet()));
        }
        names.remove(Receipt.LEAST);
        return List.copyOf(names);
    }

    private static Summary summary(final Shown shown, final String contender) {
        return shown.result().contenders().stream()
                .filter(one -> one.name().equals(contender))
                .findFirst()
                .orElseThrow();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.report;

import dev.patchbay.bench.plan.BenchException;
import dev.patchbay.bench.statistics.Summary;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The part of docs/benchmarks.md that the command writes, between two markers. */
public final class DocsTable {
    static final String BEGIN = "<!-- written by ./patchbay bench --publish: from here -->";
    static final String END = "<!-- to here -->";

    private DocsTable() {}

    /**
     * {@return a page with the part between its markers replaced}
     *
     * @throws BenchException if it has not both markers, in this order
     */
    public static String into(final String page, final String part) {
        final int begin = page.indexOf(BEGIN);
        final int end = page.indexOf(END, Math.max(0, begin));
        if (begin < 0 || end < 0) {
            throw new BenchException(
                    "The page has not the lines \"" + BEGIN + "\" and \"" + END + "\". Add them.");
        }
        return page.substring(0, begin + BEGIN.length()) + "\n" + part + page.substring(end);
    }

    /**
     * {@return the part: machine, versions, dates, a table}
     *
     * @param effort its name
     */
    public static String of(
            final List<Shown> all, final Map<String, String> facts, final String effort) {
        final StringBuilder text = new StringBuilder("\nMeasured on:\n\n");
        facts.forEach(
                (name, value) ->
                        text.append("- ").append(name).append(": `").append(value).append("`\n"));
        text.append("\nTo repeat it: `./patchbay bench")
                .append(effort.equals("full") ? "" : " --" + effort)
                .append(
                        "`. Median (least to greatest) of the rounds; the ratio is Patchbay's"
                                + " figure")
                .append(" to the best peer's, with the 95 % interval of its median.\n\n");
        text.append("| benchmark | unit | Patchbay | best peer | others | ratio | goal | met | ")
                .append("rounds, date | noise |\n|---|---|---|---|---|---|---|---|---|---|\n");
        all.forEach(shown -> row(text, shown));
        return text.append('\n').toString();
    }

    private static void row(final StringBuilder text, final Shown shown) {
        final String ours = shown.benchmark().ours().name();
        final String best = shown.result().bestPeer();
        text.append("| `").append(shown.benchmark().name()).append("` | ");
        text.append(shown.result().unit()).append(" | ");
        text.append(one(shown, ours)).append(" | ");
        text.append(best).append(' ').append(one(shown, best)).append(" | ");
        text.append(
                shown.result().contenders().stream()
                        .filter(one -> !one.name().equals(ours) && !one.name().equals(best))
                        .map(one -> one.name() + " " + Shown.spread(one))
                        .collect(Collectors.joining("; ")));
        text.append(" | ").append(shown.ratio());
        text.append(" | ").append(shown.result().goal());
        text.append(" | ").append(shown.result().met().word());
        text.append(" | ").append(shown.measurement().rounds().size());
        text.append(", ").append(shown.measurement().date(), 0, "2026-01-01".length());
        text.append(
                String.format(
                        Locale.ROOT,
                        " | %.2f %%, %.0f µs |%n",
                        shown.noisePercent(),
                        shown.longestNoiseMicros()));
    }

    private static String one(final Shown shown, final String contender) {
        for (final Summary summary : shown.result().contenders()) {
            if (summary.name().equals(contender)) {
                return Shown.spread(summary);
            }
        }
        throw new IllegalArgumentException(contender + " did not take part.");
    }
}

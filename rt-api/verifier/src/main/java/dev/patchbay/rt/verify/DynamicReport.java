// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.tools.realtime.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * What the dynamic half found.
 *
 * @param module the module's class
 * @param seed of the storm
 * @param verdict each kind with its count, its limit and where it first happened
 * @param offenders what the blocks were like in which something first happened, in the order of the kinds
 * @param blockMicros how long blocks took
 * @param nonFiniteBlocks blocks whose output held samples that are no finite numbers: for information, since inputs held some
 * @param firstNonFiniteBlock the first of these, or -1
 * @param repeat the system properties that play the same again
 * @param data the file with all this as JSON
 */
public record DynamicReport(
        String module,
        long seed,
        Verdict verdict,
        List<String> offenders,
        Times blockMicros,
        int nonFiniteBlocks,
        int firstNonFiniteBlock,
        String repeat,
        String data) {

    /**
     * Times in microseconds.
     *
     * @param p50 the median
     * @param p99 what 99 % do not exceed
     * @param p999 what 99.9 % do not exceed
     * @param max the greatest
     * @param histogram upper bounds and counts of buckets that are not empty
     */
    public record Times(double p50, double p99, double p999, double max, List<Bucket> histogram) {
        /** A bucket. */
        public record Bucket(double toMicros, long count) {}

        private static final int SUB_BUCKETS = 4;

        static Times of(final Histogram nanos) {
            final List<Bucket> buckets = new ArrayList<>();
            for (final var value :
                    nanos.logarithmicBucketValues(250, Math.pow(2, 1.0 / SUB_BUCKETS))) {
                if (value.getCountAddedInThisIterationStep() > 0) {
                    buckets.add(
                            new Bucket(
                                    value.getValueIteratedTo() / 1000.0,
                                    value.getCountAddedInThisIterationStep()));
                }
            }
            return new Times(
                    nanos.getValueAtPercentile(50) / 1000.0,
                    nanos.getValueAtPercentile(99) / 1000.0,
                    nanos.getValueAtPercentile(99.9) / 1000.0,
                    nanos.getMaxValue() / 1000.0,
                    List.copyOf(buckets));
        }
    }

    /** Copies the list. */
    public DynamicReport {
        offenders = List.copyOf(offenders);
    }

    static DynamicReport of(
            final String module,
            final DynamicOptions options,
            final Verdict verdict,
            final Histogram nanos,
            final Storm storm,
            final StormPlayer player) {
        return new DynamicReport(
                module,
                options.seed(),
                verdict,
                verdict.counts().stream()
                        .map(c -> c.places().isEmpty() ? "" : like(storm, c.places().get(0)))
                        .toList(),
                Times.of(nanos),
                player.badBlocks(),
                player.firstBadBlock(),
                options.repeat(),
                options.reports().resolve(module + ".json").toString());
    }

    /** What a summary of a test run must tell by itself: it shows no more than the first line. */
    private String exceeded() {
        return verdict.counts().stream()
                .filter(count -> !count.passed())
                .map(
                        count ->
                                count.count()
                                        + " "
                                        + count.kind().unit()
                                        + (count.places().isEmpty()
                                                ? ""
                                                : ", the first " + count.places().get(0)))
                .collect(Collectors.joining("; "));
    }

    private static String like(final Storm storm, final Verdict.Offence place) {
        return place.block() < 0 ? "" : storm.block(place.block()).summary();
    }

    /** Whether all limits are kept. */
    public boolean passed() {
        return verdict.passed();
    }

    /** Writes the data; of a module that failed the JVM's log too. */
    void save(final Path log) throws IOException {
        final Path file = Path.of(data);
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(this)
                        + "\n");
        final Path kept = file.resolveSibling(module + ".jvm.log");
        if (passed()) {
            Files.deleteIfExists(kept);
        } else {
            Files.copy(log, kept, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The table, and for each limit that is exceeded where, what and the remedy. */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "%s %s over %d blocks of seed %d%s%n",
                        module,
                        passed() ? "kept all limits" : "disturbed its thread",
                        verdict.blocks(),
                        seed,
                        passed() ? "" : ": " + exceeded()));
        for (int i = 0; i < verdict.counts().size(); i++) {
            final Verdict.Count count = verdict.counts().get(i);
            text.append(
                    String.format(
                            Locale.ROOT,
                            "  %-27s %8d, limit %d%n",
                            count.kind().unit(),
                            count.count(),
                            count.limit()));
            if (!count.passed()) {
                for (final Verdict.Offence place : count.places()) {
                    text.append("      ").append(place).append('\n');
                }
                if (!offenders.get(i).isEmpty()) {
                    text.append("      the first of these blocks: ")
                            .append(offenders.get(i))
                            .append('\n');
                }
                text.append("      remedy: ").append(count.kind().remedy()).append('\n');
            }
        }
        text.append(
                String.format(
                        Locale.ROOT,
                        "  block time: p50 %.1f µs, p99 %.1f µs, p99.9 %.1f µs, max %.1f µs; the"
                                + " machine took the processor away %d times%n",
                        blockMicros.p50(),
                        blockMicros.p99(),
                        blockMicros.p999(),
                        blockMicros.max(),
                        verdict.involuntarySwitches()));
        if (nonFiniteBlocks > 0) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "  for information: the output of %d blocks held samples that are no"
                                    + " finite numbers, first block %d%n",
                            nonFiniteBlocks,
                            firstNonFiniteBlock));
        }
        return text.append("  repeat: run the same test with ")
                .append(repeat)
                .append("\n  data: ")
                .append(data)
                .append('\n')
                .toString();
    }
}

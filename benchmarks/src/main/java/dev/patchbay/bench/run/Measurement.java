// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import dev.patchbay.bench.plan.Receipt;
import dev.patchbay.bench.statistics.Rounds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of one benchmark: a file of the folder {@code samples}.
 *
 * @param benchmark its name
 * @param key what must be the same for its rounds to be kept
 * @param date when its first round was measured, UTC
 * @param rounds those that are complete
 */
public record Measurement(String benchmark, String key, String date, List<Round> rounds) {
    /**
     * One round.
     *
     * @param noise of the machine, just before
     * @param receipts of the contenders by name
     */
    public record Round(Noise noise, Map<String, Receipt> receipts) {}

    /** This measurement and one more round. */
    Measurement with(final Round round) {
        final List<Round> all = new ArrayList<>(rounds);
        all.add(round);
        return new Measurement(benchmark, key, date, all);
    }

    /** {@return the figures} */
    public Rounds figures() {
        return new Rounds(
                rounds.stream()
                        .map(
                                round -> {
                                    final Map<String, Double> values = new LinkedHashMap<>();
                                    round.receipts()
                                            .forEach(
                                                    (name, receipt) ->
                                                            values.put(name, receipt.value()));
                                    return values;
                                })
                        .toList());
    }

    /** {@return a further figure of a contender in each round} Empty where it has none of that name. */
    public double[] details(final String contender, final String detail) {
        return rounds.stream()
                .map(round -> round.receipts().get(contender).details().get(detail))
                .filter(value -> value != null)
                .mapToDouble(Double::doubleValue)
                .toArray();
    }
}

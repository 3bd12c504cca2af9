// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.header;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The mutants of the header that nothing here can find, each with the reason: survivors.txt. */
final class Survivors {
    private static final String REASON = "= ";

    private final Map<String, String> reasons = new LinkedHashMap<>();

    private Survivors(final String text) {
        String reason = null;
        for (final String line : text.lines().filter(l -> !l.isBlank()).toList()) {
            if (line.startsWith(REASON)) {
                reason = line.substring(REASON.length());
            } else if (!line.startsWith("#")) {
                reasons.put(line.strip(), reason);
            }
        }
    }

    static Survivors listed() {
        return new Survivors(CCompiler.text("survivors.txt"));
    }

    /** Why a mutant survives; null where it is not listed. */
    String reason(final String mutant) {
        return reasons.get(mutant);
    }

    /**
     * What is wrong with the list, in sentences; empty where it is right.
     *
     * @param results of mutants of one primitive
     */
    List<String> differences(final List<HeaderJvm.Result> results) {
        final Set<String> wrong = new LinkedHashSet<>();
        for (final HeaderJvm.Result result : results) {
            if (result.passed() && !reasons.containsKey(result.what())) {
                wrong.add("nothing finds " + result.what());
            }
            if (!result.passed() && reasons.containsKey(result.what())) {
                wrong.add(result.what() + " is listed as a survivor, but is found");
            }
        }
        return List.copyOf(wrong);
    }

    /** The listed mutants that the header does not have. */
    Set<String> unknown(final List<HeaderMutant> mutants) {
        final Set<String> names =
                mutants.stream().map(HeaderMutant::name).collect(Collectors.toSet());
        final Set<String> unknown = new LinkedHashSet<>(reasons.keySet());
        unknown.removeAll(names);
        return unknown;
    }
}

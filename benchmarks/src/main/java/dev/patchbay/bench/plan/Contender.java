// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.plan;

import java.util.Objects;

/**
 * One way to do what a benchmark measures.
 *
 * @param name what it is, as the reports call it
 * @param kind what its figures are compared with
 * @param launch measures it in processes of its own
 */
public record Contender(String name, Kind kind, Launch launch) {
    /** What a contender is measured for. */
    public enum Kind {
        /** Patchbay, as it is used: one in each benchmark. */
        OURS,
        /** What a user would take instead. */
        PEER,
        /** Neither: the machine's limit, or something that does less; shown beside, and in no ratio. */
        REFERENCE
    }

    /** Checks that nothing is missing. */
    public Contender {
        Objects.requireNonNull(name);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(launch);
    }
}

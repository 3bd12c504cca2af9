// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A garbage collector that a build file may name. */
public enum Collector {
    /** None: Epsilon allocates and never frees. */
    DISABLED("-XX:+UnlockExperimentalVMOptions", "-XX:+UseEpsilonGC"),
    /** Generational ZGC: its pauses do not grow with the heap. */
    NORMAL("-XX:+UseZGC"),
    /** G1. */
    G1("-XX:+UseG1GC"),
    /** The serial collector: the smallest. */
    SERIAL("-XX:+UseSerialGC"),
    /** The parallel collector: the most throughput. */
    PARALLEL("-XX:+UseParallelGC");

    private final List<String> flags;

    Collector(final String... flags) {
        this.flags = List.of(flags);
    }

    /** The options of the JVM that select it. */
    public List<String> flags() {
        return flags;
    }

    /** The name in a build file. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Collector> ofKey(final String key) {
        return Arrays.stream(values()).filter(c -> c.key().equals(key)).findFirst();
    }
}

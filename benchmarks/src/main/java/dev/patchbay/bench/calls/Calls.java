// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.calls;

import dev.patchbay.bench.cells.Repeated;

/** What a call from Java to C costs, and one back. */
public final class Calls {
    private Calls() {}

    /**
     * {@return an operation}
     *
     * @param what {@code call-down} or {@code call-up}
     * @param contender how it is called
     */
    public static Repeated of(final String what, final String contender) {
        return switch (what + ' ' + contender) {
            case "call-down ffm" -> new ForeignDowncall(false);
            case "call-down ffm-critical" -> new ForeignDowncall(true);
            case "call-down jna" -> new JnaDowncall();
            case "call-up ffm" -> new ForeignUpcall();
            case "call-up jna" -> new JnaUpcall();
            default ->
                    throw new IllegalArgumentException(
                            "There is no " + what + " by " + contender + ".");
        };
    }
}

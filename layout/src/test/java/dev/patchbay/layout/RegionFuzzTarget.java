// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.io.IOException;

/** What Jazzer calls with one input after the other; src/test/fuzz/README.md tells how. */
public final class RegionFuzzTarget {
    private RegionFuzzTarget() {}

    /** Gives Java's verdict on an input. Any failure but a refusal is a finding, and so is a read outside of the input. */
    public static void fuzzerTestOneInput(final byte[] input) throws IOException {
        Verdict.of(input);
    }
}

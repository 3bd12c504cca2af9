// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import java.util.List;

/** A launch that starts programs in C or C++. */
interface NeedsPrograms {
    /** {@return those that have to be compiled first} */
    List<Program> programs();
}

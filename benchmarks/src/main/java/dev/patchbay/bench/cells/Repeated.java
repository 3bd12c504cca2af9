// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.cells;

/** An operation that is repeated and measured by the nanosecond. */
public interface Repeated {
    /**
     * Does the operation so many times.
     *
     * @param from the number of the first
     * @param count how many
     * @return what the operations found, which {@link #expected} says too
     */
    double run(long from, int count);

    /** {@return what {@link #run} must answer} The same for all contenders. */
    double expected(long from, int count);
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.plan;

/** Measures a contender once, in processes of its own that end with the measurement. */
@FunctionalInterface
public interface Launch {
    /**
     * Measures once.
     *
     * @param bench where and how long
     * @return what was measured and counted
     * @throws BenchException if the process crashes, does not end, or says what cannot be understood
     * @throws InterruptedException if the calling thread is interrupted; the processes are ended then
     */
    Receipt measure(Workbench bench) throws InterruptedException;
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.fork;

/** What a thread does that finds the queue full or empty: the same for all contenders. */
final class Idle {
    private final boolean isCrowded;

    /** With more threads than processors a thread gives way; with a processor each, it spins. */
    Idle(final boolean isCrowded) {
        this.isCrowded = isCrowded;
    }

    void once() {
        if (isCrowded) {
            Thread.yield();
        } else {
            Thread.onSpinWait();
        }
    }
}

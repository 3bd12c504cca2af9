// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.queue;

/** The receiving side of a queue, for one thread. */
public interface Receiver {
    /** {@return how many messages were handed to the checker, at most as many as the limit} */
    int receive(int limit);
}

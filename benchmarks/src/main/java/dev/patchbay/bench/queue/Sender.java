// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.queue;

/** One sender's side of a queue, for one thread. */
public interface Sender {
    /** {@return whether there was room for the message of this number} */
    boolean send(long number);

    /** {@return for how many messages there was room, of so many from this number on} A queue without a batch sends one by one. */
    default int sendBatch(final long number, final int count) {
        int sent = 0;
        while (sent < count && send(number + sent)) {
            sent++;
        }
        return sent;
    }
}

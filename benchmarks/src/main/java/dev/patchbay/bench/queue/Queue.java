// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.queue;

/** A queue that is measured: it makes the sides that threads use. */
public interface Queue {
    /** The messages that have room in it, as near as each kind allows and no fewer. */
    int CAPACITY = 1024;

    /**
     * {@return one sender's side}
     *
     * @param number which sender, from 0
     */
    Sender sender(int number);

    /**
     * {@return the receiver's side}
     *
     * @param checker takes each message
     */
    Receiver receiver(Checker checker);
}

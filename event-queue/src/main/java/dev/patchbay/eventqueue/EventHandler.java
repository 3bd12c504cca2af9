// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

/** Takes events that a queue's consumer polls. {@code pb_event_handler} in C. */
@FunctionalInterface
public interface EventHandler {
    /**
     * Takes one event, on the consumer's thread. It must not call the queue that it is called by.
     *
     * @param event a view of the slot, moved on after the return; what is to be kept must be copied
     */
    void onEvent(Event event);
}

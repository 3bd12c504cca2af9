// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.header.CText;
import dev.patchbay.layout.header.HeaderPart;

/** The C side of the event queues, and of the lanes that they share with the rings. */
public final class EventQueueHeaderPart implements HeaderPart {
    /** For the service loader. */
    public EventQueueHeaderPart() {}

    @Override
    public int order() {
        return 200;
    }

    @Override
    public String text() {
        return read("lanes.h") + read("event_queue.h") + read("shared_event_queue.h");
    }

    private static String read(final String name) {
        return CText.read(name, EventQueueHeaderPart.class.getResourceAsStream(name));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.header.CText;
import dev.patchbay.layout.header.HeaderPart;

/** The C side of the event queue. */
public final class EventQueueHeaderPart implements HeaderPart {
    /** For the service loader. */
    public EventQueueHeaderPart() {}

    @Override
    public int order() {
        return 200;
    }

    @Override
    public String text() {
        return CText.read(
                "event_queue.h", EventQueueHeaderPart.class.getResourceAsStream("event_queue.h"));
    }
}

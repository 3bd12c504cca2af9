// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.soak;

import dev.patchbay.layout.Role;
import java.util.Arrays;
import java.util.List;

/** What one producer sends by one primitive. The order is that of the journals' words. */
enum Lane {
    /** By the event queue. */
    EVENTS(SoakRegion.WRITER, true),
    /** By the ring of records. */
    STREAM(SoakRegion.WRITER, true),
    /** By the shared ring. */
    POST(SoakRegion.WRITER, true),
    /** By the shared ring too. */
    SECOND_POST(SoakRegion.SECOND, true),
    /** By the snapshot. */
    PLACE(SoakRegion.WRITER, false),
    /** By the triple buffer. */
    COPIES(SoakRegion.WRITER, false),
    /** By the blob. */
    STATE(SoakRegion.WRITER, false),
    /** By cells with dirty bits. */
    VALUES(SoakRegion.WRITER, false),
    /** By cells with the same dirty bits. */
    SECOND_VALUES(SoakRegion.SECOND, false);

    private final Role producer;
    private final boolean queued;

    Lane(final Role producer, final boolean queued) {
        this.producer = producer;
        this.queued = queued;
    }

    /** Who sends. */
    Role producer() {
        return producer;
    }

    /** Whether each message arrives, in order; else the newest does. */
    boolean isQueued() {
        return queued;
    }

    static List<Lane> of(final Role producer) {
        return Arrays.stream(values()).filter(lane -> lane.producer.equals(producer)).toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.soak;

import dev.patchbay.layout.Role;
import java.util.Arrays;
import java.util.List;

/** What one producer sends by one primitive. The order is that of the journals' words. */
enum Lane {
    /** By the event queue. */
    EVENTS(SoakRegion.WRITER, Kind.BATCHED),
    /** By the shared event queue. */
    CROWD(SoakRegion.WRITER, Kind.BATCHED),
    /** By the shared event queue too. */
    SECOND_CROWD(SoakRegion.SECOND, Kind.BATCHED),
    /** As messages in a ring beside an event queue. */
    SYSEX(SoakRegion.WRITER, Kind.QUEUED),
    /** By the ring of records. */
    STREAM(SoakRegion.WRITER, Kind.QUEUED),
    /** By the shared ring. */
    POST(SoakRegion.WRITER, Kind.QUEUED),
    /** By the shared ring too. */
    SECOND_POST(SoakRegion.SECOND, Kind.QUEUED),
    /** By the snapshot. */
    PLACE(SoakRegion.WRITER, Kind.NEWEST),
    /** By the triple buffer. */
    COPIES(SoakRegion.WRITER, Kind.NEWEST),
    /** By the blob. */
    STATE(SoakRegion.WRITER, Kind.NEWEST),
    /** By cells with dirty bits. */
    VALUES(SoakRegion.WRITER, Kind.NEWEST),
    /** By cells with the same dirty bits. */
    SECOND_VALUES(SoakRegion.SECOND, Kind.NEWEST),
    /** By the broadcast. */
    NEWS(SoakRegion.WRITER, Kind.NUMBERED),
    /** By the meters. */
    METERS(SoakRegion.WRITER, Kind.NUMBERED),
    /** By the bulk changes of parameters. */
    CHANGES(SoakRegion.WRITER, Kind.NUMBERED);

    /** What becomes of a message. */
    enum Kind {
        /** Each arrives, in order. */
        QUEUED,
        /** Each arrives, in order, and several are sent at a time, now and then. */
        BATCHED,
        /** The newest arrives. */
        NEWEST,
        /** The newest arrives, and the primitive itself numbers all of them. */
        NUMBERED
    }

    private final Role producer;
    private final Kind kind;

    Lane(final Role producer, final Kind kind) {
        this.producer = producer;
        this.kind = kind;
    }

    /** Who sends. */
    Role producer() {
        return producer;
    }

    /** Whether each message arrives, in order; else the newest does. */
    boolean isQueued() {
        return kind == Kind.QUEUED || isBatched();
    }

    /** Whether several messages are sent at a time, now and then. */
    boolean isBatched() {
        return kind == Kind.BATCHED;
    }

    /** Whether a successor finds in the primitive how many were sent. */
    boolean isNumbered() {
        return kind == Kind.NUMBERED;
    }

    static List<Lane> of(final Role producer) {
        return Arrays.stream(values()).filter(lane -> lane.producer.equals(producer)).toList();
    }
}
